import { describe, expect, it } from 'vitest';
import {
  standardAttributes,
  type AttributeDefinition,
  type EffectiveOutcome,
  type IntegrationId,
  type SyncId,
  type TenantId,
  type User,
  type UserId,
} from '#core';
import { reverseOutcome, type ReversalContext } from './reverse-outcome.js';

const hr = 'int_1' as IntegrationId;
const later = 'syn_9' as SyncId;
const now = '2026-01-05T00:00:00.000Z';

function outcome(parts: Partial<EffectiveOutcome>): EffectiveOutcome {
  return {
    seq: 7,
    syncId: 'syn_1' as SyncId,
    page: 0,
    rank: 0,
    outcome: 'updated',
    reason: 'changed',
    state: null,
    effectiveState: 'applied',
    sourceId: 's7',
    userId: 'usr_7' as UserId,
    label: 'Ada',
    changes: {},
    problems: [],
    userVersion: 3,
    link: 'link',
    recordHash: 'hash',
    dueDate: '2027-01-01',
    ...parts,
  };
}

/** As the outcome left them. */
function user(parts: Partial<User> = {}): User {
  return {
    id: 'usr_7' as UserId,
    tenantId: 'ten_1' as TenantId,
    version: 4,
    status: 'active',
    role: 'regular',
    owner: hr,
    attributes: { fullName: 'Ada', email: 'ada@x.example' },
    deactivation: null,
    manager: null,
    lastWrites: {},
    createdAt: now,
    updatedAt: now,
    ...parts,
  };
}

function reverse(undone: EffectiveOutcome, today: User | null, parts: Partial<ReversalContext> = {}) {
  return reverseOutcome(0, undone, today, {
    frozen: { attributes: [...standardAttributes] },
    now,
    isHeldByOther: false,
    changedBy: null,
    ...parts,
  });
}

const gone = user({
  status: 'deactivated',
  deactivation: {
    at: '2026-01-01T00:00:00.000Z',
    reason: 'missingFromSnapshot',
    syncId: 'syn_1' as SyncId,
    anonymizeAfter: '2026-01-08T00:00:00.000Z',
    byHand: false,
  },
});
const removal = outcome({
  outcome: 'deprovisioned',
  reason: 'missingFromSnapshot',
  link: 'absent',
  changes: { status: ['active', 'deactivated'] },
});

describe('an outcome turned round', () => {
  it('puts back values, role and owner, names what it takes back, and forgets what was seen', () => {
    const changes = {
      title: [null, 'Cook'],
      department: ['Kitchen', null],
      role: ['regular', 'restricted'],
      owner: [null, hr],
    } satisfies EffectiveOutcome['changes'];
    expect(reverse(outcome({ changes }), user()).row).toMatchObject({
      seq: 0,
      outcome: 'updated',
      reason: 'undone',
      state: null,
      userVersion: 4,
      link: 'link',
      recordHash: null,
      dueDate: null,
      detail: { undoes: 7 },
      changes: {
        title: ['Cook', null],
        department: [null, 'Kitchen'],
        role: ['restricted', 'regular'],
        owner: [hr, null],
      },
    });
  });

  it('ends the access of who was created, and keeps their values', () => {
    const created = outcome({
      outcome: 'created',
      userVersion: null,
      changes: { fullName: [null, 'Ada'], role: ['regular', 'restricted'] },
    });
    expect(reverse(created, user({ version: 1 })).row).toMatchObject({
      outcome: 'deprovisioned',
      changes: { status: ['active', 'deactivated'] },
    });
  });

  it('brings back who was removed, who claims their keys again', () => {
    const { row, claims } = reverse(removal, gone);
    expect(row).toMatchObject({
      outcome: 'reactivated',
      changes: { status: ['deactivated', 'active'] },
      link: 'link',
    });
    expect(claims).toEqual({ email: 'ada@x.example', employeeId: null });
  });

  it('removes again who had come back, with the values of before', () => {
    const back = outcome({
      outcome: 'reactivated',
      reason: 'returned',
      changes: { status: ['deactivated', 'active'], title: ['Cook', 'Chef'] },
    });
    expect(reverse(back, user()).row).toMatchObject({
      outcome: 'deprovisioned',
      changes: { status: ['active', 'deactivated'], title: ['Chef', 'Cook'] },
    });
  });

  it('leaves links alone that the outcome left alone', () => {
    expect(reverse(outcome({ link: 'none', changes: { title: [null, 'Cook'] } }), user()).row?.link).toBe('none');
  });
});

