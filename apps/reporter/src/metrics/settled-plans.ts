import { Injectable } from '@nestjs/common';
import { OutcomeStore, type OutcomeTotal, SettlementStore, type SafeguardVerdict, type Sync } from '#core';
import { Metrics } from '#telemetry';

/** What a plan holds once nothing but states of outcomes can change any more. */
export interface SettledPlan {
  totals: OutcomeTotal[];
  verdicts: SafeguardVerdict[];
}

/** Counts plans that stand, so that the metrics say of a sync what its totals say. */
@Injectable()
export class SettledPlans {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly metrics: Metrics,
  ) {}

  async read({ tenantId, id }: Sync): Promise<SettledPlan> {
    const totals = await this.outcomes.totals(tenantId, id);
    // A change by hand is never held and has no settlement.
    const verdicts = (await this.settlements.header(tenantId, id))?.verdicts ?? [];
    return { totals, verdicts };
  }

  count({ totals, verdicts }: SettledPlan): void {
    for (const { outcome, reason, count } of totals) this.metrics.outcomes.inc({ outcome, reason }, count);
    for (const { rule, tripped } of verdicts) if (tripped) this.metrics.safeguardsTripped.inc({ safeguard: rule });
  }
}
