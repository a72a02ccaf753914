import 'reflect-metadata';
import { runRole } from '#platform';
import { ReconcilerModule } from './reconciler.module.js';

await runRole('reconciler', ReconcilerModule);
