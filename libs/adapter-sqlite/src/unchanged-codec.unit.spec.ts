import { describe, expect, it } from 'vitest';
import { createdUserId, newId } from '#core';
import { UnchangedUsers, encodeUnchanged } from './unchanged-codec.js';

describe('packed unchanged records', () => {
  const syncId = newId('sync');
  const seqs = Array.from({ length: 500 }, (_, index) => 4_000_000_000 + index * 3);
  const userIds = seqs.map((_, index) => createdUserId(syncId, index));

  it('give back the user of each sequence', () => {
    const packed = new UnchangedUsers(encodeUnchanged({ seqs, userIds })!);
    expect(seqs.map((seq) => packed.userOf(seq))).toEqual(userIds);
  });

  it('know nobody of other sequences', () => {
    const packed = new UnchangedUsers(encodeUnchanged({ seqs, userIds })!);
    const [first, last] = [seqs[0]!, seqs.at(-1)!];
    expect([0, first - 1, first + 1, last - 1, last + 1].map((seq) => packed.userOf(seq))).toEqual(Array(5).fill(null));
  });

  it('take less than 8 bytes a record', () => {
    expect(encodeUnchanged({ seqs, userIds })!.length / seqs.length).toBeLessThan(8);
  });

  it('are nothing when there are none', () => {
    expect(encodeUnchanged({ seqs: [], userIds: [] })).toBeNull();
  });

  it('refuse sequences without a user', () => {
    expect(() => encodeUnchanged({ seqs: [1], userIds: [] })).toThrow(RangeError);
  });
});
