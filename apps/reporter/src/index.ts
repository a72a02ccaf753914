export { ReporterModule } from './reporter.module.js';
