import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { IdempotencyStore, RepeatableRequest } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const noon = '2026-01-02T12:00:00.000Z';

function request(change: Partial<RepeatableRequest> = {}): RepeatableRequest {
  return {
    id: 'key-1',
    fingerprint: 'queue a sync',
    at: noon,
    busyUntil: '2026-01-02T12:02:00.000Z',
    forgottenBefore: '2026-01-01T12:00:00.000Z',
    ...change,
  };
}

const later = { at: '2026-01-02T12:03:00.000Z', busyUntil: '2026-01-02T12:05:00.000Z' };

export function describeIdempotencyStoreContract(name: string, factory: ContractFactory<IdempotencyStore>): void {
  describe(`${name}: idempotency store contract`, () => {
    let subject: ContractSubject<IdempotencyStore>;
    let store: IdempotencyStore;

    beforeEach(async () => {
      subject = await factory();
      store = subject.port;
    });
    afterEach(() => subject.dispose());

    it('lets the first sending in and tells the second that it is in work', async () => {
      expect(await store.claim(request())).toEqual({ kind: 'claimed', since: noon });
      expect(await store.claim(request())).toEqual({ kind: 'busy' });
    });

    it('lets one of many in that come at once', async () => {
      const claims = await Promise.all(Array.from({ length: 8 }, () => store.claim(request())));
      expect(claims.map(({ kind }) => kind).toSorted()).toEqual([...Array<string>(7).fill('busy'), 'claimed']);
    });

    it('gives the answer to every later sending, over a restart too', async () => {
      await store.claim(request());
      await store.answer('key-1', 'done');
      expect(await store.claim(request(later))).toEqual({ kind: 'answered', answer: 'done' });
      const again = await subject.reopen();
      expect(await again.claim(request(later))).toEqual({ kind: 'answered', answer: 'done' });
    });

    it('refuses another request under the same key, in work or answered', async () => {
      await store.claim(request());
      expect(await store.claim(request({ fingerprint: 'another' }))).toEqual({ kind: 'otherRequest' });
      await store.answer('key-1', 'done');
      expect(await store.claim(request({ fingerprint: 'another' }))).toEqual({ kind: 'otherRequest' });
    });

    it('keeps keys apart', async () => {
      await store.claim(request());
      expect(await store.claim(request({ id: 'key-2' }))).toEqual({ kind: 'claimed', since: noon });
      await store.answer('key-2', 'done');
      expect(await store.claim(request())).toEqual({ kind: 'busy' });
    });

    it('gives the request of a process that died to one other, with the instant of the first sending', async () => {
      await store.claim(request());
      const again = await subject.reopen();
      expect(await again.claim(request(later))).toEqual({ kind: 'claimed', since: noon });
      expect(await again.claim(request(later))).toEqual({ kind: 'busy' });
    });

    it('gives a released request out anew, with the instant of the first sending', async () => {
      await store.claim(request());
      await store.release('key-1');
      expect(await store.claim(request({ at: '2026-01-02T12:00:01.000Z' }))).toEqual({ kind: 'claimed', since: noon });
    });

    it('forgets a request that did nothing, so that its key is free', async () => {
      await store.claim(request());
      await store.forget('key-1');
      expect(await store.claim(request({ ...later, fingerprint: 'another' }))).toEqual({
        kind: 'claimed',
        since: later.at,
      });
    });

    it('neither releases nor forgets what was answered', async () => {
      await store.claim(request());
      await store.answer('key-1', 'done');
      await store.release('key-1');
      await store.forget('key-1');
      expect(await store.claim(request(later))).toEqual({ kind: 'answered', answer: 'done' });
    });

    it('no longer knows what was sent long ago, even before it is deleted', async () => {
      await store.claim(request());
      await store.answer('key-1', 'done');
      const nextDay = { ...later, forgottenBefore: '2026-01-02T12:00:01.000Z' };
      expect(await store.claim(request({ ...nextDay, fingerprint: 'another' }))).toEqual({
        kind: 'claimed',
        since: later.at,
      });
    });

    it('deletes what was first sent before an instant, and no others', async () => {
      await store.claim(request());
      await store.claim(request({ id: 'key-2', ...later }));
      await store.answer('key-1', 'old');
      await store.answer('key-2', 'new');
      await store.deleteBefore(later.at);
      expect(await store.claim(request(later))).toEqual({ kind: 'claimed', since: later.at });
      expect(await store.claim(request({ id: 'key-2', ...later }))).toEqual({ kind: 'answered', answer: 'new' });
    });
  });
}
