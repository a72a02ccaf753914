import type { Connector } from './connector.js';

/** Any connector, whatever its settings and secrets are. */
export type ConnectorDefinition = Connector;

/** The connectors that this installation knows. */
export class ConnectorRegistry {
  private readonly byId: ReadonlyMap<string, ConnectorDefinition>;

  /** @throws TypeError when two of them have the same id */
  constructor(connectors: readonly ConnectorDefinition[]) {
    this.byId = new Map(connectors.map((connector) => [connector.id, connector]));
    if (this.byId.size !== connectors.length) throw new TypeError('Two connectors have the same id.');
  }

  /** In order of id. */
  list(): ConnectorDefinition[] {
    return [...this.byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  get(id: string): ConnectorDefinition | undefined {
    return this.byId.get(id);
  }

  /** Where an integration's records hold the source's own id of the person; null when its connector is unknown. */
  sourceIdExpression(integration: { connectorId: string; config: Record<string, unknown> }): string | null {
    const connector = this.get(integration.connectorId);
    if (connector === undefined) return null;
    return connector.sourceIdExpressionOf?.(integration.config) ?? connector.sourceIdExpression;
  }
}
