import { defaultRateBudget, type RateBudget } from '#core';
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

  /**
   * How often an integration's source may be asked, and who says so. `origin` is `none` and the budget null where its connector sends no
   * HTTP requests, or is unknown.
   */
  rateBudget({
    connectorId,
    rateBudget: set,
  }: {
    connectorId: string;
    rateBudget: RateBudget | null;
  }): KnownRateBudget {
    const connector = this.get(connectorId);
    if (connector === undefined || connector.rateBudget === null) return { budget: null, origin: 'none' };
    if (set !== null) return { budget: set, origin: 'integration' };
    const { rateBudget: declared } = connector;
    return declared === undefined
      ? { budget: defaultRateBudget, origin: 'default' }
      : { budget: { ...declared }, origin: 'connector' };
  }
}

export const rateBudgetOrigins = ['integration', 'connector', 'default', 'none'] as const;

export interface KnownRateBudget {
  readonly budget: RateBudget | null;
  readonly origin: (typeof rateBudgetOrigins)[number];
}
