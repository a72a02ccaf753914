import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standardAttributes, type FrozenSettings, type MappedRecord, type Sync, type SyncId } from '#core';
import { buildWrite } from './build-write.js';
import { contextOf, deactivated, elsewhere, here, linked, recordOf, userOf } from './decision-subjects.spec.js';
import { decide } from './decide.js';
import { factKind, nobody, type Subject } from './decision.js';

interface Case {
  title: string;
  record?: Partial<MappedRecord>;
  subject?: Subject;
  settings?: Partial<FrozenSettings>;
  /** Outcome, reason, what happens to the link. */
  expected: [outcome: string, reason: string, link: string];
}

const gone = { active: false };
const problem = { attribute: 'title', code: 'typeMismatch', expression: 'x', message: '' } as const;
const keepEmail = standardAttributes.map((attribute) =>
  attribute.name === 'email' ? { ...attribute, whenBlank: 'keep' as const } : attribute,
);

const cases: Case[] = [
  { title: 'no mapping', settings: { mapping: null }, expected: ['skipped', 'noMapping', 'none'] },
  {
    title: 'no identity',
    record: { sourceId: null, problems: [{ ...problem, attribute: 'identity', code: 'identityMissing' }] },
    expected: ['failed', 'identityMissing', 'none'],
  },
  {
    title: 'a record that cannot be decoded',
    record: { sourceId: null, problems: [{ ...problem, attribute: 'record', code: 'decodeFailed' }] },
    expected: ['failed', 'decodeFailed', 'none'],
  },
  { title: 'a mapping problem', record: { problems: [problem] }, expected: ['failed', 'typeMismatch', 'none'] },
  { title: 'somebody new', expected: ['created', 'new', 'link'] },
  {
    title: 'a required value missing',
    record: { values: { fullName: 'Ada', email: null } },
    expected: ['failed', 'requiredAttributeMissing', 'none'],
  },
  {
    title: 'a required value blank, and blank clears',
    record: { values: { fullName: 'Ada', email: null } },
    subject: linked(userOf()),
    expected: ['failed', 'requiredAttributeMissing', 'none'],
  },
  {
    title: 'a required value blank, and blank keeps',
    record: { values: { fullName: 'Ada B', email: null } },
    subject: linked(userOf()),
    settings: { attributes: keepEmail },
    expected: ['updated', 'changed', 'link'],
  },
  { title: 'somebody new who has left', record: { values: gone }, expected: ['skipped', 'alreadyTerminated', 'none'] },
  {
    title: 'an unlinked leaver whose key a user has',
    record: { values: gone },
    subject: { user: userOf(), link: null, matchedBy: 'email' },
    expected: ['skipped', 'alreadyTerminated', 'none'],
  },
  {
    title: 'a leaver',
    record: { values: gone },
    subject: linked(userOf()),
    expected: ['deprovisioned', 'sourceDeactivated', 'absent'],
  },
  {
    title: 'a termination date of today',
    record: { values: { terminationDate: '2026-05-10' } },
    subject: linked(userOf()),
    expected: ['deprovisioned', 'terminationDate', 'absent'],
  },
  {
    title: 'a termination date of tomorrow',
    record: { values: { fullName: 'Ada', email: 'ada@x.example', terminationDate: '2026-05-11' } },
    subject: linked(userOf()),
    expected: ['updated', 'changed', 'link'],
  },
  {
    title: 'a leaver who is deactivated already',
    record: { values: gone },
    subject: linked(userOf(deactivated('2026-05-12'))),
    expected: ['skipped', 'alreadyTerminated', 'absent'],
  },
  {
    title: 'a leaver whose link says so already',
    record: { values: gone },
    subject: linked(userOf(deactivated('2026-05-12')), { presence: 'absent' }),
    expected: ['skipped', 'alreadyTerminated', 'none'],
  },
  {
    title: 'a leaver of a secondary source',
    record: { values: gone },
    subject: linked(userOf({ owner: elsewhere })),
    settings: { precedence: 'secondary' },
    expected: ['deprovisioned', 'sourceDeactivated', 'absent'],
  },
  {
    title: 'out of scope without a user',
    record: { inScope: false },
    expected: ['skipped', 'outOfScope', 'none'],
  },
  {
    title: 'out of scope, seen alone',
    record: { inScope: false },
    subject: linked(userOf()),
    expected: ['skipped', 'outOfScope', 'none'],
  },
  {
    title: 'a return within the delay',
    subject: linked(userOf(deactivated('2026-05-12')), { presence: 'absent' }),
    expected: ['reactivated', 'returned', 'link'],
  },
  {
    title: 'a return after the delay',
    subject: linked(userOf(deactivated('2026-05-10')), { presence: 'absent' }),
    expected: ['created', 'new', 'link'],
  },
  {
    title: 'a return of somebody anonymised',
    subject: linked(userOf({ status: 'anonymized', attributes: {} })),
    expected: ['created', 'new', 'link'],
  },
  {
    title: 'deprovisioned by hand and still active in the source',
    subject: linked(userOf(deactivated('2026-05-12', { byHand: true }))),
    expected: ['skipped', 'manual', 'none'],
  },
  {
    title: 'deprovisioned by hand, then absent, then active',
    subject: linked(userOf(deactivated('2026-05-12', { byHand: true })), { presence: 'absent' }),
    expected: ['reactivated', 'returned', 'link'],
  },
  {
    title: 'deprovisioned by hand, known again under a new source id after the old one was absent',
    subject: {
      user: userOf(deactivated('2026-05-12', { byHand: true })),
      link: null,
      matchedBy: 'employeeId',
      wasAbsent: true,
    },
    expected: ['reactivated', 'returned', 'link'],
  },
  {
    title: 'deprovisioned by hand, known again under a new source id and never absent',
    subject: { user: userOf(deactivated('2026-05-12', { byHand: true })), link: null, matchedBy: 'employeeId' },
    expected: ['skipped', 'manual', 'none'],
  },
  {
    title: 'somebody unknown to a secondary source',
    settings: { precedence: 'secondary' },
    expected: ['skipped', 'secondarySource', 'none'],
  },
  {
    title: 'a user of another primary, first met',
    subject: { user: userOf({ owner: elsewhere }), link: null, matchedBy: 'email' },
    expected: ['skipped', 'secondarySource', 'link'],
  },
  {
    title: 'a user of another primary, met before',
    subject: linked(userOf({ owner: elsewhere })),
    expected: ['skipped', 'secondarySource', 'none'],
  },
  {
    title: 'a user made by hand, in a secondary source',
    subject: linked(userOf({ owner: null })),
    settings: { precedence: 'secondary' },
    expected: ['skipped', 'secondarySource', 'none'],
  },
  {
    title: 'a user made by hand, in a primary source',
    subject: { user: userOf({ owner: null }), link: null, matchedBy: 'email' },
    expected: ['updated', 'changed', 'link'],
  },
  {
    title: 'a changed value',
    record: { values: { fullName: 'Ada L', email: 'ada@x.example' } },
    subject: linked(userOf()),
    expected: ['updated', 'changed', 'link'],
  },
];

