import type { ConnectorDefinition } from '#connector-sdk';
import { ConnectorModuleError } from './connector-module.errors.js';
import { definitionProblems } from './definition-problems.js';
import { resolveSdk } from './resolve-sdk.js';

/**
 * Imports a connector, in any process: Node strips the types of a `.ts` file, and `muster/connector-sdk` leads here.
 *
 * @param moduleUrl `file:` URL of a module whose default export is the connector
 * @throws ConnectorModuleError when the module cannot be imported or its default export is no valid connector
 */
export async function importConnector(moduleUrl: string): Promise<ConnectorDefinition> {
  resolveSdk();
  let module: { default?: unknown };
  try {
    module = (await import(moduleUrl)) as typeof module;
  } catch (error) {
    throw new ConnectorModuleError(`it cannot be imported: ${reason(error)}`, { cause: error });
  }
  const { default: connector } = module;
  if (typeof connector !== 'object' || connector === null) {
    throw new ConnectorModuleError(
      'it has no connector in it. Let the module say: export default defineConnector({ … })',
    );
  }
  const problems = definitionProblems(connector);
  if (problems.length > 0) {
    throw new ConnectorModuleError(`its default export is no valid connector: ${problems.join('; ')}`);
  }
  return connector as ConnectorDefinition;
}

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const [message = ''] = String(error instanceof Error ? error.message : error).split('\n');
  switch (code) {
    case 'ERR_UNKNOWN_FILE_EXTENSION':
      return `${message}. A connector is a .ts, .mts, .js or .mjs file`;
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return `${message}. Node strips types only: leave out enums, namespaces and parameter properties`;
    case 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING':
      return 'Node strips no types below node_modules. Let the package hold JavaScript';
    case 'ERR_MODULE_NOT_FOUND':
      return `${message}. Install what it imports beside it; for settings, z comes from muster/connector-sdk`;
    default:
      return message;
  }
}
