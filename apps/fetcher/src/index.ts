export { FetcherModule } from './fetcher.module.js';
