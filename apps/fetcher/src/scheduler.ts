import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import {
  Clock,
  type DueRun,
  type EndedRun,
  type Integration,
  type IntegrationId,
  ScheduleStore,
  type TenantId,
} from '#core';
import { SyncQueue } from '#pipeline';
import { decideRun, judgeRun } from '#schedule';
import { Logger, Metrics } from '#telemetry';

const atOnce = 100;
/** What is queued later than this after its time was missed, and is caught up. */
const lateMs = 60_000;

/** What a pass over the schedules reads and asks. */
@Injectable()
export class SchedulerStores {
  constructor(
    readonly schedules: ScheduleStore,
    readonly connectors: ConnectorRegistry,
  ) {}
}

/**
 * Queues the runs that are due and looks at how they ended. Each step is one compare-and-set that queues and moves on
 * together, so that two who work at the same time, or one who dies in between, run nothing twice and miss nothing.
 */
@Injectable()
export class Scheduler {
  constructor(
    private readonly stores: SchedulerStores,
    private readonly queue: SyncQueue,
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** Whether there is anything to do now. */
  async isNeeded(): Promise<boolean> {
    const { schedules } = this.stores;
    return (await schedules.due(this.clock.now(), 1)).length > 0 || (await schedules.ended(1)).length > 0;
  }

  /** Does all that is due now, and stops between two steps when the signal aborts. Throws what failed first, at the end. */
  async run(signal: AbortSignal): Promise<void> {
    const { schedules } = this.stores;
    const failures = [
      ...(await this.each(
        signal,
        async (limit) => schedules.ended(limit),
        async (run) => this.judge(run),
      )),
      ...(await this.each(
        signal,
        async (limit) => schedules.due(this.clock.now(), limit),
        async (run) => this.start(run),
      )),
    ];
    if (failures.length > 0) throw failures[0];
  }

  /** Handles page after page until there are no more. One integration whose turn fails keeps no other waiting. */
  private async each<Run extends { integration: Integration }>(
    signal: AbortSignal,
    read: (limit: number) => Promise<Run[]>,
    handle: (run: Run) => Promise<void>,
  ): Promise<unknown[]> {
    const failed = new Map<IntegrationId, unknown>();
    for (;;) {
      const runs = (await read(atOnce + failed.size)).filter(({ integration }) => !failed.has(integration.id));
      if (runs.length === 0) return [...failed.values()];
      for (const run of runs) {
        if (signal.aborted) return [...failed.values()];
        try {
          await handle(run);
        } catch (error) {
          failed.set(run.integration.id, error);
        }
      }
    }
  }

  private async judge(run: EndedRun): Promise<void> {
    const { integration, state, sync } = run;
    const to = judgeRun(run, this.clock.now());
    if (!(await this.stores.schedules.move(integration.tenantId, integration.id, state.version, to, null))) return;
    if (sync.state !== 'failed') return;
    const { consecutiveFailures, nextRunAt, isRetry } = to;
    const code = sync.failure?.code ?? 'unknown';
    this.logger.warn('A scheduled sync failed.', {
      ...fieldsOf(integration),
      syncId: sync.id,
      code,
      consecutiveFailures,
      nextRunAt,
      isRetry,
    });
  }

  private async start(run: DueRun): Promise<void> {
    const { schedules, connectors } = this.stores;
    const { integration, state } = run;
    const { tenantId, id } = integration;
    const decision = decideRun(run, this.clock.now(), connectors.get(integration.connectorId) !== undefined);
    if (decision.kind === 'refuse') {
      if (!(await schedules.move(tenantId, id, state.version, decision.to, null))) return;
      this.metrics.scheduledRuns.inc({ result: 'refused' });
      const { lastRefused, nextRunAt } = decision.to;
      this.logger.warn('A scheduled sync was refused.', {
        ...fieldsOf(integration),
        reason: decision.reason,
        at: state.nextRunAt,
        inTheWay: lastRefused?.syncId ?? null,
        nextRunAt,
      });
      return;
    }
    const sync = await this.queue.prepareUnasked(integration, { mode: decision.mode, trigger: 'schedule' });
    if (!(await schedules.move(tenantId, id, state.version, decision.to(sync.id), sync))) return;
    const isLate = this.clock.nowMs() - Date.parse(state.nextRunAt ?? sync.now) > lateMs;
    this.metrics.scheduledRuns.inc({ result: state.isRetry ? 'retried' : isLate ? 'caughtUp' : 'queued' });
    await this.queue.wakeFor(sync);
  }
}

function fieldsOf({ tenantId, id }: Integration): { tenantId: TenantId; integrationId: IntegrationId } {
  return { tenantId, integrationId: id };
}
