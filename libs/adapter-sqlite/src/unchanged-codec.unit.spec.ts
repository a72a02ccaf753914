import { describe, expect, it } from 'vitest';
import { createdUserId, newId } from '#core';
import { encodeUnchanged, findUnchanged } from './unchanged-codec.js';

describe('packed unchanged records', () => {
  const syncId = newId('sync');
  const seqs = Array.from({ length: 500 }, (_, index) => 4_000_000_000 + index * 3);
  const userIds = seqs.map((_, index) => createdUserId(syncId, index));

  it('give back the user of each sequence, and null for others', () => {
    const packed = encodeUnchanged({ seqs, userIds })!;
    expect(seqs.map((seq) => findUnchanged(packed, seq))).toEqual(userIds);
    expect(findUnchanged(packed, 1)).toBeNull();
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
