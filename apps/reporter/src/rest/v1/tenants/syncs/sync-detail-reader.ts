import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { SettlementStore, type Sync, SyncStore } from '#core';
import { Undos } from '../../../../undo/undos.js';
import { summariseSync } from './summarise-sync.js';
import { SyncProgressReader } from './sync-progress-reader.js';
import { type syncDetail, toApprovalView, toManifestView, toSyncView } from './sync-view.js';

/** Puts together what is known of a sync: from its row, snapshot, plan, settlement and slices. */
@Injectable()
export class SyncDetailReader {
  constructor(
    private readonly syncs: SyncStore,
    private readonly progress: SyncProgressReader,
    private readonly settlements: SettlementStore,
    private readonly undos: Undos,
  ) {}

  async read(sync: Sync): Promise<z.input<typeof syncDetail>> {
    const { tenantId, id } = sync;
    const [{ view, manifest, totals }, header, approvals] = await Promise.all([
      this.progress.gather(sync),
      this.settlements.header(tenantId, id),
      this.syncs.approvals(tenantId, id),
    ]);
    const { counts, progress, held } = view;
    const applied = totals.reduce((sum, { state, count }) => (state === 'applied' ? sum + count : sum), 0);
    return {
      ...toSyncView(sync, counts),
      summary: summariseSync({ sync, manifest, totals, header }),
      counts,
      totals,
      progress,
      manifest: manifest === null ? null : toManifestView(manifest),
      safeguards: header?.verdicts ?? [],
      planHash: header?.planHash ?? null,
      held,
      notSeen: header?.notSeen ?? null,
      undoneBySyncId: applied === 0 ? null : ((await this.undos.of(sync, applied))?.id ?? null),
      removalsJudged: header?.judgedMissing ?? null,
      approvals: approvals.map(toApprovalView),
    };
  }
}