describe('decide', () => {
  it.each(cases)('$title: $expected', ({ record, subject, settings, expected }) => {
    const { row } = decide(recordOf(record), subject ?? nobody, contextOf(settings));
    expect([row?.outcome, row?.reason, row?.link]).toEqual(expected);
  });

  it('marks whoever leaves the scope, unless the integration keeps them or does not own them', () => {
    const record = recordOf({ inScope: false });
    const kindOf = (subject: Subject, settings = {}) => decide(record, subject, contextOf(settings)).kind;
    expect(kindOf(linked(userOf()))).toBe(factKind.leavingScope);
    expect(kindOf(linked(userOf()), { onLeavingScope: 'keep' })).toBe(factKind.skipped);
    expect(kindOf(linked(userOf({ owner: elsewhere })))).toBe(factKind.skipped);
    expect(kindOf(linked(userOf(deactivated('2026-05-12'))))).toBe(factKind.skipped);
  });

  it('opens and closes restricted access, and never demotes an administrator', () => {
    const mapping = (onMissing: 'keep' | 'restricted' | 'regular') => ({
      version: 3,
      definition: {
        identity: 'connector' as const,
        attributes: {},
        scope: null,
        restricted: { expression: 'r', onMissing },
      },
    });
    const roleAfter = (role: 'regular' | 'restricted' | 'admin', restricted: boolean | null, onMissing = 'keep') =>
      decide(recordOf({ restricted }), linked(userOf({ role })), contextOf({ mapping: mapping(onMissing as 'keep') }))
        .row?.changes['role']?.[1] ?? role;
    expect(roleAfter('regular', true)).toBe('restricted');
    expect(roleAfter('restricted', false)).toBe('regular');
    expect(roleAfter('restricted', null)).toBe('restricted');
    expect(roleAfter('restricted', null, 'regular')).toBe('regular');
    expect(roleAfter('regular', null, 'restricted')).toBe('restricted');
    expect(roleAfter('admin', true)).toBe('admin');
  });

  it('writes the link of an unchanged record that was matched by a key', () => {
    const user = userOf();
    const { row, refresh, userId } = decide(recordOf(), { user, link: null, matchedBy: 'employeeId' }, contextOf());
    expect(row).toBeNull();
    expect(userId).toBe(user.id);
    expect(refresh).toMatchObject({ sourceId: 's1', userId: user.id, userVersion: 5 });
  });

  it('renews what was last seen only when something about it is new', () => {
    const seen = {
      recordHash: 'hash',
      mappingVersion: 3,
      attributesRevision: 1,
      settingsRevision: 1,
      userVersion: 5,
      dueDate: null,
    };
    expect(decide(recordOf(), linked(userOf(), { seen }), contextOf()).refresh).toBeNull();
    for (const stale of [
      { recordHash: 'other' },
      { mappingVersion: 2 },
      { attributesRevision: 0 },
      { settingsRevision: 0 },
      { userVersion: 4 },
      { dueDate: '2026-01-01' },
    ]) {
      const subject = linked(userOf(), { seen: { ...seen, ...stale } });
      expect(decide(recordOf(), subject, contextOf()).refresh).not.toBeNull();
    }
  });

  it('fails a record that it stumbles over as unclassified', () => {
    const values = Object.defineProperty({}, 'active', {
      get: () => {
        throw new TypeError('odd');
      },
    }) as MappedRecord['values'];
    const { row } = decide(recordOf({ values }), nobody, contextOf());
    expect([row?.outcome, row?.reason]).toEqual(['failed', 'unclassified']);
  });

  it('gives unchanged when the same record comes again after it was applied', () => {
    const text = fc.option(fc.string({ minLength: 1, maxLength: 3 }));
    const values = fc.record({
      fullName: fc.string({ minLength: 1, maxLength: 3 }),
      email: fc.string({ minLength: 1, maxLength: 3 }),
      title: text,
      managerEmail: text,
      hireDate: text,
    });
    fc.assert(
      fc.property(values, values, fc.constantFrom('created', 'active', 'deactivated'), (before, after, start) => {
        const user = start === 'created' ? null : userOf({ attributes: { ...before } });
        if (user !== null && start === 'deactivated') Object.assign(user, deactivated('2026-05-12'));
        const subject = user === null ? nobody : linked(user);
        const record = recordOf({ values: after });
        const { row } = decide(record, subject, contextOf());
        if (row === null) return;
        const sync = {
          id: 'syn_0000000000000001' as SyncId,
          integrationId: here,
          frozen: contextOf().frozen,
          edit: null,
        } as Sync;
        const { user: written, link } = buildWrite(sync, row, user, '2026-05-10T09:00:00.000Z');
        const again = decide(record, { user: written, link, matchedBy: 'link' }, contextOf());
        expect(again.row).toBeNull();
        expect(again.refresh).toBeNull();
      }),
    );
  });
});
