import { describe, expect, it } from 'vitest';
import { type DueRun, freshScheduleState, newId, type ScheduleState, type Standing, type SyncMode } from '#core';
import { buildIntegration } from '#testing';
import { decideRun } from './decide-run.js';

const dueAt = '2026-03-02T00:00:00.000Z';
const syncId = newId('sync');

function due({
  standing = 'live',
  mode = 'live',
  activeMappingVersion = 1,
  predecessor = null,
  state = {},
}: {
  standing?: Standing;
  mode?: SyncMode;
  activeMappingVersion?: number | null;
  predecessor?: DueRun['predecessor'];
  state?: Partial<ScheduleState>;
} = {}): DueRun {
  const integration = buildIntegration({ standing, activeMappingVersion, schedule: { mode, every: 24 } });
  return { integration, state: { ...freshScheduleState(4, dueAt), ...state }, predecessor };
}

describe('a run that is due', () => {
  it('is queued as its schedule says, and the next one is the regular one after now', () => {
    const decision = decideRun(due(), '2026-03-02T00:00:01.000Z', true);
    expect(decision).toMatchObject({ kind: 'queue', mode: 'live' });
    if (decision.kind !== 'queue') return;
    const { version: _version, ...fresh } = freshScheduleState(0, '2026-03-03T00:00:00.000Z');
    expect(decision.to(syncId)).toEqual({ ...fresh, lastRun: { at: dueAt, syncId }, awaiting: syncId });
  });

  it('is one run, however many were missed', () => {
    const decision = decideRun(due(), '2026-03-09T17:12:00.000Z', true);
    expect(decision.kind === 'queue' && decision.to(syncId)).toMatchObject({
      lastRun: { at: dueAt },
      nextRunAt: '2026-03-10T00:00:00.000Z',
    });
  });

  it('runs dry in observe, with a mapping or without', () => {
    for (const activeMappingVersion of [1, null]) {
      const run = due({ standing: 'observe', activeMappingVersion });
      expect(decideRun(run, dueAt, true)).toMatchObject({ kind: 'queue', mode: 'dry' });
    }
  });

  it('runs dry when its schedule says so', () => {
    expect(decideRun(due({ mode: 'dry', activeMappingVersion: null }), dueAt, true)).toMatchObject({ mode: 'dry' });
  });

  it('is refused behind an earlier sync that has not ended, and that is remembered', () => {
    const before = due({ predecessor: syncId, state: { consecutiveFailures: 2, isRetry: true } });
    expect(decideRun(before, dueAt, true)).toMatchObject({
      kind: 'refuse',
      to: {
        nextRunAt: '2026-03-03T00:00:00.000Z',
        isRetry: false,
        consecutiveFailures: 2,
        lastRefused: { at: dueAt, reason: 'predecessorOpen', syncId },
      },
    });
  });

  it('is refused live without an active mapping', () => {
    expect(decideRun(due({ activeMappingVersion: null }), dueAt, true)).toMatchObject({
      kind: 'refuse',
      to: { lastRefused: { reason: 'noActiveMapping', syncId: null } },
    });
  });

  it('is refused without its connector', () => {
    expect(decideRun(due(), dueAt, false)).toMatchObject({ kind: 'refuse', reason: 'connectorMissing' });
  });
});
