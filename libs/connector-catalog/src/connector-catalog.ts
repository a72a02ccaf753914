import { ConfigurationError } from '#core';
import { ConnectorRegistry, type LoadedConnector } from '#connector-sdk';
import { ConnectorModuleError } from './connector-module.errors.js';
import { importConnector } from './import-connector.js';
import { locateConnector } from './locate-connector.js';
import { shippedConnectors } from './shipped-connectors.js';

/** The further connectors of an installation, as its settings name them. */
export interface NamedConnectors {
  /** Paths or names of packages: see `locateConnector`. */
  readonly named: readonly string[];
  /** Where relative paths start and packages are looked for; absolute. */
  readonly directory: string;
}

/**
 * All connectors of an installation: those that come with Muster, and those that its settings name.
 *
 * @param known instead of those that come with Muster
 * @throws ConfigurationError `configurationInvalid`, whose problems name each connector that is not there, is none, or has an id that is taken
 */
export async function connectorCatalog(
  { named, directory }: NamedConnectors,
  known: readonly LoadedConnector[] = shippedConnectors,
): Promise<ConnectorRegistry> {
  const connectors = [...known];
  const cameFrom = new Map(known.map(({ definition }) => [definition.id, 'a connector that comes with Muster']));
  const problems: string[] = [];
  for (const name of named) {
    try {
      const moduleUrl = locateConnector(name, directory);
      const definition = await importConnector(moduleUrl);
      const other = cameFrom.get(definition.id);
      if (other !== undefined) {
        throw new ConnectorModuleError(`its id ${definition.id} is taken by ${other}. Give it another id`);
      }
      cameFrom.set(definition.id, name);
      connectors.push({ definition, moduleUrl });
    } catch (error) {
      if (!(error instanceof ConnectorModuleError)) throw error;
      problems.push(`MUSTER_CONNECTORS names ${name}, but ${error.message}.`);
    }
  }
  if (problems.length > 0) {
    throw new ConfigurationError(
      'configurationInvalid',
      'Muster cannot start: not all connectors that its settings name can be loaded.',
      problems,
    );
  }
  return new ConnectorRegistry(connectors);
}
