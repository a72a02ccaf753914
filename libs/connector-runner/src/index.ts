export {
  type ConnectorCall,
  type ConnectorRun,
  ConnectorRunner,
  type FetchedPart,
  type FetchedRecord,
  type FetchStart,
  type RunStatistics,
} from './connector-runner.port.js';
export { InProcessRun } from './in-process-run.js';
export { ChildRunner, type ChildRunnerOptions } from './parent/child-runner.js';
export { type ConnectorLimits, defaultConnectorLimits } from './parent/connector-limits.js';
