import 'reflect-metadata';
import { runRole } from '#platform';
import { MapperModule } from './mapper.module.js';

await runRole('mapper', MapperModule);
