import type { ConnectorDefinition, LoadedConnector } from './loaded-connector.js';

/** The connectors that this installation knows, and the modules that they come from. */
export class ConnectorRegistry {
  private readonly byId: ReadonlyMap<string, LoadedConnector>;

  /** @throws TypeError when two of them have the same id */
  constructor(connectors: readonly LoadedConnector[]) {
    this.byId = new Map(connectors.map((connector) => [connector.definition.id, connector]));
    if (this.byId.size !== connectors.length) throw new TypeError('Two connectors have the same id.');
  }

  /** In order of id. */
  list(): ConnectorDefinition[] {
    return [...this.byId.values()].map(({ definition }) => definition).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get(id: string): ConnectorDefinition | undefined {
    return this.byId.get(id)?.definition;
  }

  /** The `file:` URL of the module whose default export the connector is; null when it is unknown, or was made in this process. */
  moduleUrl(id: string): string | null {
    return this.byId.get(id)?.moduleUrl ?? null;
  }

  /** Where an integration's records hold the source's own id of the person; null when its connector is unknown. */
  sourceIdExpression(integration: { connectorId: string; config: Record<string, unknown> }): string | null {
    const connector = this.get(integration.connectorId);
    if (connector === undefined) return null;
    return connector.sourceIdExpressionOf?.(integration.config) ?? connector.sourceIdExpression;
  }
}
