import { describe, expect, it } from 'vitest';
import { createdUserId, newId } from '#core';
import { decodeUnchanged, encodeUnchanged } from './unchanged-codec.js';

describe('packed unchanged records', () => {
  const syncId = newId('sync');
  const seqs = Array.from({ length: 500 }, (_, index) => 4_000_000_000 + index * 3);
  const userIds = seqs.map((_, index) => createdUserId(syncId, index));

  it('give back the user of each sequence', () => {
    const packed = encodeUnchanged({ seqs, userIds })!;
    expect(decodeUnchanged(packed)).toEqual(new Map(seqs.map((seq, index) => [seq, userIds[index]])));
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
