import { describe, expect, it } from 'vitest';
import type { Link, Seen, Sync, UserId } from '#core';
import { seenRecords } from './seen-records.js';

const seen: Seen = {
  recordHash: 'hash',
  mappingVersion: 3,
  attributesRevision: 4,
  settingsRevision: 5,
  userVersion: 6,
  dueDate: null,
};
const link: Link = { sourceId: 'p1', userId: 'usr_1' as UserId, presence: 'present', seen };
const sync = {
  today: '2030-01-01',
  frozen: { mapping: { version: 3 }, attributesRevision: 4, settingsRevision: 5 },
} as Sync;

function passes(changed: Partial<Link>, recordHash = 'hash'): boolean {
  const identities = { sourceIds: [null, 'p1'], recordHashes: ['other', recordHash] };
  return seenRecords(identities, new Map([['p1', { ...link, ...changed }]]), sync, 100).indexes.length > 0;
}

describe('seenRecords', () => {
  it('passes on what is as it was last seen, with the user and version it was seen for', () => {
    const identities = { sourceIds: [null, 'p1'], recordHashes: ['other', 'hash'] };
    expect(seenRecords(identities, new Map([['p1', link]]), sync, 100)).toEqual({
      indexes: [1],
      seen: { seqs: [101], sourceIds: ['p1'], userIds: ['usr_1'], userVersions: [6] },
    });
  });

  it.each<[string, Partial<Link>]>([
    ['the record was absent', { presence: 'absent' }],
    ['it was never seen', { seen: null }],
    ['the mapping is another', { seen: { ...seen, mappingVersion: 2 } }],
    ['an attribute has changed', { seen: { ...seen, attributesRevision: 3 } }],
    ['a setting has changed', { seen: { ...seen, settingsRevision: 4 } }],
    ['its date has come', { seen: { ...seen, dueDate: '2030-01-01' } }],
  ])('has it mapped when %s', (_why, changed) => {
    expect(passes(changed)).toBe(false);
  });

  it('has it mapped when its bytes are others, and waits for a date that has not come', () => {
    expect(passes({}, 'other')).toBe(false);
    expect(passes({ seen: { ...seen, dueDate: '2030-01-02' } })).toBe(true);
  });
});
