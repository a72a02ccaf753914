export { connectorCatalog } from './connector-catalog.js';
export { importConnector } from './import-connector.js';
export { locateConnector } from './locate-connector.js';
export { ConnectorModuleError } from './connector-module.errors.js';
export { registerSdkUrl } from './resolve-sdk.js';
export { shippedConnectors } from './shipped-connectors.js';
