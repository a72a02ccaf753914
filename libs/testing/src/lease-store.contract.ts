import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeaseStore } from '#core';
import type { ContractSubject } from './contract.js';
import { ManualClock } from './manual-clock.js';

/** What every lease store keeps. The store must take its time from the clock given. */
export function describeLeaseStoreContract(
  name: string,
  factory: (clock: ManualClock) => Promise<ContractSubject<LeaseStore>>,
): void {
  describe(`${name}: lease store contract`, () => {
    let clock: ManualClock;
    let subject: ContractSubject<LeaseStore>;
    let leases: LeaseStore;

    beforeEach(async () => {
      clock = new ManualClock();
      subject = await factory(clock);
      leases = subject.port;
    });
    afterEach(() => subject.dispose());

    it('gives a free lease with claim 1', async () => {
      expect(await leases.acquire('plan:1', 'a', 1000)).toEqual({ key: 'plan:1', holder: 'a', claim: 1 });
    });

    it('refuses a lease that another holder has', async () => {
      await leases.acquire('plan:1', 'a', 1000);
      clock.advance(999);
      expect(await leases.acquire('plan:1', 'b', 1000)).toBeNull();
    });

    it('keeps the leases of different keys apart', async () => {
      await leases.acquire('plan:1', 'a', 1000);
      expect(await leases.acquire('plan:2', 'b', 1000)).toMatchObject({ holder: 'b', claim: 1 });
    });

    it('lets its holder take it again with the same claim, prolonged', async () => {
      await leases.acquire('plan:1', 'a', 1000);
      clock.advance(900);
      expect(await leases.acquire('plan:1', 'a', 1000)).toMatchObject({ claim: 1 });
      clock.advance(900);
      expect(await leases.acquire('plan:1', 'b', 1000)).toBeNull();
    });

    it('gives an expired lease to anyone and raises the claim', async () => {
      await leases.acquire('plan:1', 'a', 1000);
      clock.advance(1000);
      expect(await leases.acquire('plan:1', 'b', 1000)).toMatchObject({ holder: 'b', claim: 2 });
    });

    it('prolongs a lease that is renewed', async () => {
      const lease = await leases.acquire('plan:1', 'a', 1000);
      clock.advance(900);
      expect(await leases.renew(lease!, 1000)).toBe(true);
      clock.advance(900);
      expect(await leases.acquire('plan:1', 'b', 1000)).toBeNull();
    });

    it('says false to a renewal once the lease has passed to somebody else', async () => {
      const lease = await leases.acquire('plan:1', 'a', 1000);
      clock.advance(1000);
      await leases.acquire('plan:1', 'b', 1000);
      expect(await leases.renew(lease!, 1000)).toBe(false);
    });

    it('says false to a renewal under a claim that the same holder had before', async () => {
      const old = await leases.acquire('plan:1', 'a', 1000);
      clock.advance(1000);
      await leases.acquire('plan:1', 'b', 1000);
      clock.advance(1000);
      expect(await leases.acquire('plan:1', 'a', 1000)).toMatchObject({ claim: 3 });
      expect(await leases.renew(old!, 1000)).toBe(false);
    });

    it('gives a released lease to the next with a higher claim', async () => {
      const lease = await leases.acquire('plan:1', 'a', 1000);
      await leases.release(lease!);
      expect(await leases.acquire('plan:1', 'b', 1000)).toMatchObject({ holder: 'b', claim: 2 });
    });

    it('says false to the renewal of a released lease', async () => {
      const lease = await leases.acquire('plan:1', 'a', 1000);
      await leases.release(lease!);
      expect(await leases.renew(lease!, 1000)).toBe(false);
    });

    it('does nothing when somebody releases what has passed to another', async () => {
      const lease = await leases.acquire('plan:1', 'a', 1000);
      clock.advance(1000);
      await leases.acquire('plan:1', 'b', 1000);
      await leases.release(lease!);
      expect(await leases.acquire('plan:1', 'c', 1000)).toBeNull();
    });

    it('tells the claim last given, also of free leases, and 0 of a key never claimed', async () => {
      expect(await leases.claimOf('plan:1')).toBe(0);
      const lease = await leases.acquire('plan:1', 'a', 1000);
      expect(await leases.claimOf('plan:1')).toBe(1);
      await leases.release(lease!);
      expect(await leases.claimOf('plan:1')).toBe(1);
    });

    it('frees every lease at once, and claims keep rising', async () => {
      const first = await leases.acquire('plan:1', 'a', 60_000);
      await leases.acquire('plan:2', 'a', 60_000);
      await leases.dropAll();
      expect(await leases.renew(first!, 1000)).toBe(false);
      expect(await leases.acquire('plan:1', 'a', 1000)).toMatchObject({ claim: 2 });
      expect(await leases.acquire('plan:2', 'b', 1000)).toMatchObject({ claim: 2 });
    });

    it('remembers leases and claims over a restart', async () => {
      await leases.acquire('plan:1', 'a', 1000);
      const again = await subject.reopen();
      expect(await again.acquire('plan:1', 'b', 1000)).toBeNull();
      expect(await again.claimOf('plan:1')).toBe(1);
    });
  });
}
