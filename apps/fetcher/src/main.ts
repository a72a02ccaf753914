import 'reflect-metadata';
import { runRole } from '#platform';
import { FetcherModule } from './fetcher.module.js';

await runRole('fetcher', FetcherModule);
