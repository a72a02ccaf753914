import type { Connector } from './connector.js';

/** Any connector, whatever its settings and secrets are. */
export type ConnectorDefinition = Connector;

/** A connector and where it came from, so that another process can load the very same one. */
export interface LoadedConnector {
  readonly definition: ConnectorDefinition;
  /** `file:` URL of the module whose default export the definition is; null when it was made in this process, as tests do. */
  readonly moduleUrl: string | null;
}
