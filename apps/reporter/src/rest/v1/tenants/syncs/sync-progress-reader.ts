import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  countsByOutcome,
  type Manifest,
  type OutcomeKind,
  outcomeKinds,
  OutcomeStore,
  type OutcomeTotal,
  SettlementStore,
  SnapshotStore,
  type Sync,
  syncModes,
  syncStates,
} from '#core';

export const syncCounts = z.record(z.enum(outcomeKinds), z.int()).describe('People by outcome.');

/** With a zero for each outcome that nobody has. */
export function toSyncCounts(counts: Partial<Record<OutcomeKind, number>>): Record<OutcomeKind, number> {
  return { ...(Object.fromEntries(outcomeKinds.map((kind) => [kind, 0])) as Record<OutcomeKind, number>), ...counts };
}

export const syncProgress = z
  .object({
    recordsFetched: z.int().describe('Records that have been read from the source.'),
    recordsPlanned: z.int().describe('Those of them for which it is decided what to do.'),
    recordsTotal: z.int().nullable().describe('Null while the source is being read.'),
    slicesApplied: z.int().describe('Portions of the plan that have been written.'),
    slices: z.int().nullable().describe('Null while nothing is being applied.'),
  })
  .meta({ id: 'SyncProgress' });

/** What an event of a sync's stream tells of how far it has come. */
export const syncProgressView = z.object({
  state: z.enum(syncStates),
  mode: z.enum(syncModes),
  round: z.int(),
  progress: syncProgress,
  counts: syncCounts,
  held: z.int(),
});
export type SyncProgressView = z.output<typeof syncProgressView>;

/** Reads how far a sync has come, in people. */
@Injectable()
export class SyncProgressReader {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly snapshots: SnapshotStore,
    private readonly settlements: SettlementStore,
  ) {}

  async read(sync: Sync): Promise<SyncProgressView> {
    return (await this.gather(sync)).view;
  }

  /** The same, with what it was made from. */
  async gather(sync: Sync): Promise<{ view: SyncProgressView; manifest: Manifest | null; totals: OutcomeTotal[] }> {
    const { tenantId, id, snapshotOf, round, state, mode, undo } = sync;
    const [manifest, lastPage, planned, totals, list] = await Promise.all([
      this.snapshots.manifest(tenantId, snapshotOf),
      this.snapshots.lastPage(tenantId, snapshotOf),
      this.outcomes.progress(tenantId, id),
      this.outcomes.totals(tenantId, id),
      round < 0 ? null : this.settlements.sliceList(tenantId, id, round),
    ]);
    const slicesApplied = list === null ? 0 : await this.outcomes.slicesEnded(tenantId, id, round);
    const counts = toSyncCounts(countsByOutcome(totals));
    const held = totals.filter((total) => total.state === 'held').reduce((sum, { count }) => sum + count, 0);
    const progress = {
      recordsFetched: manifest?.records ?? (lastPage === null ? 0 : lastPage.firstSeq + lastPage.records),
      recordsPlanned: planned.plannedRecords,
      recordsTotal: manifest?.records ?? undo?.outcomes ?? null,
      slicesApplied,
      slices: list?.slices ?? null,
    };
    return { view: { state, mode, round, progress, counts, held }, manifest, totals };
  }
}
