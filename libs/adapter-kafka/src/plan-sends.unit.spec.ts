import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EncodedMessage, RejectedRecordError } from '#core';
import { maxBatchBytes, partitionOf, planSends } from './plan-sends.js';

const KiB = 1024;

function message(key: string, bytes: number, headers: Record<string, string> = {}): EncodedMessage {
  return { key, headers, value: new Uint8Array(bytes) };
}

describe('partitionOf', () => {
  it('gives the pages of a sync to one partition after the other', () => {
    const partitions = Array.from({ length: 8 }, (_, page) => partitionOf(`syn_1:${String(page)}`, 4));
    expect(new Set(partitions.slice(0, 4)).size).toBe(4);
    expect(partitions.slice(4)).toEqual(partitions.slice(0, 4));
  });

  it('gives a key the same partition each time, whatever it looks like', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `${text}:12`),
        ),
        fc.integer({ min: 1, max: 50 }),
        (key, partitions) => {
          const partition = partitionOf(key, partitions);
          expect(partition).toBe(partitionOf(key, partitions));
          expect(Number.isInteger(partition) && partition >= 0 && partition < partitions).toBe(true);
        },
      ),
    );
  });
});

describe('planSends', () => {
  it('puts together what fits, of each partition for itself', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const messages = keys.flatMap((key) => [message(key, 20 * KiB), message(key, 20 * KiB)]);
    expect(planSends(messages, 4).map((send) => send.length)).toEqual([12]);
  });

  it('sends in two what one partition cannot take at once', () => {
    const sends = planSends([message('k', 300 * KiB), message('k', 200 * KiB), message('k', 100 * KiB)], 4);
    expect(sends.map((send) => send.map(({ value }) => value.length / KiB))).toEqual([[300, 200], [100]]);
  });

  it('sends a message that is larger by itself', () => {
    const sends = planSends([message('k', 10), message('k', 3 * KiB * KiB), message('k', 10)], 1);
    expect(sends.map((send) => send.map(({ value }) => value.length))).toEqual([[10], [3 * KiB * KiB], [10]]);
  });

  it('refuses what no topic takes, saying how large it is', () => {
    expect(() => planSends([message('k', 4 * KiB * KiB)], 1)).toThrow(RejectedRecordError);
    expect(() => planSends([message('k', 4 * KiB * KiB)], 1)).toThrow(/4194\d+ bytes .*max\.message\.bytes/);
  });

  it('keeps each partition’s order and the limit, whatever comes', () => {
    const sizes = fc.integer({ min: 0, max: 700 * KiB });
    const some = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), sizes), { maxLength: 20 });
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 5 }), (parts, partitions) => {
        const messages = parts.map(([key, bytes], index) => message(key, bytes, { n: String(index) }));
        const sends = planSends(messages, partitions);
        for (let partition = 0; partition < partitions; partition += 1) {
          const expected = messages.filter(({ key }) => partitionOf(key, partitions) === partition);
          const sent = sends.map((send) => send.filter((planned) => planned.partition === partition));
          expect(sent.flat().map(({ headers }) => headers)).toEqual(expected.map(({ headers }) => headers));
          for (const batch of sent) {
            const bytes = batch.reduce((sum, { value }) => sum + value.length, 0);
            expect(batch.length < 2 || bytes <= maxBatchBytes).toBe(true);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
