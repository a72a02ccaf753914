import { describe, expect, it } from 'vitest';
import type { OutcomeKind, OutcomeReason, OutcomeState, OutcomeTotal, SyncId } from '#core';
import { summariseSync, type SyncFacts } from './summarise-sync.js';

const evidence = {
  declaredFirst: 10,
  declaredLast: 10,
  distinctSourceIds: 4,
  endSeen: false,
  reason: 'The source declared 10 people and sent 4',
};

function total(
  count: number,
  outcome: OutcomeKind,
  reason: OutcomeReason,
  state: OutcomeState | null = null,
): OutcomeTotal {
  return { outcome, reason, state, count };
}

function summary(sync: Partial<SyncFacts['sync']>, totals: OutcomeTotal[], rest: Partial<SyncFacts> = {}): string {
  return summariseSync({
    sync: {
      mode: 'dry',
      state: 'completed',
      trigger: 'manual',
      failure: null,
      supersededBy: null,
      person: null,
      failedOf: null,
      undo: null,
      ...sync,
    },
    manifest: { records: 10, wholeness: 'complete', evidence },
    header: { verdicts: [], notSeen: 0 },
    totals,
    ...rest,
  });
}

describe('the summary of a sync', () => {
  it('says of a dry run what would happen, and that nobody has been changed', () => {
    const text = summary({}, [
      total(1200, 'created', 'new', 'planned'),
      total(3, 'updated', 'changed', 'planned'),
      total(1, 'deprovisioned', 'terminationDate', 'planned'),
      total(2, 'failed', 'typeMismatch'),
      total(40, 'skipped', 'unchanged'),
    ]);
    expect(text).toBe(
      'Dry run: 1,200 people would be created, 3 updated and 1 removed. Nobody has been changed. ' +
        '2 people failed and were left alone: 2 with a value of the wrong type. 40 people skipped: 40 unchanged.',
    );
  });

  it('still says what a plan was when a newer one has taken its place', () => {
    const totals = [total(2, 'updated', 'changed', 'superseded'), total(5, 'skipped', 'unchanged')];
    expect(summary({ supersededBy: 'syn_newer' as SyncId }, totals)).toBe(
      'Dry run: 2 people would have been updated. Nobody has been changed. 5 people skipped: 5 unchanged. ' +
        'A newer sync has taken its place; its plan can no longer be approved.',
    );
    expect(summary({ supersededBy: 'syn_newer' as SyncId }, [])).toContain('nothing to change');
  });

  it('says of a push sync that it is about what was pushed', () => {
    expect(summary({ trigger: 'push', mode: 'live' }, [total(1, 'created', 'new', 'applied')])).toBe(
      'Live sync of what was pushed: 1 person was created.',
    );
    expect(summary({ trigger: 'push', state: 'fetching' }, [])).toBe(
      'Dry run of what was pushed: reading what is stored. Nobody has been changed.',
    );
  });

  it('says of a live sync what was done', () => {
    const totals = [total(1, 'created', 'new', 'applied'), total(2, 'updated', 'changed', 'applied')];
    expect(summary({ mode: 'live' }, totals)).toBe('Live sync: 1 person was created and 2 updated.');
  });

  it('says of a sync that nobody asked for that it was scheduled', () => {
    const totals = [total(2, 'updated', 'changed', 'planned')];
    expect(summary({ trigger: 'schedule' }, totals)).toBe(
      'Scheduled dry run: 2 people would be updated. Nobody has been changed.',
    );
    expect(summary({ trigger: 'schedule', mode: 'live', state: 'queued' }, [])).toBe(
      'Scheduled live sync: waiting for its turn.',
    );
  });

  it('says when there is nothing to do', () => {
    expect(summary({ mode: 'live' }, [total(9, 'skipped', 'unchanged')])).toBe(
      'Live sync: nothing to change. 9 people skipped: 9 unchanged.',
    );
  });

  it('says when nothing is new because it was applied before, and how to have it read again', () => {
    const manifest = { records: 0, wholeness: 'complete', evidence } as const;
    const known = (...alreadyApplied: string[]) =>
      summary({ mode: 'live' }, [], { manifest: { ...manifest, alreadyApplied } });
    expect(known('a.csv')).toBe(
      'Live sync: nothing new: a.csv was applied before under this mapping; a sync with reread reads it again.',
    );
    expect(known('a.csv', 'b.csv')).toBe(
      'Live sync: nothing new: a.csv and b.csv were applied before under this mapping; a sync with reread reads the last of them again.',
    );
    expect(known()).toBe('Live sync: nothing to change.');
  });

  it('says what waits for a person, and why', () => {
    const verdicts = [
      {
        rule: 'inferredRemovals',
        measured: 500,
        limit: 100,
        population: 1000,
        tripped: true,
        message: '500 people are missing; 100 may be',
      },
    ] as const;
    const text = summary(
      { mode: 'live', state: 'awaitingApproval' },
      [total(4, 'created', 'new', 'applied'), total(500, 'deprovisioned', 'missingFromSnapshot', 'held')],
      { header: { verdicts: [...verdicts], notSeen: 500 } },
    );
    expect(text).toBe(
      'Live sync: 4 people were created. Held until a person approves: 500 people to be removed. 500 people are missing; 100 may be.',
    );
  });

  it('says what a partly applied plan has left', () => {
    const totals = [total(2, 'created', 'new', 'applied'), total(1, 'updated', 'changed', 'planned')];
    expect(summary({ mode: 'live' }, totals)).toBe('Live sync: 2 people were created; 1 person would be updated.');
  });

  it('says why a failed one failed and that nobody was changed', () => {
    const failure = { code: 'sourceUnavailable', message: 'The source does not answer' };
    expect(summary({ state: 'failed', failure }, [])).toBe(
      'Dry run failed: The source does not answer. Nobody has been changed.',
    );
  });

  it('says what a cancelled one had done', () => {
    expect(summary({ mode: 'live', state: 'cancelled' }, [total(3, 'created', 'new', 'applied')])).toBe(
      'Live sync was cancelled. 3 people were created before it ended.',
    );
  });

  it('says that an incomplete snapshot removes nobody', () => {
    const text = summary({ state: 'incomplete', mode: 'live' }, [total(4, 'skipped', 'unchanged')], {
      manifest: { records: 4, wholeness: 'truncated', evidence },
      header: { verdicts: [], notSeen: 6 },
    });
    expect(text).toContain(
      'nobody is removed for being absent: The source declared 10 people and sent 4. 6 people were not seen.',
    );
  });

  it('says what is going on while it runs', () => {
    expect(summary({ state: 'planning' }, [total(3, 'created', 'new', 'planned')])).toBe(
      'Dry run: working out what to do; 3 of 10 records so far. Nobody has been changed.',
    );
    expect(summary({ state: 'applying', mode: 'live' }, [total(3, 'created', 'new', 'applied')])).toBe(
      'Live sync: writing to the directory; 3 people so far.',
    );
  });

  it('says of an undo which sync it takes back, and whom it leaves alone', () => {
    const undo = { syncId: 'syn_1' as SyncId, round: 0, outcomes: 6, byHand: false };
    const drifted = total(2, 'updated', 'undone', 'drifted');
    expect(
      summary({ trigger: 'undo', undo }, [total(3, 'updated', 'undone', 'planned'), drifted], { manifest: null }),
    ).toBe(
      'Dry undo of sync syn_1: 3 people would be updated. Nobody has been changed. 2 people have been changed by something else since and would be left alone.',
    );
    expect(
      summary({ trigger: 'undo', undo, mode: 'live' }, [
        total(1, 'deprovisioned', 'undone', 'applied'),
        total(1, 'updated', 'undone', 'drifted'),
      ]),
    ).toBe(
      'Undo of sync syn_1: 1 person was removed. 1 person has been changed by something else since and was left alone.',
    );
    expect(summary({ trigger: 'undo', undo, state: 'planning' }, [drifted], { manifest: null })).toBe(
      'Dry undo of sync syn_1: working out what to take back; 2 of 6 so far. Nobody has been changed.',
    );
  });
});