describe('what has happened since', () => {
  const changed = outcome({ changes: { email: ['old@x.example', 'ada@x.example'] } });

  it.for<[what: string, undone: EffectiveOutcome, today: User | null, parts: Partial<ReversalContext>, note: RegExp]>([
    ['another sync', changed, user({ version: 5 }), { changedBy: later }, /sync syn_9 has changed this user since/],
    ['a change that cannot be named', changed, user({ version: 5 }), {}, /this user has changed since/],
    ['anonymisation', removal, user({ version: 5, status: 'anonymized', attributes: {} }), {}, /anonymised/],
    ['a delay that is over', removal, gone, { now: '2026-01-08T00:00:00.000Z' }, /could come back are over/],
    [
      'another primary source',
      outcome({ outcome: 'created', userVersion: 3, changes: {} }),
      user(),
      { isHeldByOther: true },
      /another primary source/,
    ],
  ])('%s makes it drifted, with a note, and it claims no key', ([, undone, today, parts, note]) => {
    const { row, claims } = reverse(undone, today, parts);
    expect(row).toMatchObject({ state: 'drifted', reason: 'undone', link: 'none' });
    expect(row?.detail?.note).toMatch(note);
    expect(row?.detail?.changedBy).toBe(parts.changedBy ?? undefined);
    expect(claims).toEqual({ email: null, employeeId: null });
  });

  it('shows nothing personal of who has been anonymised', () => {
    const { row } = reverse(changed, user({ version: 5, status: 'anonymized', attributes: {} }));
    expect(JSON.stringify(row)).not.toMatch(/Ada|example/);
  });

  it('does not stand in the way of values when another source holds the person', () => {
    expect(reverse(changed, user(), { isHeldByOther: true }).row?.state).toBeNull();
  });
});

describe('an attribute', () => {
  const team: AttributeDefinition = {
    name: 'custom.team',
    label: 'Team',
    type: 'number',
    required: false,
    whenBlank: 'clear',
    excludeFromCsvExport: false,
    standard: false,
  };
  const attributes = (...more: AttributeDefinition[]) => ({ frozen: { attributes: [...standardAttributes, ...more] } });
  const both = outcome({ changes: { 'custom.team': ['red', 'blue'], title: ['Cook', 'Chef'] } });

  it('that is defined no more, or of another type, is left out and named', () => {
    for (const parts of [attributes(), attributes(team)]) {
      const { row } = reverse(both, user(), parts);
      expect(row).toMatchObject({ outcome: 'updated', changes: { title: ['Chef', 'Cook'] } });
      expect(row?.changes).not.toHaveProperty(['custom.team']);
      expect(row?.detail?.note).toContain('custom.team');
    }
  });

  it('that was all that had changed leaves nothing to do', () => {
    const { row } = reverse(outcome({ changes: { 'custom.team': ['red', 'blue'] } }), user(), attributes());
    expect(row).toMatchObject({ outcome: 'skipped', reason: 'unchanged', link: 'none', changes: {} });
    expect(row?.detail?.note).toContain('custom.team');
  });

  it('that is required by now and was blank before fails the person and names it', () => {
    const required = attributes({ ...team, required: true });
    const { row } = reverse(outcome({ changes: { 'custom.team': [null, 5] } }), user(), required);
    expect(row).toMatchObject({
      outcome: 'failed',
      reason: 'requiredAttributeMissing',
      changes: {},
      problems: [{ attribute: 'custom.team', code: 'requiredAttributeMissing' }],
    });
  });

  it('keeps integers that are too large for a number', () => {
    const large = outcome({ changes: { 'custom.team': ['9007199254740993', 5] } });
    expect(reverse(large, user(), attributes(team)).row?.changes).toEqual({ 'custom.team': [5, '9007199254740993'] });
  });
});
