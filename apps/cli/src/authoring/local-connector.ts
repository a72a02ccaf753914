import {
  connectorCatalog,
  ConnectorModuleError,
  importConnector,
  locateConnector,
  shippedConnectors,
} from '#connector-catalog';
import type { MusterConfig } from '#config';
import { ConfigurationError } from '#core';
import type { ConnectorDefinition } from '#connector-sdk';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';

/**
 * A connector as it lies here, without a server: by its id where it comes with Muster or `MUSTER_CONNECTORS` names it, else by its path
 * or package.
 *
 * @throws CliError saying why there is none
 */
export async function localConnector(named: string, { connectors }: MusterConfig): Promise<ConnectorDefinition> {
  try {
    const isId = /^[a-z][a-z0-9-]*$/.test(named);
    const registry = await connectorCatalog(isId ? connectors : { ...connectors, named: [] });
    const known = registry.get(named);
    if (known !== undefined) return known;
    return await importConnector(locateConnector(named, connectors.directory));
  } catch (error) {
    if (error instanceof ConfigurationError) throw new CliError(error.message, exitCodes.usage, error.problems);
    if (error instanceof ConnectorModuleError) {
      const ids = shippedConnectors.map(({ definition }) => definition.id).join(', ');
      throw new CliError(`${named} cannot be loaded: ${error.message}.`, exitCodes.notFound, [
        `By id there are ${ids}, and those that MUSTER_CONNECTORS names.`,
      ]);
    }
    throw error;
  }
}
