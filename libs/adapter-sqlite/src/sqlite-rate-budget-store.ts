import {
  type Clock,
  freshRateMeter,
  RateBudgetStore,
  type RatedSource,
  type RateMeter,
  type RatePace,
  type RateTaken,
  restMeter,
  takeFromMeter,
} from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface MeterRow {
  made_up_at: number;
  rest_until: number | null;
  rest_since: number | null;
  rest_status: number | null;
}

/** Budgets by the clock given. The database has one writing connection, so each step is alone. */
export class SqliteRateBudgetStore extends RateBudgetStore {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async take(
    source: RatedSource,
    pace: RatePace,
    requests: { wanted: number; unused: number },
  ): Promise<RateTaken> {
    return this.database.transaction(() => {
      const before = this.meter(source) ?? freshRateMeter;
      const { meter, taken } = takeFromMeter(before, pace, this.clock.nowMs(), requests);
      if (meter.madeUpAtMs !== before.madeUpAtMs) this.put(source, meter);
      return taken;
    });
  }

  override async rest(source: RatedSource, pace: RatePace, rest: { ms: number; status: number }): Promise<void> {
    this.database.transaction(() => {
      this.put(source, restMeter(this.meter(source) ?? freshRateMeter, pace, this.clock.nowMs(), rest));
    });
  }

  override async read(source: RatedSource): Promise<{ meter: RateMeter; nowMs: number } | null> {
    return this.database.read(() => {
      const meter = this.meter(source);
      return meter === null ? null : { meter, nowMs: this.clock.nowMs() };
    });
  }

  private meter({ tenantId, integrationId }: RatedSource): RateMeter | null {
    const row = this.database
      .prepare(
        `SELECT made_up_at, rest_until, rest_since, rest_status FROM rate_budgets
         WHERE tenant_id = ? AND integration_id = ?`,
      )
      .get(tenantId, integrationId) as MeterRow | undefined;
    if (row === undefined) return null;
    const { made_up_at: madeUpAtMs, rest_until: untilMs, rest_since: sinceMs, rest_status: status } = row;
    const rest = untilMs === null || sinceMs === null || status === null ? null : { untilMs, sinceMs, status };
    return { madeUpAtMs, rest };
  }

  private put({ tenantId, integrationId }: RatedSource, { madeUpAtMs, rest }: RateMeter): void {
    this.database
      .prepare(
        `INSERT OR REPLACE INTO rate_budgets
           (tenant_id, integration_id, made_up_at, rest_until, rest_since, rest_status) VALUES (?, ?, ?, ?, ?, ?)`,
      )
      .run(tenantId, integrationId, madeUpAtMs, rest?.untilMs ?? null, rest?.sinceMs ?? null, rest?.status ?? null);
  }
}
