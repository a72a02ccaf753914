import { Injectable } from '@nestjs/common';
import { changesDirectory, OutcomeStore, SyncStore, type Approval, type EffectiveOutcome, type Sync } from '#core';
import { UndoGate } from '../undo/undo-gate.js';
import { Barriers } from './barriers.js';
import { Superseder } from './superseder.js';
import type { Move } from './sync-advancer.js';

const rowsPerRead = 500;

/** Takes up people's words on a plan that has ended: an approval opens the next apply round, a rejection ends rows. */
@Injectable()
export class ApprovalTaker {
  constructor(
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly barriers: Barriers,
    private readonly superseder: Superseder,
    private readonly undos: UndoGate,
  ) {}

  /** The move that the oldest word not taken up yet leads to; null when there is none, or when the pipeline is taken. */
  async take(sync: Sync): Promise<Move | null> {
    const words = await this.syncs.approvals(sync.tenantId, sync.id);
    const next = words.find(({ round }) => round > Math.max(sync.round, 0));
    if (next === undefined) return null;
    if (sync.state === 'failed' || sync.state === 'cancelled' || sync.supersededBy !== null) {
      // Too late: the word is taken up and changes nothing, or the sync would stay open for ever.
      return { to: sync.state, patch: { round: next.round } };
    }
    if (next.verdict === 'reject') return this.reject(sync, next);
    if (sync.mode === 'dry') {
      // An approved dry sync is live from here on, under the same id.
      await this.syncs.move(sync.tenantId, sync.id, sync.state, sync.state, { mode: 'live' });
    }
    if (!(await this.undos.enter({ ...sync, mode: 'live' }, next))) return null;
    await this.superseder.supersede(sync);
    return { to: 'applying', patch: { round: next.round }, wake: 'reconciler' };
  }

  private async reject(sync: Sync, word: Approval): Promise<Move> {
    const transfers = new Set<number>();
    for await (const rows of this.openRows(sync)) {
      for (const row of rows) {
        if (isNamed(row, word) && row.detail?.transfer !== undefined) transfers.add(row.detail.transfer);
      }
    }
    for await (const rows of this.openRows(sync)) {
      const seqs = rows
        .filter((row) => isNamed(row, word) || transfers.has(row.detail?.transfer ?? -1))
        .map(({ seq }) => seq);
      if (seqs.length > 0) await this.outcomes.reject(sync.tenantId, sync.id, seqs);
    }
    const to = sync.state === 'awaitingApproval' ? await this.barriers.end(sync) : sync.state;
    return { to, patch: { round: word.round } };
  }

  private async *openRows({ tenantId, id }: Sync): AsyncGenerator<EffectiveOutcome[]> {
    for (let after = -1; ;) {
      const rows = await this.outcomes.list(tenantId, id, {}, after, rowsPerRead);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.seq;
      yield rows.filter(
        (row) => changesDirectory(row.outcome) && (row.effectiveState === 'planned' || row.effectiveState === 'held'),
      );
    }
  }
}

function isNamed(row: EffectiveOutcome, { selection }: Approval): boolean {
  if (selection.seqs.length > 0) return selection.seqs.includes(row.seq);
  if (row.effectiveState === 'held' && !selection.includeHeld) return false;
  const { filter } = selection;
  if (filter === null) return selection.all;
  if (filter.outcome !== undefined && filter.outcome !== row.outcome) return false;
  return filter.reason === undefined || filter.reason === row.reason;
}
