import { describe, expect, it } from 'vitest';
import type { EditCommand, OutcomeRow, Sync, SyncId } from '#core';
import { buildWrite } from './build-write.js';
import { contextOf, deactivated, elsewhere, here, linked, recordOf, userOf } from './decision-subjects.spec.js';
import { decide } from './decide.js';
import { nobody } from './decision.js';

const at = '2026-05-10T09:00:00.000Z';

function syncOf(edit: EditCommand | null = null): Sync {
  return {
    id: 'syn_0000000000000009' as SyncId,
    integrationId: here,
    frozen: contextOf().frozen,
    edit,
  } as Sync;
}

function rowOf(...parts: Parameters<typeof decide>): OutcomeRow {
  const { row } = decide(...parts);
  if (row === null) throw new Error('the record is unchanged');
  return row;
}

describe('buildWrite', () => {
  it('creates a user under an id that a second attempt finds again', () => {
    const row = rowOf(recordOf(), nobody, contextOf());
    const write = buildWrite(syncOf(), row, null, at);
    expect(write).toMatchObject({
      expectedVersion: null,
      user: {
        version: 1,
        status: 'active',
        owner: here,
        attributes: { fullName: 'Ada' },
        lastWrites: { [here]: ['syn_0000000000000009', 4] },
      },
      link: { sourceId: 's1', presence: 'present', seen: { recordHash: 'hash', userVersion: 1 } },
    });
    expect(buildWrite(syncOf(), row, null, at).user.id).toBe(write.user.id);
  });

  it('raises the version it was planned against, and drops cleared values', () => {
    const user = userOf({ attributes: { fullName: 'Ada', email: 'ada@x.example', title: 'Clerk' } });
    const record = recordOf({ values: { fullName: 'Ada', email: 'ada@x.example', title: null } });
    const write = buildWrite(syncOf(), rowOf(record, linked(user), contextOf()), user, at);
    expect(write.expectedVersion).toBe(5);
    expect(write.user.version).toBe(6);
    expect(write.user.attributes).toEqual({ fullName: 'Ada', email: 'ada@x.example' });
    expect(write.link?.seen?.userVersion).toBe(6);
  });

  it('keeps the data of a leaver until the delay is over', () => {
    const user = userOf();
    const row = rowOf(recordOf({ values: { active: false } }), linked(user), contextOf());
    const { user: written, link } = buildWrite(syncOf(), row, user, at);
    expect(written.attributes).toEqual(user.attributes);
    expect(written.deactivation).toEqual({
      at,
      reason: 'sourceDeactivated',
      syncId: 'syn_0000000000000009',
      anonymizeAfter: '2026-05-17T09:00:00.000Z',
      byHand: false,
    });
    expect(link).toMatchObject({ presence: 'absent', seen: null });
  });

  it('remembers that a person was deprovisioned by hand', () => {
    const user = userOf();
    const row: OutcomeRow = {
      ...rowOf(recordOf({ values: { active: false } }), linked(user), contextOf()),
      reason: 'manual',
      link: 'none',
    };
    const write = buildWrite(syncOf({ kind: 'deprovision', userId: user.id }), row, user, at);
    expect(write.user.deactivation?.byHand).toBe(true);
    expect(write.link).toBeNull();
  });

  it('forgets the deactivation of somebody who returns', () => {
    const user = userOf(deactivated('2026-05-12'));
    const write = buildWrite(syncOf(), rowOf(recordOf(), linked(user), contextOf()), user, at);
    expect(write.user).toMatchObject({ status: 'active', deactivation: null });
  });

  it('parks a new reference to a manager and leaves a known one alone', () => {
    const user = userOf({
      attributes: { fullName: 'Ada', email: 'ada@x.example', managerEmail: 'boss@x.example' },
      manager: { by: 'managerEmail', key: 'boss@x.example', userId: userOf().id },
    });
    const managed = (managerEmail: string) => {
      const record = recordOf({ values: { fullName: 'Ada B', email: 'ada@x.example', managerEmail } });
      return buildWrite(syncOf(), rowOf(record, linked(user), contextOf()), user, at).user.manager;
    };
    expect(managed('boss@x.example')).toEqual(user.manager);
    expect(managed('new@x.example')).toEqual({ by: 'managerEmail', key: 'new@x.example', userId: null });
  });

  it('passes a user on to another integration', () => {
    const user = userOf();
    const row: OutcomeRow = {
      ...rowOf(recordOf({ values: { active: false } }), linked(user), contextOf()),
      outcome: 'updated',
      reason: 'ownerChanged',
      changes: { owner: [here, elsewhere] },
    };
    expect(buildWrite(syncOf(), row, user, at).user).toMatchObject({ owner: elsewhere, status: 'active' });
  });
});
