export { ReporterModule } from './reporter.module.js';
export { RestAdapter } from './rest/http/rest-adapter.js';
