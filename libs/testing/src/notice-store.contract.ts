import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type IntegrationId,
  type IntegrationRequest,
  type IntegrationRequestStore,
  newId,
  type Notice,
  type NoticeDraft,
  type NoticeEvent,
  type NoticeId,
  type NoticeStore,
  type Sync,
  type SyncState,
  type SyncStore,
  type TenantId,
  withStep,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildIntegrationRequest } from './integration-request-builders.js';
import { buildSync } from './sync-builders.js';

const acme = 'ten_acme' as TenantId;
const globex = 'ten_globex' as TenantId;
const integrationId = 'int_1' as IntegrationId;
const noon = '2026-01-01T12:00:00.000Z';
const hourMs = 60 * 60 * 1000;

/** The store, and those whose writes make events. */
export interface NoticeParts {
  notices: NoticeStore;
  syncs: SyncStore;
  requests: IntegrationRequestStore;
}

function draft(id: string, parts: Partial<NoticeDraft> = {}): NoticeDraft {
  return {
    id: id as NoticeId,
    tenantId: acme,
    kind: 'syncFailed',
    integrationId,
    subjectId: 'syn_1',
    channel: 'email',
    target: 'hr@acme.example',
    title: 'A sync failed',
    text: 'two\nlines',
    data: { counts: { failed: 1 } },
    happenedAt: noon,
    createdAt: noon,
    ...parts,
  };
}

function request(parts: Partial<IntegrationRequest> = {}): IntegrationRequest {
  return buildIntegrationRequest('req_1', { tenantId: acme, state: 'scoped', ...parts });
}

