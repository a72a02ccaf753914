import { describe, expect, it } from 'vitest';
import type { OutcomeRow, SafeguardRule, SafeguardVerdict, UserId } from '#core';
import { holdingRules } from './holding-rules.js';

function verdict(rule: SafeguardRule, attribute?: string): SafeguardVerdict {
  const of = attribute === undefined ? {} : { attribute };
  return { rule, ...of, measured: 9, limit: 2, population: 10, tripped: true, message: '' };
}

function row(parts: Partial<OutcomeRow>): OutcomeRow {
  return {
    seq: 0,
    outcome: 'updated',
    reason: 'changed',
    state: null,
    sourceId: 's',
    userId: 'usr_1' as UserId,
    label: null,
    changes: {},
    problems: [],
    userVersion: 1,
    link: 'link',
    recordHash: 'h',
    dueDate: null,
    ...parts,
  };
}

const everyRule = (
  [
    'inferredRemovals',
    'inferredRemovals7Days',
    'whole',
    'explicitLeavers',
    'emailChanges',
    'restrictedChanges',
    'managerChanges',
  ] as const
)
  .map((rule) => verdict(rule))
  .concat(verdict('blankedValues', 'title'));

const inferred: SafeguardRule[] = ['inferredRemovals', 'inferredRemovals7Days', 'whole'];

/** Which of all rules but failures, all tripped, hold an outcome. */
const cases: { title: string; outcome: Partial<OutcomeRow>; heldBy: SafeguardRule[] }[] = [
  { title: 'a missing person', outcome: { outcome: 'deprovisioned', reason: 'missingFromSnapshot' }, heldBy: inferred },
  { title: 'somebody out of scope', outcome: { outcome: 'deprovisioned', reason: 'outOfScope' }, heldBy: inferred },
  {
    title: 'a termination date reached',
    outcome: { outcome: 'deprovisioned', reason: 'terminationDate' },
    heldBy: ['explicitLeavers'],
  },
  {
    title: 'somebody deactivated at the source',
    outcome: { outcome: 'deprovisioned', reason: 'sourceDeactivated' },
    heldBy: ['explicitLeavers'],
  },
  { title: 'a removal by hand', outcome: { outcome: 'deprovisioned', reason: 'manual' }, heldBy: [] },
  { title: 'a new address', outcome: { changes: { email: ['a@x.example', 'b@x.example'] } }, heldBy: ['emailChanges'] },
  { title: 'another role', outcome: { changes: { role: ['regular', 'restricted'] } }, heldBy: ['restrictedChanges'] },
  { title: 'another manager', outcome: { changes: { managerEmail: ['a', 'b'] } }, heldBy: ['managerChanges'] },
  { title: 'a blanked title', outcome: { changes: { title: ['Cook', null] } }, heldBy: ['blankedValues'] },
  { title: 'a blanked department', outcome: { changes: { department: ['Kitchen', null] } }, heldBy: [] },
  { title: 'a first title', outcome: { changes: { title: [null, 'Cook'] } }, heldBy: [] },
  {
    title: 'a new person with an address',
    outcome: { outcome: 'created', reason: 'new', changes: { email: [null, 'a@x.example'] } },
    heldBy: [],
  },
  { title: 'a new owner', outcome: { reason: 'ownerChanged', changes: { owner: ['int_a', 'int_b'] } }, heldBy: [] },
  {
    title: 'an address and a manager at once',
    outcome: { changes: { email: ['a@x.example', 'b@x.example'], managerSourceId: ['1', '2'] } },
    heldBy: ['emailChanges', 'managerChanges'],
  },
];

describe('holdingRules', () => {
  it.for(cases)('$title', ({ outcome, heldBy }) => {
    expect(holdingRules(row(outcome), everyRule)).toEqual(heldBy);
    expect(holdingRules(row(outcome), [])).toEqual([]);
  });

  it('holds everything that would change somebody when too much has failed, and nothing else', () => {
    const tripped = [verdict('failures')];
    for (const outcome of ['created', 'updated', 'deprovisioned', 'reactivated'] as const) {
      expect(holdingRules(row({ outcome }), tripped)).toEqual(['failures']);
    }
    for (const outcome of ['skipped', 'failed'] as const) {
      expect(holdingRules(row({ outcome }), [...tripped, ...everyRule])).toEqual([]);
    }
  });

  it('names a rule once, however many of its attributes are blanked', () => {
    const tripped = [verdict('blankedValues', 'title'), verdict('blankedValues', 'department')];
    const changes = { title: ['Cook', null], department: ['Kitchen', null] } satisfies OutcomeRow['changes'];
    expect(holdingRules(row({ changes }), tripped)).toEqual(['blankedValues']);
  });
});
