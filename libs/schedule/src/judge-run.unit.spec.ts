import { describe, expect, it } from 'vitest';
import { freshScheduleState, newId, type ScheduleState, type Sync, type SyncFailure } from '#core';
import { buildIntegration, buildSync } from '#testing';
import { judgeRun } from './judge-run.js';

const endedAt = '2026-03-02T00:10:00.000Z';
const regular = '2026-03-02T03:00:00.000Z';
const integration = buildIntegration({ schedule: { mode: 'live', every: 3 } });

function judge(parts: Partial<Sync>, state: Partial<ScheduleState> = {}) {
  const sync: Sync = { ...buildSync(integration.tenantId, integration.id, { endedAt, ...parts }), generation: 1 };
  const present = { ...freshScheduleState(3, regular), awaiting: sync.id, ...state };
  return judgeRun({ integration, state: present, sync }, '2026-03-02T00:10:05.000Z');
}
const failed = (recovery?: SyncFailure['recovery']): Partial<Sync> => ({
  state: 'failed',
  failure: { code: 'sourceUnavailable', message: 'away', ...(recovery === undefined ? {} : { recovery }) },
});

describe('a failed run', () => {
  it.each([
    [0, '2026-03-02T00:15:00.000Z'],
    [1, '2026-03-02T00:20:00.000Z'],
    [2, '2026-03-02T00:30:00.000Z'],
    [3, '2026-03-02T00:50:00.000Z'],
    [4, '2026-03-02T01:30:00.000Z'],
    [5, '2026-03-02T02:50:00.000Z'],
  ])('after %d others is tried again 5, 10, 20, … minutes after it ended', (before, nextRunAt) => {
    const judged = judge(failed('retriable'), { consecutiveFailures: before });
    expect(judged).toMatchObject({ awaiting: null, consecutiveFailures: before + 1, nextRunAt, isRetry: true });
  });

  it('waits for the regular run when that comes sooner', () => {
    for (const before of [6, 7, 40, 4_000]) {
      const judged = judge(failed(), { consecutiveFailures: before });
      expect(judged).toMatchObject({ consecutiveFailures: before + 1, nextRunAt: regular, isRetry: false });
    }
  });

  it.each(['retriable', 'fatal', undefined] as const)('is tried again when the next may succeed: %s', (recovery) => {
    expect(judge(failed(recovery)).isRetry).toBe(true);
  });

  it.each(['credentials', 'configuration'] as const)(
    'waits for the regular run when it needs a person: %s',
    (recovery) => {
      expect(judge(failed(recovery))).toMatchObject({ consecutiveFailures: 1, nextRunAt: regular, isRetry: false });
    },
  );

  it('is not tried again once nothing runs any more', () => {
    expect(judge(failed(), { nextRunAt: null })).toMatchObject({ consecutiveFailures: 1, nextRunAt: null });
  });
});

describe('another end', () => {
  it.each(['completed', 'incomplete', 'awaitingApproval'] as const)('%s ends a row of failures', (state) => {
    const judged = judge({ state }, { consecutiveFailures: 3 });
    expect(judged).toMatchObject({ awaiting: null, consecutiveFailures: 0, nextRunAt: regular, isRetry: false });
  });

  it('cancelled says nothing about the source', () => {
    const judged = judge({ state: 'cancelled' }, { consecutiveFailures: 3 });
    expect(judged).toMatchObject({ awaiting: null, consecutiveFailures: 3, nextRunAt: regular, isRetry: false });
  });

  it('forgets nothing else', () => {
    const lastRun = { at: regular, syncId: newId('sync') };
    const lastRefused = { at: regular, reason: 'predecessorOpen', syncId: null } as const;
    expect(judge({ state: 'completed' }, { lastRun, lastRefused })).toMatchObject({ lastRun, lastRefused });
  });
});