export function describeNoticeStoreContract(name: string, factory: ContractFactory<NoticeParts>): void {
  describe(`${name}: notice store contract`, () => {
    let subject: ContractSubject<NoticeParts>;
    let notices: NoticeStore;

    beforeEach(async () => {
      subject = await factory();
      ({ notices } = subject.port);
    });
    afterEach(() => subject.dispose());

    /** A sync that comes to a state. */
    async function syncIn(state: SyncState, parts: Partial<Sync> = {}): Promise<string> {
      const sync = buildSync(acme, integrationId, parts);
      await subject.port.syncs.queue(sync);
      await subject.port.syncs.move(acme, sync.id, 'queued', state, { endedAt: noon });
      return sync.id;
    }

    async function anEvent(): Promise<NoticeEvent> {
      await syncIn('failed');
      const event = (await notices.events(100)).at(-1);
      if (event === undefined) throw new Error('a failed sync made no event');
      return event;
    }

    async function recorded(...drafts: NoticeDraft[]): Promise<void> {
      for (const one of drafts) expect(await notices.record(await anEvent(), [one], hourMs)).toBe(true);
    }

    const all = async (): Promise<Notice[]> => notices.notices(acme, {}, null, 100);

    it('has an event for each sync that people may have to be told of, and for no other', async () => {
      const failed = await syncIn('failed');
      const waiting = await syncIn('awaitingApproval');
      const planned = await syncIn('completed', { mode: 'dry', trigger: 'schedule' });
      await syncIn('completed');
      await syncIn('failed', { trigger: 'edit' });
      await syncIn('failed', { mode: 'dry' });
      const events = await notices.events(10);
      expect(new Set(events.map(({ subjectId, state }) => `${subjectId} ${state}`))).toEqual(
        new Set([`${failed} failed`, `${waiting} awaitingApproval`, `${planned} completed`]),
      );
      for (const { tenantId, kind } of events) expect([tenantId, kind]).toEqual([acme, 'sync']);
      expect(await notices.events(2)).toEqual(events.slice(0, 2));
    });

    it('has an event for a request that is deployed and for one that is live', async () => {
      const { requests } = subject.port;
      await requests.create(request());
      const step = (state: 'deployed' | 'live', at: string) => ({ state, at, by: 'key:key_1', comment: '' });
      const deployed = withStep(request(), step('deployed', noon));
      expect(await requests.update(deployed)).toBe('updated');
      expect(await requests.update(deployed)).toBe('stale');
      const later = '2026-01-01T13:00:00.000Z';
      await requests.update(withStep({ ...deployed, revision: 2 }, step('live', later)));
      expect(await notices.events(10)).toEqual([
        { tenantId: acme, kind: 'request', subjectId: 'req_1', state: 'deployed', at: noon },
        { tenantId: acme, kind: 'request', subjectId: 'req_1', state: 'live', at: later },
      ]);
    });

    it('has no event for a request that is made, changed or scoped', async () => {
      const { requests } = subject.port;
      const asked = request({ state: 'requested' });
      await requests.create(asked);
      await requests.update(asked);
      await requests.update({ ...asked, state: 'scoped', revision: 2 });
      expect(await notices.events(10)).toEqual([]);
    });

    it('makes notices of an event once, also when two try', async () => {
      const event = await anEvent();
      const results = await Promise.all([
        notices.record(event, [draft('ntc_1')], hourMs),
        notices.record(event, [draft('ntc_2')], hourMs),
      ]);
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await notices.events(10)).toEqual([]);
      expect(await all()).toHaveLength(1);
    });

    it('keeps notices over a restart, as they were made', async () => {
      await recorded(draft('ntc_1'));
      const { notices: again } = await subject.reopen();
      expect(await again.notices(acme, {}, null, 10)).toEqual([
        {
          ...draft('ntc_1'),
          count: 1,
          state: 'waiting',
          tries: 0,
          nextTryAt: noon,
          dueAt: noon,
          lastError: null,
          endedAt: null,
        },
      ]);
    });

    it('puts a burst together: the first at once, what follows an hour later in one', async () => {
      await recorded(draft('ntc_1'));
      const [first] = await notices.due(noon, 10);
      expect(await notices.begin(first!, '2026-01-01T12:01:00.000Z')).toBe(true);
      await notices.settle(acme, first!.id, { state: 'sent', endedAt: noon });
      const soon = '2026-01-01T12:20:00.000Z';
      await recorded(draft('ntc_2', { createdAt: soon }), draft('ntc_3', { createdAt: soon, title: 'Newer' }));
      await recorded(draft('ntc_4', { createdAt: soon, target: 'it@acme.example' }));
      expect((await notices.due(soon, 10)).map(({ id }) => id)).toEqual(['ntc_4']);
      const due = await notices.due('2026-01-01T13:00:00.000Z', 10);
      expect(due.find(({ id }) => id === 'ntc_2')).toMatchObject({ count: 2, title: 'Newer', createdAt: soon });
      expect(await all()).toHaveLength(3);
    });

    it('puts together what happens within one instant, too', async () => {
      await recorded(draft('ntc_9'));
      const [first] = await notices.due(noon, 10);
      await notices.begin(first!, noon);
      await recorded(draft('ntc_1'), draft('ntc_2'), draft('ntc_3'));
      const later = (await all()).find(({ id }) => id !== 'ntc_9');
      expect(await all()).toHaveLength(2);
      expect(later).toMatchObject({ count: 3, dueAt: '2026-01-01T13:00:00.000Z' });
    });

    it('finds what is due, the longest due first, no more than asked for', async () => {
      await recorded(
        draft('ntc_1', { createdAt: '2026-01-01T12:02:00.000Z', target: 'a' }),
        draft('ntc_2', { createdAt: '2026-01-01T12:01:00.000Z', target: 'b' }),
        draft('ntc_3', { createdAt: '2026-01-01T12:03:00.000Z', target: 'c' }),
      );
      const ids = async (now: string, limit: number) => (await notices.due(now, limit)).map(({ id }) => id);
      expect(await ids('2026-01-01T12:02:00.000Z', 10)).toEqual(['ntc_2', 'ntc_1']);
      expect(await ids('2026-01-01T12:03:00.000Z', 1)).toEqual(['ntc_2']);
    });

    it('lets one begin a try, and offers the notice again when nothing was heard of it', async () => {
      await recorded(draft('ntc_1'));
      const [notice] = await notices.due(noon, 1);
      const next = '2026-01-01T12:00:30.000Z';
      const begun = await Promise.all([notices.begin(notice!, next), notices.begin(notice!, next)]);
      expect(begun.toSorted()).toEqual([false, true]);
      expect(await notices.due(noon, 1)).toEqual([]);
      const { notices: again } = await subject.reopen();
      expect(await again.due(next, 1)).toMatchObject([{ id: 'ntc_1', tries: 1, nextTryAt: next }]);
    });

    it('notes a failed try, then the end, and changes nothing that has ended', async () => {
      await recorded(draft('ntc_1'));
      const [notice] = await notices.due(noon, 1);
      const next = '2026-01-01T12:00:30.000Z';
      await notices.begin(notice!, next);
      await notices.settle(acme, notice!.id, { lastError: 'It did not answer.' });
      expect(await all()).toMatchObject([
        { state: 'waiting', tries: 1, nextTryAt: next, lastError: 'It did not answer.' },
      ]);
      await notices.settle(acme, notice!.id, { state: 'failed', lastError: 'Given up.', endedAt: next });
      await notices.settle(acme, notice!.id, { state: 'sent' });
      expect(await all()).toMatchObject([{ state: 'failed', lastError: 'Given up.', endedAt: next }]);
      expect(await notices.due('2027-01-01T00:00:00.000Z', 1)).toEqual([]);
      expect(await notices.begin({ ...notice!, tries: 1 }, next)).toBe(false);
    });

    it('lists a tenant’s notices, newest first, by integration and state, page by page', async () => {
      await recorded(
        draft('ntc_1', { target: 'a' }),
        draft('ntc_3', { target: 'b' }),
        draft('ntc_2', { target: 'c', createdAt: '2026-01-01T13:00:00.000Z' }),
        draft('ntc_4', { target: 'd', integrationId: null }),
        draft('ntc_5', { target: 'e', tenantId: globex }),
      );
      await notices.settle(acme, 'ntc_3' as NoticeId, { state: 'failed' });
      const ids: string[] = [];
      for (let after: NoticeId | null = null; ;) {
        const page: Notice[] = await notices.notices(acme, {}, after, 3);
        ids.push(...page.map(({ id }) => id));
        after = page.at(-1)?.id ?? null;
        if (page.length < 3) break;
      }
      expect(ids).toEqual(['ntc_2', 'ntc_4', 'ntc_3', 'ntc_1']);
      const filtered = await notices.notices(acme, { integrationId, state: 'waiting' }, null, 9);
      expect(filtered.map(({ id }) => id)).toEqual(['ntc_2', 'ntc_1']);
      expect(await notices.notices(acme, {}, newId('notice'), 9)).toEqual([]);
    });

    it('deletes notices made before an instant, and no others', async () => {
      await recorded(draft('ntc_1'), draft('ntc_2', { target: 'b', createdAt: '2026-01-02T00:00:00.000Z' }));
      await notices.deleteBefore('2026-01-02T00:00:00.000Z');
      expect((await all()).map(({ id }) => id)).toEqual(['ntc_2']);
    });
  });
}
