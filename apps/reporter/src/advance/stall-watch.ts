import { Injectable } from '@nestjs/common';
import {
  Clock,
  contentHash,
  countKey,
  lostRow,
  MessageBus,
  OutcomeStore,
  SnapshotStore,
  topicAddress,
  type Sync,
  type SyncId,
} from '#core';
import { MusterConfig } from '#config';
import { encodePageFacts, factKind, noClaims } from '#reconciliation';

interface Progress {
  records: number;
  sinceMs: number;
  nudgedAtMs: number;
  nudge: string;
}

const quietMs = 2_000;
const stages = [
  ['raw-records', 'mapper'],
  ['mapped-users', 'reconciler'],
  ['outcomes', 'reporter'],
] as const;

/**
 * Sees planning stand still although no stage has anything left to do: the missing pages are published again, once; what
 * is missing after that is `failed: lost`. Every sync ends.
 */
@Injectable()
export class StallWatch {
  private readonly progress = new Map<SyncId, Progress>();

  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly snapshots: SnapshotStore,
    private readonly bus: MessageBus,
    private readonly clock: Clock,
    private readonly config: MusterConfig,
  ) {}

  forget(id: SyncId): void {
    this.progress.delete(id);
  }

  /** True when a role may be woken (again) for the same reason. */
  isQuiet(id: SyncId, nudge: string): boolean {
    const now = this.clock.nowMs();
    const known = this.progress.get(id);
    if (known?.nudge === nudge && now - known.nudgedAtMs < quietMs) return false;
    this.progress.set(id, { records: known?.records ?? 0, sinceMs: known?.sinceMs ?? now, nudgedAtMs: now, nudge });
    return true;
  }

  /** True when the missing pages are to be published again. Records what is lost when that has been tried. */
  async stood(sync: Sync): Promise<boolean> {
    const { plannedRecords } = await this.outcomes.progress(sync.tenantId, sync.id);
    const now = this.clock.nowMs();
    const known = this.progress.get(sync.id);
    if (known?.records !== plannedRecords) {
      this.progress.set(sync.id, { records: plannedRecords, sinceMs: now, nudgedAtMs: 0, nudge: '' });
      return false;
    }
    if (now - known.sinceMs < this.config.planningStallSeconds * 1000 || !(await this.isIdle(sync))) return false;
    known.sinceMs = now;
    if (!sync.republished) return true;
    await this.recordLost(sync);
    return false;
  }

  private async isIdle({ lane }: Sync): Promise<boolean> {
    for (const [topic, group] of stages) {
      if ((await this.bus.lag(topicAddress(topic, lane), group)) > 0) return false;
    }
    return true;
  }

  private async recordLost(sync: Sync): Promise<void> {
    const manifest = await this.snapshots.manifest(sync.tenantId, sync.id);
    const missing = await this.outcomes.missingPages(sync.tenantId, sync.id, 0, manifest?.pages ?? 0);
    for (const page of missing) {
      const link = await this.snapshots.page(sync.tenantId, sync.snapshotOf, page);
      if (link === null) continue;
      const { tenantId, integrationId, id: syncId } = sync;
      const rows = Array.from({ length: link.records }, (_, index) => lostRow(link.firstSeq + index));
      const facts = rows.map((row) => ({
        decision: { kind: factKind.failed, row, userId: null, refresh: null, claims: noClaims },
        sourceId: null,
        candidates: [],
        holders: {},
      }));
      await this.outcomes.insertPlanned({
        kind: 'planned',
        tenantId,
        integrationId,
        syncId,
        page,
        firstSeq: link.firstSeq,
        records: link.records,
        claim: link.claim,
        rows,
        unchanged: { seqs: [], userIds: [] },
        refresh: [],
        counts: { [countKey('failed', 'lost', null)]: link.records },
        facts: Buffer.from(encodePageFacts(facts)).toString('base64'),
        digest: contentHash(`lost ${String(page)}`),
      });
    }
  }
}
