import { describe, expect, it } from 'vitest';
import type { FailureRecovery, OutcomeTotal, SyncId } from '#core';
import { syncNotice } from './sync-notice.js';

const sync = {
  id: 'syn_1' as SyncId,
  mode: 'dry',
  trigger: 'schedule',
  state: 'completed',
  round: -1,
  supersededBy: null,
  failure: null,
} as const;
const changes: OutcomeTotal[] = [
  { outcome: 'created', reason: 'new', state: 'planned', count: 2 },
  { outcome: 'updated', reason: 'changed', state: 'planned', count: 40 },
  { outcome: 'deprovisioned', reason: 'missingFromSnapshot', state: 'held', count: 3 },
  { outcome: 'skipped', reason: 'unchanged', state: null, count: 500 },
  { outcome: 'failed', reason: 'typeMismatch', state: null, count: 1 },
];
const about = { name: 'Acme HR', totals: changes, verdicts: [] };

describe('what is said of a sync', () => {
  it('is its plan in numbers, where it has run by itself and somebody is to look', () => {
    const notice = syncNotice(sync, about);
    expect(notice).toMatchObject({
      kind: 'planReady',
      title: 'Acme HR: a plan is ready',
      data: { counts: { created: 2, updated: 40, deprovisioned: 3, reactivated: 0 }, held: 3 },
    });
    expect(notice?.lines[0]).toContain('2 created, 40 updated, 3 deprovisioned');
  });

  it('is nothing where the plan changes nobody, has a person’s word, or is superseded', () => {
    const unchanged = changes.filter(({ state }) => state === null);
    expect(syncNotice(sync, { ...about, totals: unchanged })).toBeNull();
    expect(syncNotice({ ...sync, round: 1 }, about)).toBeNull();
    expect(syncNotice({ ...sync, supersededBy: 'syn_2' as SyncId }, about)).toBeNull();
    const waiting = { ...sync, mode: 'live', state: 'awaitingApproval' } as const;
    expect(syncNotice({ ...waiting, round: 0 }, about)).toMatchObject({ kind: 'approvalNeeded' });
    expect(syncNotice({ ...waiting, round: 1 }, about)).toBeNull();
  });

  it('names the safeguards that hold something, and those alone', () => {
    const verdicts = [
      { rule: 'inferredRemovals', tripped: true },
      { rule: 'emailChanges', tripped: false },
    ] as const;
    const notice = syncNotice({ ...sync, mode: 'live', state: 'awaitingApproval', round: 0 }, { ...about, verdicts });
    expect(notice?.lines).toContain('What holds them: inferredRemovals.');
    expect(notice?.data).toMatchObject({ reason: 'inferredRemovals', held: 3 });
  });

  it.each(['retriable', 'credentials', 'configuration', 'fatal'] as FailureRecovery[])(
    'is the code and what to do where it failed (%s), never what a connector has worded',
    (recovery) => {
      const failure = { code: 'tokenRefused', message: 'Ana Silva <ana@acme.example> was refused', recovery };
      const notice = syncNotice({ ...sync, state: 'failed', failure }, about);
      expect(notice).toMatchObject({ kind: 'syncFailed', data: { reason: 'tokenRefused' } });
      expect(JSON.stringify(notice)).not.toContain('ana');
      expect(notice?.lines[1]).toMatch(/\.$/);
    },
  );

  it('passes on no code that is not a word', () => {
    const failure = { code: 'ana@acme.example', message: '' };
    expect(JSON.stringify(syncNotice({ ...sync, state: 'failed', failure }, about))).not.toContain('ana');
  });
});
