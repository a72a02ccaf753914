export { ReporterModule } from './reporter.module.js';
export { announce } from './rest/announce.js';
export { RestAdapter } from './rest/http/rest-adapter.js';
