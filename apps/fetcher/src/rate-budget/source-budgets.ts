import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import { defaultRateBudget, type RateBudget, RateBudgetStore, type RatedSource, SettingsStore } from '#core';
import { Logger, Metrics } from '#telemetry';
import { RunBudget } from './run-budget.js';
import { SourceBudget } from './source-budget.js';

/** The budgets of the sources that this process asks at present. */
@Injectable()
export class SourceBudgets {
  private readonly open = new Map<string, { budget: SourceBudget; runs: number }>();

  constructor(
    private readonly store: RateBudgetStore,
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** For one call of a connector, to be closed after it; null when the connector sends no HTTP requests. */
  begin(source: RatedSource, connector: string): RunBudget | null {
    if (this.connectors.get(connector)?.rateBudget === null) return null;
    const { tenantId, integrationId } = source;
    const key = `${tenantId}:${integrationId}`;
    const shared = this.open.get(key) ?? { budget: this.make(source, connector), runs: 0 };
    shared.runs += 1;
    this.open.set(key, shared);
    const { budget } = shared;
    return new RunBudget(
      {
        take: async (signal) => budget.take(signal),
        rest: ({ status, ms }) => {
          if (!budget.rest({ status, ms })) return;
          this.metrics.sourceRests.inc({ connector, status: String(status) });
          const fields = { tenantId, integrationId, connectorId: connector, status, seconds: Math.ceil(ms / 1000) };
          this.logger.warn('A source wants to be left alone. Nobody asks it until then.', fields);
        },
      },
      async (waitedMs) => {
        this.metrics.budgetWaitSeconds.inc({ connector }, waitedMs / 1000);
        shared.runs -= 1;
        if (shared.runs > 0) return;
        this.open.delete(key);
        await budget.close();
      },
    );
  }

  private make(source: RatedSource, connectorId: string): SourceBudget {
    const { store, logger } = this;
    const read = async (): Promise<RateBudget> => {
      const integration = await this.settings.integration(source.tenantId, source.integrationId);
      const { budget } = this.connectors.rateBudget({ connectorId, rateBudget: integration?.rateBudget ?? null });
      return budget ?? defaultRateBudget;
    };
    return new SourceBudget({ source, store, logger, read });
  }
}
