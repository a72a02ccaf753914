import { Controller } from '@nestjs/common';
import { SyncStore, type ApplySlice, type Lane, type SyncId } from '#core';
import { Consumes, TypedBus, type StageMessage } from '#pipeline';
import { Metrics } from '#telemetry';
import { SliceApplier } from './apply-slice.js';

/** apply-slices → user directory → outcomes. A slice applied twice writes nothing the second time. */
@Controller()
export class ApplySliceStage {
  constructor(
    private readonly applier: SliceApplier,
    private readonly syncs: SyncStore,
    private readonly bus: TypedBus,
    private readonly metrics: Metrics,
  ) {}

  @Consumes('apply-slices', { group: 'reconciler', maxBatch: 4 })
  async handle(batch: StageMessage<'apply-slices'>[]): Promise<void> {
    const bySync = new Map<SyncId, { lane: Lane; turn: number; slices: ApplySlice[] }>();
    // By sync and round: each is asked for once.
    const turns = new Map<string, number | null>();
    for (const { body, lane } of batch) {
      const round = `${body.syncId} ${String(body.round)}`;
      const turn = turns.get(round) ?? (turns.has(round) ? null : await this.turnOf(body));
      turns.set(round, turn);
      if (turn === null) continue;
      const known = bySync.get(body.syncId);
      if (known === undefined) bySync.set(body.syncId, { lane, turn, slices: [body] });
      else known.slices.push(body);
    }
    for (const { lane, turn, slices } of bySync.values()) {
      const { reports, written, late } = await this.applier.apply(slices, turn);
      await this.bus.publish('outcomes', lane, reports);
      this.metrics.records.inc({ stage: 'reconciler/apply-slices' }, written);
      if (late > 0) this.metrics.staleWritesRefused.inc({ by: 'reconciler/apply-slices' }, late);
      for (const { cause } of reports.flatMap(({ drifted }) => drifted)) this.metrics.drifts.inc({ cause });
    }
  }

  /**
   * The turn in which a slice may be applied; null after its round has ended, and the slice stays unread. The turn keeps
   * those out that fall asleep after this question.
   */
  private async turnOf({ tenantId, syncId, round }: ApplySlice): Promise<number | null> {
    const sync = await this.syncs.sync(tenantId, syncId);
    return sync?.state === 'applying' && sync.round === round ? sync.turn : null;
  }
}
