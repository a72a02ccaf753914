import { describe, expect, it } from 'vitest';
import type { SyncId } from './ids.js';
import { nextSession, type PushSyncBefore } from './push-session.js';

const first = 'syn_1' as SyncId;
const second = 'syn_2' as SyncId;
const startedAt = '2026-03-01T08:00:00.000Z';

function before(parts: Partial<PushSyncBefore['sync']> = {}): PushSyncBefore {
  const session = { id: first, startedAt, syncsBefore: 0, countsBefore: {}, settledBefore: null };
  const ended = { state: 'completed', createdAt: startedAt, endedAt: startedAt, settledAt: startedAt } as const;
  return {
    sync: { id: first, mode: 'live', round: 0, session, ...ended, ...parts },
    counts: { created: 3, failed: 1 },
  };
}

function nextAt(now: string, last: PushSyncBefore | null = before()) {
  return nextSession({ id: second, mode: 'live', now }, last);
}

const beginning = { id: second, syncsBefore: 0, countsBefore: {}, settledBefore: null };

describe('the session of a push sync', () => {
  it('begins with the first one', () => {
    expect(nextAt(startedAt, null)).toEqual({ ...beginning, startedAt });
  });

  it('goes on with sums, also past a sync that was not settled', () => {
    const now = '2026-03-01T08:09:59.999Z';
    const joined = nextAt(now);
    expect(joined).toEqual({
      id: first,
      startedAt,
      syncsBefore: 1,
      countsBefore: { created: 3, failed: 1 },
      settledBefore: first,
    });
    const failed = before({ id: second, session: joined, settledAt: null, state: 'failed' });
    expect(nextAt(now, { ...failed, counts: { created: 2, updated: 1 } })).toEqual({
      id: first,
      startedAt,
      syncsBefore: 2,
      countsBefore: { created: 5, failed: 1, updated: 1 },
      settledBefore: first,
    });
  });

  it('ends when ten minutes pass in which nothing comes', () => {
    expect(nextAt('2026-03-01T08:10:00.000Z')).toMatchObject(beginning);
  });

  it('ends a day after it began, however much comes', () => {
    const busy = (endedAt: string) => before({ endedAt });
    expect(nextAt('2026-03-02T07:59:59.000Z', busy('2026-03-02T07:59:00.000Z'))).toMatchObject({ id: first });
    expect(nextAt('2026-03-02T08:00:00.000Z', busy('2026-03-02T07:59:00.000Z'))).toMatchObject(beginning);
  });

  it('ends when the integration goes live, and when somebody has let through what was held', () => {
    expect(nextAt(startedAt, before({ mode: 'dry' }))).toMatchObject(beginning);
    expect(nextAt(startedAt, before({ round: 1 }))).toMatchObject(beginning);
  });
});
