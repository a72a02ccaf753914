export { FetcherModule } from './fetcher.module.js';
export { InboxServer } from './inbox-server.js';
