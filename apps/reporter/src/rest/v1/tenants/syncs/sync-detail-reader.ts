import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import {
  type OutcomeKind,
  outcomeKinds,
  OutcomeStore,
  SettlementStore,
  SnapshotStore,
  type Sync,
  SyncStore,
} from '#core';
import { Undos } from '../../../../undo/undos.js';
import { summariseSync } from './summarise-sync.js';
import { type syncDetail, toManifestView, toSyncView } from './sync-view.js';

/** Puts together what is known of a sync: from its row, snapshot, plan, settlement and slices. */
@Injectable()
export class SyncDetailReader {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly snapshots: SnapshotStore,
    private readonly settlements: SettlementStore,
    private readonly undos: Undos,
  ) {}

  async read(sync: Sync): Promise<z.input<typeof syncDetail>> {
    const { tenantId, id, snapshotOf, round } = sync;
    const [manifest, lastPage, progress, totals, header, approvals] = await Promise.all([
      this.snapshots.manifest(tenantId, snapshotOf),
      this.snapshots.lastPage(tenantId, snapshotOf),
      this.outcomes.progress(tenantId, id),
      this.outcomes.totals(tenantId, id),
      this.settlements.header(tenantId, id),
      this.syncs.approvals(tenantId, id),
    ]);
    const list = round < 0 ? null : await this.settlements.sliceList(tenantId, id, round);
    const slicesApplied = list === null ? 0 : await this.outcomes.slicesEnded(tenantId, id, round);
    const counts = Object.fromEntries(outcomeKinds.map((kind) => [kind, 0])) as Record<OutcomeKind, number>;
    for (const { outcome, count } of totals) counts[outcome] += count;
    const held = totals.filter(({ state }) => state === 'held').reduce((sum, { count }) => sum + count, 0);
    const applied = totals.reduce((sum, { state, count }) => (state === 'applied' ? sum + count : sum), 0);
    return {
      ...toSyncView(sync),
      summary: summariseSync({ sync, manifest, totals, header }),
      counts,
      totals,
      progress: {
        recordsFetched: manifest?.records ?? (lastPage === null ? 0 : lastPage.firstSeq + lastPage.records),
        recordsPlanned: progress.plannedRecords,
        recordsTotal: manifest?.records ?? sync.undo?.outcomes ?? null,
        slicesApplied,
        slices: list?.slices ?? null,
      },
      manifest: manifest === null ? null : toManifestView(manifest),
      safeguards: header?.verdicts ?? [],
      planHash: header?.planHash ?? null,
      held,
      notSeen: header?.notSeen ?? null,
      undoneBySyncId: applied === 0 ? null : ((await this.undos.of(sync, applied))?.id ?? null),
      removalsJudged: header?.judgedMissing ?? null,
      approvals: approvals.map(({ round: number, verdict, by, at, comment }) => ({
        round: number,
        verdict,
        by,
        at,
        comment,
      })),
    };
  }
}
