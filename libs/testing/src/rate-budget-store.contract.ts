import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { maxRestMs, newId, type RateBudgetStore, type RatedSource, type RatePace, restAt } from '#core';
import type { ContractSubject } from './contract.js';
import { ManualClock } from './manual-clock.js';

/** What every rate budget store keeps. The store must take its time from the clock given. */
export function describeRateBudgetStoreContract(
  name: string,
  factory: (clock: ManualClock) => Promise<ContractSubject<RateBudgetStore>>,
): void {
  describe(`${name}: rate budget store contract`, () => {
    const pace: RatePace = { intervalMs: 100, burst: 5 };
    const source: RatedSource = { tenantId: newId('tenant'), integrationId: newId('integration') };
    let clock: ManualClock;
    let subject: ContractSubject<RateBudgetStore>;
    let budgets: RateBudgetStore;

    const take = async (wanted: number, unused = 0, of = source) => budgets.take(of, pace, { wanted, unused });

    beforeEach(async () => {
      clock = new ManualClock();
      subject = await factory(clock);
      budgets = subject.port;
    });
    afterEach(() => subject.dispose());

    it('grants a burst at once and no more', async () => {
      expect(await take(3)).toEqual({ granted: 3, waitMs: 0 });
      expect(await take(3)).toEqual({ granted: 2, waitMs: 0 });
      expect(await take(1)).toEqual({ granted: 0, waitMs: 100 });
    });

    it('grants one request for each interval after that', async () => {
      await take(5);
      clock.advance(99);
      expect(await take(1)).toEqual({ granted: 0, waitMs: 1 });
      clock.advance(1);
      expect(await take(2)).toEqual({ granted: 1, waitMs: 0 });
      clock.advance(200);
      expect(await take(5)).toEqual({ granted: 2, waitMs: 0 });
    });

    it('says how long it is until all that is wanted is there', async () => {
      await take(5);
      expect(await take(3)).toEqual({ granted: 0, waitMs: 300 });
      expect(await take(50)).toEqual({ granted: 0, waitMs: 500 });
    });

    it('never saves up more than a burst', async () => {
      await take(1);
      clock.advance(3_600_000);
      expect(await take(50)).toEqual({ granted: 5, waitMs: 0 });
    });

    it('takes back what was not used, and no more than a burst', async () => {
      await take(5);
      expect(await take(0, 2)).toEqual({ granted: 0, waitMs: 0 });
      expect(await take(5)).toEqual({ granted: 2, waitMs: 0 });
      expect(await take(50, 50)).toEqual({ granted: 5, waitMs: 0 });
    });

    it('keeps the budgets of integrations apart', async () => {
      await take(5);
      const another = { ...source, integrationId: newId('integration') };
      expect(await take(5, 0, another)).toEqual({ granted: 5, waitMs: 0 });
      expect(await take(5, 0, { ...source, tenantId: newId('tenant') })).toEqual({ granted: 5, waitMs: 0 });
    });

    it('grants what many ask for at once only once', async () => {
      const taken = await Promise.all(Array.from({ length: 20 }, async () => take(1)));
      expect(taken.filter(({ granted }) => granted === 1)).toHaveLength(5);
    });

    it('goes by the pace of whoever asks', async () => {
      await take(5);
      const faster = { intervalMs: 10, burst: 5 };
      expect(await budgets.take(source, faster, { wanted: 1, unused: 0 })).toEqual({ granted: 0, waitMs: 10 });
      clock.advance(30);
      expect(await budgets.take(source, faster, { wanted: 9, unused: 0 })).toEqual({ granted: 3, waitMs: 0 });
    });

    it('grants nothing while the source rests, and then one at a time', async () => {
      await budgets.rest(source, pace, { ms: 3_000, status: 429 });
      expect(await take(2)).toEqual({ granted: 0, waitMs: 3_000 });
      clock.advance(2_999);
      expect(await take(1, 3)).toEqual({ granted: 0, waitMs: 1 });
      clock.advance(1);
      expect(await take(5)).toEqual({ granted: 1, waitMs: 0 });
      expect(await take(1)).toEqual({ granted: 0, waitMs: 100 });
    });

    it('lets a rest last as long as the longest word, and tells the first moment and the last status', async () => {
      await budgets.rest(source, pace, { ms: 3_000, status: 503 });
      const began = clock.nowMs();
      clock.advance(1_000);
      await budgets.rest(source, pace, { ms: 1_000, status: 429 });
      expect(await take(1)).toEqual({ granted: 0, waitMs: 2_000 });
      expect((await budgets.read(source))?.meter.rest).toEqual({ untilMs: began + 3_000, sinceMs: began, status: 503 });
      await budgets.rest(source, pace, { ms: 5_000, status: 429 });
      expect((await budgets.read(source))?.meter.rest).toEqual({ untilMs: began + 6_000, sinceMs: began, status: 429 });
      clock.advance(10_000);
      await budgets.rest(source, pace, { ms: 500, status: 503 });
      const sinceMs = began + 11_000;
      expect((await budgets.read(source))?.meter.rest).toEqual({ untilMs: sinceMs + 500, sinceMs, status: 503 });
    });

    it('bounds a rest', async () => {
      await budgets.rest(source, pace, { ms: 86_400_000, status: 429 });
      expect(await take(1)).toEqual({ granted: 0, waitMs: maxRestMs });
    });

    it('forgives rather than blocks when the clock was set back', async () => {
      await take(5);
      await budgets.rest(source, pace, { ms: 60_000, status: 429 });
      clock.advance(-3_600_000);
      expect(await take(1)).toEqual({ granted: 0, waitMs: 100 });
      clock.advance(100);
      expect(await take(1)).toEqual({ granted: 1, waitMs: 0 });
    });

    it('reads how it stands, by its own clock', async () => {
      expect(await budgets.read(source)).toBeNull();
      await take(2);
      const nowMs = clock.nowMs();
      expect(await budgets.read(source)).toEqual({ meter: { madeUpAtMs: nowMs + 200, rest: null }, nowMs });
    });

    it('remembers over a restart', async () => {
      await take(5);
      await budgets.rest(source, pace, { ms: 1_000, status: 429 });
      const again = await subject.reopen();
      expect(await again.take(source, pace, { wanted: 1, unused: 0 })).toEqual({ granted: 0, waitMs: 1_000 });
      const read = await again.read(source);
      expect(read && restAt(read.meter, read.nowMs)).toMatchObject({ status: 429 });
    });
  });
}
