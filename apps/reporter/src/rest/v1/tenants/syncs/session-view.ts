import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import {
  addCounts,
  countsByOutcome,
  OutcomeStore,
  type PushSession,
  type Sync,
  type SyncId,
  type TenantId,
} from '#core';
import { time } from '../../words.js';
import { syncCounts, toSyncCounts } from './sync-progress-reader.js';

export const sessionView = z
  .object({
    id: z.string().describe('The session’s first sync: `?session=` lists all of them.'),
    startedAt: time.describe('When that was queued.'),
    syncs: z.int().describe('How many syncs it has, up to this one.'),
    counts: syncCounts.describe('People by outcome in all of these, in sum.'),
  })
  .meta({ id: 'PushSession' });

/** `own`: what the sync itself does to people, as far as it is planned. */
export function toSessionView(
  { id, startedAt, syncsBefore, countsBefore }: PushSession,
  own: PushSession['countsBefore'],
): z.input<typeof sessionView> {
  return { id, startedAt, syncs: syncsBefore + 1, counts: toSyncCounts(addCounts(countsBefore, own)) };
}

/** Reads what push syncs have done themselves. */
@Injectable()
export class PushCounts {
  constructor(private readonly outcomes: OutcomeStore) {}

  /** By sync. Nothing of one that is of no session: nobody adds that up. */
  async of(tenantId: TenantId, syncs: readonly Sync[]): Promise<Map<SyncId, PushSession['countsBefore']>> {
    const ids = syncs.filter(({ session }) => session !== null).map(({ id }) => id);
    if (ids.length === 0) return new Map();
    const totals = await this.outcomes.totalsOfEach(tenantId, ids);
    return new Map(ids.map((id, nth) => [id, countsByOutcome(totals[nth] ?? [])]));
  }
}
