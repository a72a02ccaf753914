import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { addCounts, type OutcomeKind, outcomeKinds, OutcomeStore, type PushSession, type Sync } from '#core';
import { time } from '../../words.js';
import { syncCounts } from './sync-progress-reader.js';

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
  const none = Object.fromEntries(outcomeKinds.map((kind) => [kind, 0])) as Record<OutcomeKind, number>;
  return { id, startedAt, syncs: syncsBefore + 1, counts: { ...none, ...addCounts(countsBefore, own) } };
}

/** Reads what push syncs have done themselves. */
@Injectable()
export class PushCounts {
  constructor(private readonly outcomes: OutcomeStore) {}

  /** Nothing of a sync that is of no session: nobody adds that up. */
  async of({ tenantId, id, session }: Sync): Promise<PushSession['countsBefore']> {
    if (session === null) return {};
    const counts: PushSession['countsBefore'] = {};
    for (const { outcome, count } of await this.outcomes.totals(tenantId, id)) {
      counts[outcome] = (counts[outcome] ?? 0) + count;
    }
    return counts;
  }
}
