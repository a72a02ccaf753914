/** A module that gives no connector. Its message says why, and what to do; it names no connector, the caller does. */
export class ConnectorModuleError extends Error {
  override readonly name = 'ConnectorModuleError';
}
