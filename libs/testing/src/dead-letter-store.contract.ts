import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetterStore } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

function letter(change: Partial<DeadLetter> = {}): DeadLetter {
  return {
    topic: 'muster.raw-records',
    partition: 1,
    offset: 7,
    group: 'mapper',
    reason: 'undecodableMessage',
    at: '2026-01-01T00:00:00.000Z',
    headers: { schema: 'raw-records', version: '9' },
    value: Uint8Array.of(0, 255, 1, 2),
    ...change,
  };
}

export function describeDeadLetterStoreContract(name: string, factory: ContractFactory<DeadLetterStore>): void {
  describe(`${name}: dead letter store contract`, () => {
    let subject: ContractSubject<DeadLetterStore>;
    let letters: DeadLetterStore;

    beforeEach(async () => {
      subject = await factory();
      letters = subject.port;
    });
    afterEach(() => subject.dispose());

    it('is empty at first', async () => {
      expect(await letters.list(10)).toEqual([]);
      expect(await letters.count()).toBe(0);
    });

    it('gives a letter back as it was put, its bytes too', async () => {
      await letters.put(letter());
      const [stored] = await letters.list(10);
      expect({ ...stored, value: [...(stored?.value ?? [])] }).toEqual({ ...letter(), value: [0, 255, 1, 2] });
    });

    it('keeps the same topic, partition, offset and group once', async () => {
      await letters.put(letter());
      await letters.put(letter({ reason: 'again', at: '2026-01-02T00:00:00.000Z' }));
      expect(await letters.count()).toBe(1);
      expect((await letters.list(10)).map(({ reason }) => reason)).toEqual(['undecodableMessage']);
    });

    it('keeps letters apart that differ in topic, partition, offset or group', async () => {
      await letters.put(letter());
      await letters.put(letter({ topic: 'muster.outcomes' }));
      await letters.put(letter({ partition: 2 }));
      await letters.put(letter({ offset: 8 }));
      await letters.put(letter({ group: 'reporter' }));
      expect(await letters.count()).toBe(5);
    });

    it('lists the newest first, no more than asked for', async () => {
      await letters.put(letter({ offset: 1, at: '2026-01-02T00:00:00.000Z' }));
      await letters.put(letter({ offset: 2, at: '2026-01-03T00:00:00.000Z' }));
      await letters.put(letter({ offset: 3, at: '2026-01-01T00:00:00.000Z' }));
      expect((await letters.list(2)).map(({ offset }) => offset)).toEqual([2, 1]);
      expect(await letters.count()).toBe(3);
    });

    it('keeps letters over a restart', async () => {
      await letters.put(letter());
      const again = await subject.reopen();
      expect(await again.count()).toBe(1);
    });
  });
}
