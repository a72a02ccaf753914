import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  newId,
  type Approval,
  type IntegrationId,
  type Manifest,
  type MappingDefinition,
  type SnapshotStore,
  type Sync,
  type SyncFilter,
  type SyncId,
  type SyncState,
  type SyncStore,
  type TenantId,
} from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';
import { buildManifest, buildSync } from './sync-builders.js';

/** What every sync store keeps. Manifests come from the snapshot store beside it. */
export function describeSyncStoreContract(
  name: string,
  factory: ContractFactory<{ syncs: SyncStore; snapshots: SnapshotStore }>,
): void {
  describe(`${name}: sync store contract`, () => {
    let subject: ContractSubject<{ syncs: SyncStore; snapshots: SnapshotStore }>;
    let syncs: SyncStore;
    let snapshots: SnapshotStore;
    const tenantId = newId('tenant');
    const integrationId = newId('integration');

    beforeEach(async () => {
      subject = await factory();
      ({ syncs, snapshots } = subject.port);
    });
    afterEach(() => subject.dispose());

    async function queue(parts: Partial<Sync> = {}, integration: IntegrationId = integrationId): Promise<SyncId> {
      const sync = buildSync(tenantId, integration, parts);
      await syncs.queue(sync);
      return sync.id;
    }
    async function end(id: SyncId, state: SyncState, manifest: Partial<Manifest> | null = null): Promise<void> {
      const present = (await syncs.sync(tenantId, id))!;
      if (manifest !== null) await snapshots.insertManifest(tenantId, id, buildManifest(manifest), 1);
      await syncs.move(tenantId, id, present.state, state, { endedAt: '2026-01-02T00:00:00.000Z' });
    }
    const word = (verdict: Approval['verdict'] = 'approve'): Omit<Approval, 'round'> => ({
      verdict,
      selection: { all: true, seqs: [], filter: null, includeHeld: false },
      planHash: 'p',
      by: 'key_test',
      comment: 'go',
      at: '2026-01-03T00:00:00.000Z',
    });

    it('gives a sync back as it was queued, also after a restart', async () => {
      const sync = buildSync(tenantId, integrationId, {
        person: 'p-1',
        failure: { code: 'sourceInvalid', message: 'why' },
        edit: { kind: 'deprovision', userId: newId('user') },
        session: {
          id: newId('sync'),
          startedAt: '2026-01-01T00:00:00.000Z',
          syncsBefore: 7,
          countsBefore: { created: 5 },
          settledBefore: newId('sync'),
        },
        undo: { syncId: newId('sync'), round: 2, outcomes: 1_000_000, byHand: false },
      });
      const generation = await syncs.queue(sync);
      expect(await syncs.sync(tenantId, sync.id)).toEqual({ ...sync, generation });
      const again = await subject.reopen();
      expect(await again.syncs.sync(tenantId, sync.id)).toEqual({ ...sync, generation });
    });

    it('knows when an integration last went well: live, completed, about everybody, from the source itself', async () => {
      expect(await syncs.lastGoodEnd(tenantId, integrationId)).toBeNull();
      const good = await queue();
      const endedAt = '2026-01-02T00:00:00.000Z';
      await syncs.move(tenantId, good, 'queued', 'completed', { endedAt });
      const later = '2026-01-05T00:00:00.000Z';
      const others: [Partial<Sync>, SyncState][] = [
        [{ mode: 'dry' }, 'completed'],
        [{}, 'failed'],
        [{}, 'incomplete'],
        [{}, 'awaitingApproval'],
        [{ person: 'p-1' }, 'completed'],
        [{ trigger: 'replay', snapshotOf: good }, 'completed'],
        [{ trigger: 'replay', failedOf: good }, 'completed'],
        [{ trigger: 'edit', edit: { kind: 'deprovision', userId: newId('user') } }, 'completed'],
        [{ trigger: 'undo' }, 'completed'],
        [{ trigger: 'push' }, 'completed'],
      ];
      for (const [parts, state] of others) {
        await syncs.move(tenantId, await queue(parts), 'queued', state, { endedAt: later });
      }
      await syncs.move(tenantId, await queue({}, newId('integration')), 'queued', 'completed', { endedAt: later });
      expect(await syncs.lastGoodEnd(tenantId, integrationId)).toBe(endedAt);
      expect(await syncs.lastGoodEnd(newId('tenant'), integrationId)).toBeNull();

      await syncs.move(tenantId, await queue({ trigger: 'schedule' }), 'queued', 'completed', { endedAt: later });
      const again = await subject.reopen();
      expect(await again.syncs.lastGoodEnd(tenantId, integrationId)).toBe(later);
    });

    it('gives several by their ids', async () => {
      const [a, b] = [await queue(), await queue()];
      const found = await syncs.byIds(tenantId, [b, newId('sync'), a]);
      expect(found).toEqual(
        new Map([
          [b, await syncs.sync(tenantId, b)],
          [a, await syncs.sync(tenantId, a)],
        ]),
      );
      expect(await syncs.byIds(tenantId, [])).toEqual(new Map());
    });

    it('outlines the syncs of an integration, newest first, and says which of them read all of their source', async () => {
      const whole = await queue({ mode: 'dry', createdAt: '2026-01-01T00:00:00.000Z' });
      await end(whole, 'completed', {});
      const others: [Partial<Sync>, SyncState, Partial<Manifest> | null][] = [
        [{}, 'awaitingApproval', {}],
        [{ trigger: 'replay', snapshotOf: whole }, 'completed', null],
        [{}, 'planning', {}],
        [{}, 'failed', {}],
        [{}, 'cancelled', {}],
        [{}, 'incomplete', { wholeness: 'truncated' }],
        [{}, 'completed', { extent: 'delta' }],
        [{ person: 'p-1' }, 'completed', { extent: 'person' }],
        [{ trigger: 'push' }, 'completed', { extent: 'push' }],
        [{ trigger: 'undo', undo: { syncId: whole, round: 0, outcomes: 1, byHand: false } }, 'completed', null],
      ];
      const ids = [whole];
      for (const [parts, state, manifest] of others) {
        const id = await queue(parts);
        ids.unshift(id);
        await end(id, state, manifest);
      }
      await end(
        await queue({ trigger: 'edit', edit: { kind: 'deprovision', userId: newId('user') } }),
        'completed',
        null,
      );
      await queue({}, newId('integration'));
      const outlines = await syncs.outlines(tenantId, integrationId, null, 99);
      expect(outlines.map(({ id }) => id)).toEqual(ids);
      expect(outlines.filter(({ isWhole }) => isWhole).map(({ id }) => id)).toEqual(ids.slice(-3));
      expect(outlines.at(-1)).toEqual({
        id: whole,
        mode: 'dry',
        trigger: 'manual',
        state: 'completed',
        createdAt: '2026-01-01T00:00:00.000Z',
        isWhole: true,
        records: 0,
      });
      const after = await syncs.outlines(tenantId, integrationId, ids[2] ?? null, 2);
      expect(after.map(({ id }) => id)).toEqual(ids.slice(3, 5));
      expect(await syncs.outlines(tenantId, integrationId, newId('sync'), 9)).toEqual([]);
      expect(await syncs.outlines(newId('tenant'), integrationId, null, 9)).toEqual([]);
    });

    it('knows no sync of another tenant', async () => {
      const id = await queue();
      const other = newId('tenant');
      expect(await syncs.byIds(other, [id])).toEqual(new Map());
      expect(await syncs.sync(other, id)).toBeNull();
      expect(await syncs.syncs(other, {}, null, 10)).toEqual([]);
      expect(await syncs.move(other, id, 'queued', 'fetching', {})).toBe(false);
      expect(await syncs.requestCancel(other, id)).toBe(false);
    });

    it('counts generations for each integration, over restarts', async () => {
      expect(await syncs.queue(buildSync(tenantId, integrationId))).toBe(1);
      expect(await syncs.queue(buildSync(tenantId, integrationId))).toBe(2);
      expect(await syncs.queue(buildSync(tenantId, newId('integration')))).toBe(1);
      const again = await subject.reopen();
      expect(await again.syncs.queue(buildSync(tenantId, integrationId))).toBe(3);
    });

    it('moves a state only from the one that is expected', async () => {
      const id = await queue();
      expect(await syncs.move(tenantId, id, 'queued', 'fetching', { startedAt: '2026-01-01T00:00:05.000Z' })).toBe(
        true,
      );
      expect(await syncs.move(tenantId, id, 'queued', 'planning', {})).toBe(false);
      expect(await syncs.sync(tenantId, id)).toMatchObject({
        state: 'fetching',
        startedAt: '2026-01-01T00:00:05.000Z',
      });
    });

    it('patches without moving and leaves what the patch does not name', async () => {
      const id = await queue({ startedAt: '2026-01-01T00:00:05.000Z' });
      const patch = { mode: 'dry', round: 3, republished: true, failure: { code: 'x', message: 'y' } } as const;
      expect(await syncs.move(tenantId, id, 'queued', 'queued', patch)).toBe(true);
      expect(await syncs.sync(tenantId, id)).toMatchObject({ ...patch, startedAt: '2026-01-01T00:00:05.000Z' });
      await syncs.move(tenantId, id, 'queued', 'queued', { failure: null });
      expect(await syncs.sync(tenantId, id)).toMatchObject({ failure: null, round: 3 });
    });

    it('lists newest first, filtered, page by page', async () => {
      const ids: SyncId[] = [];
      for (let day = 1; day <= 4; day += 1) {
        ids.push(await queue({ mode: day % 2 ? 'dry' : 'live', createdAt: `2026-01-0${String(day)}T00:00:00.000Z` }));
      }
      const list = async (...query: Parameters<SyncStore['syncs']> extends [unknown, ...infer Rest] ? Rest : never) =>
        (await syncs.syncs(tenantId, ...query)).map((sync) => ids.indexOf(sync.id));
      expect(await list({}, null, 3)).toEqual([3, 2, 1]);
      expect(await list({}, ids[1]!, 3)).toEqual([0]);
      expect(await list({ mode: 'dry' }, null, 9)).toEqual([2, 0]);
      expect(await list({ from: '2026-01-02T00:00:00.000Z', to: '2026-01-04T00:00:00.000Z' }, null, 9)).toEqual([2, 1]);
      expect(await list({ integrationId: newId('integration') }, null, 9)).toEqual([]);
      expect(await list({ trigger: 'manual', state: 'queued' }, null, 9)).toHaveLength(4);
    });

    it('lists one integration’s syncs newest first, page by page, and only those after a generation', async () => {
      const ids: SyncId[] = [];
      for (let i = 0; i < 5; i += 1) {
        ids.push(await queue({ trigger: i % 2 ? 'undo' : 'manual' }));
        await queue({}, newId('integration'));
      }
      const elsewhere = await queue({}, newId('integration'));
      const list = async (filter: SyncFilter, after: SyncId | null, limit: number) =>
        (await syncs.syncs(tenantId, { integrationId, ...filter }, after, limit)).map((sync) => ids.indexOf(sync.id));
      expect(await list({}, null, 2)).toEqual([4, 3]);
      expect(await list({}, ids[3]!, 2)).toEqual([2, 1]);
      expect(await list({}, ids[0]!, 2)).toEqual([]);
      expect(await list({}, elsewhere, 2)).toEqual([]);
      expect(await list({ afterGeneration: 2 }, null, 9)).toEqual([4, 3, 2]);
      expect(await list({ afterGeneration: 2 }, ids[4]!, 1)).toEqual([3]);
      expect(await list({ afterGeneration: 2 }, ids[2]!, 9)).toEqual([]);
      expect(await list({ afterGeneration: 2, trigger: 'undo' }, null, 9)).toEqual([3]);
      expect(await list({ afterGeneration: 5 }, null, 9)).toEqual([]);
    });

    it('lists a push session by its newest sync, or all of its syncs', async () => {
      const ids: SyncId[] = [];
      const push = async (session: SyncId | null): Promise<void> => {
        const id = newId('sync');
        const startedAt = '2026-01-01T00:00:00.000Z';
        const parts = { startedAt, syncsBefore: 0, countsBefore: {}, settledBefore: null };
        ids.push(await queue({ id, trigger: 'push', session: { id: session ?? id, ...parts } }));
      };
      await push(null);
      await push(ids[0]!);
      ids.push(await queue());
      await push(null);
      await push(ids[0]!);
      const list = async (filter: SyncFilter, after: SyncId | null = null, limit = 9) =>
        (await syncs.syncs(tenantId, filter, after, limit)).map((sync) => ids.indexOf(sync.id));
      for (const whose of [{}, { integrationId }]) {
        expect(await list({ ...whose, foldSessions: true })).toEqual([4, 3, 2]);
        expect(await list({ ...whose, foldSessions: true }, ids[3])).toEqual([2]);
        expect(await list({ ...whose, session: ids[0]! })).toEqual([4, 1, 0]);
        expect(await list({ ...whose, session: ids[0]! }, ids[4], 1)).toEqual([1]);
        expect(await list(whose)).toEqual([4, 3, 2, 1, 0]);
      }
    });

    it('has a sync open until it ends, and again while a word on it is not carried out', async () => {
      const first = await queue();
      const second = await queue();
      const open = async () => (await syncs.open()).map((sync) => sync.id);
      expect(await open()).toEqual([first, second]);
      await end(first, 'awaitingApproval');
      expect(await open()).toEqual([second]);
      const round = await syncs.addApproval(tenantId, first, word());
      expect(await open()).toEqual([first, second]);
      await syncs.move(tenantId, first, 'awaitingApproval', 'completed', { round });
      expect(await open()).toEqual([second]);
    });

    it('keeps words as they were given, those that say less included', async () => {
      const id = await queue();
      await end(id, 'awaitingApproval');
      const { selection: _selection, ...less } = word();
      await syncs.addApproval(tenantId, id, { ...word(), meant: 3 });
      await syncs.addApproval(tenantId, id, less as typeof less & Pick<Approval, 'selection'>);
      expect(await syncs.approvals(tenantId, id)).toEqual([
        { ...word(), meant: 3, round: 1 },
        { ...less, round: 2 },
      ]);
    });

    it('lists what is open of one integration too, in either case without the settings', async () => {
      const [mine, others] = [newId('integration'), newId('integration')];
      const first = await queue({ integrationId: mine, lane: 'quick', person: 'W-1' });
      await queue({ integrationId: others });
      const second = await queue({ integrationId: mine });
      const ended = await queue({ integrationId: mine });
      await end(ended, 'completed');
      const open = await syncs.open({ tenantId, integrationId: mine });
      expect(open.map((sync) => sync.id)).toEqual([first, second]);
      const { frozen, ...rest } = (await syncs.sync(tenantId, first))!;
      expect(frozen).toEqual(buildSync(tenantId, mine).frozen);
      expect(open[0]).toEqual(rest);
      expect(await syncs.open({ tenantId: newId('tenant'), integrationId: mine })).toEqual([]);
      expect((await syncs.open()).some((sync) => 'frozen' in sync)).toBe(false);
    });

    it('lets one live sync of an integration into the pipeline at a time', async () => {
      const first = await queue();
      const second = await queue();
      expect(await syncs.enterPipeline(tenantId, first)).toBe(true);
      expect(await syncs.enterPipeline(tenantId, first)).toBe(true);
      expect(await syncs.enterPipeline(tenantId, second)).toBe(false);
      expect((await syncs.sync(tenantId, second))?.inPipeline).toBe(false);
      await end(first, 'completed');
      expect((await syncs.sync(tenantId, first))?.inPipeline).toBe(false);
      expect(await syncs.enterPipeline(tenantId, second)).toBe(true);
      expect((await syncs.sync(tenantId, second))?.inPipeline).toBe(true);
    });

    it('gives each live sync that enters the pipeline, or begins there, a later turn', async () => {
      const turnOf = async (id: SyncId) => (await syncs.sync(tenantId, id))?.turn;
      const [first, dry, second] = [await queue(), await queue({ mode: 'dry' }), await queue()];
      expect(await turnOf(first)).toBe(0);
      await syncs.enterPipeline(tenantId, dry);
      expect(await turnOf(dry)).toBe(0);
      await syncs.enterPipeline(tenantId, first);
      const turn = (await turnOf(first)) ?? 0;
      expect(turn).toBeGreaterThan(0);
      await syncs.enterPipeline(tenantId, first);
      expect(await turnOf(first)).toBe(turn);
      await end(first, 'awaitingApproval');
      await syncs.enterPipeline(tenantId, second);
      const later = (await turnOf(second)) ?? 0;
      expect(later).toBeGreaterThan(turn);
      await end(second, 'completed');
      await syncs.addApproval(tenantId, first, word());
      await syncs.enterPipeline(tenantId, first);
      expect(await turnOf(first)).toBeGreaterThan(later);
      await end(first, 'completed');
      const begun = await turnOf(await queue({ inPipeline: true }));
      expect(begun).toBeGreaterThan(later + 1);
    });

    it('keeps neither a dry sync nor another integration waiting', async () => {
      expect(await syncs.enterPipeline(tenantId, await queue())).toBe(true);
      expect(await syncs.enterPipeline(tenantId, await queue({ mode: 'dry' }))).toBe(true);
      expect(await syncs.enterPipeline(tenantId, await queue({}, newId('integration')))).toBe(true);
    });

    it('is not kept waiting by a dry sync', async () => {
      await syncs.enterPipeline(tenantId, await queue({ mode: 'dry' }));
      expect(await syncs.enterPipeline(tenantId, await queue())).toBe(true);
    });

    it('makes an approval wait for the live sync in work', async () => {
      const held = await queue();
      await end(held, 'awaitingApproval');
      const running = await queue();
      await syncs.enterPipeline(tenantId, running);
      await syncs.addApproval(tenantId, held, word());
      expect(await syncs.enterPipeline(tenantId, held)).toBe(false);
      await end(running, 'completed');
      expect(await syncs.enterPipeline(tenantId, held)).toBe(true);
      expect(await syncs.enterPipeline(tenantId, await queue())).toBe(false);
    });

    it('takes a wish to cancel until the sync has ended', async () => {
      const id = await queue();
      expect(await syncs.requestCancel(tenantId, id)).toBe(true);
      expect((await syncs.sync(tenantId, id))?.cancelRequested).toBe(true);
      await end(id, 'cancelled');
      expect(await syncs.requestCancel(tenantId, id)).toBe(false);
    });

    it('supersedes the older syncs of the integration that have ended', async () => {
      const [held, cut, dry, failed, running] = [
        await queue(),
        await queue(),
        await queue({ mode: 'dry' }),
        await queue(),
        await queue(),
      ];
      const elsewhere = await queue({}, newId('integration'));
      await end(held, 'awaitingApproval', {});
      await end(cut, 'awaitingApproval', { wholeness: 'truncated' });
      await end(dry, 'completed', {});
      await end(failed, 'failed');
      await end(elsewhere, 'awaitingApproval', {});
      const by = await queue();
      const younger = await queue({ mode: 'dry' });
      await end(younger, 'completed');
      await syncs.supersedeOlder((await syncs.sync(tenantId, by))!);

      const now = async (id: SyncId) => {
        const sync = (await syncs.sync(tenantId, id))!;
        return [sync.state, sync.supersededBy];
      };
      expect(await now(held)).toEqual(['completed', by]);
      expect(await now(cut)).toEqual(['incomplete', by]);
      expect(await now(dry)).toEqual(['completed', by]);
      expect(await now(failed)).toEqual(['failed', by]);
      expect(await now(running)).toEqual(['queued', null]);
      expect(await now(elsewhere)).toEqual(['awaitingApproval', null]);
      expect(await now(younger)).toEqual(['completed', null]);
      expect(await now(by)).toEqual(['queued', null]);
    });

    it('supersedes no undo that has been approved and waits for its turn', async () => {
      const undo = { syncId: newId('sync'), round: 0, outcomes: 1, byHand: false };
      const [shown, approved, rest] = [
        await queue({ mode: 'dry', trigger: 'undo', undo }),
        await queue({ mode: 'dry', trigger: 'undo', undo }),
        await queue({ trigger: 'undo', undo }),
      ];
      await end(shown, 'completed');
      await end(approved, 'completed');
      await end(rest, 'awaitingApproval');
      await syncs.addApproval(tenantId, approved, word());
      await syncs.addApproval(tenantId, rest, word());
      const by = (await syncs.sync(tenantId, await queue()))!;
      await syncs.supersedeOlder(by);
      const found = await syncs.byIds(tenantId, [shown, approved, rest]);
      expect(found.get(shown)).toMatchObject({ state: 'completed', supersededBy: by.id });
      expect(found.get(approved)).toMatchObject({ state: 'completed', supersededBy: null });
      expect(found.get(rest)).toMatchObject({ state: 'awaitingApproval', supersededBy: null });
    });

    it('leaves the name of the first that superseded a sync', async () => {
      const old = await queue();
      await end(old, 'completed');
      const first = await queue();
      await syncs.supersedeOlder((await syncs.sync(tenantId, first))!);
      await syncs.supersedeOlder((await syncs.sync(tenantId, await queue()))!);
      expect((await syncs.sync(tenantId, old))?.supersededBy).toBe(first);
    });

    it('numbers words from round 1 on, beyond the rounds done, and keeps them', async () => {
      const id = await queue({ round: 0 });
      expect(await syncs.addApproval(tenantId, id, word())).toBe(1);
      expect(await syncs.addApproval(tenantId, id, word('reject'))).toBe(2);
      await syncs.move(tenantId, id, 'queued', 'queued', { round: 5 });
      expect(await syncs.addApproval(tenantId, id, word())).toBe(6);
      const again = await subject.reopen();
      expect(await again.syncs.approvals(tenantId, id)).toEqual([
        { ...word(), round: 1 },
        { ...word('reject'), round: 2 },
        { ...word(), round: 6 },
      ]);
    });

    it('refuses a word on a sync that is not there', async () => {
      await expect(syncs.addApproval(tenantId, newId('sync'), word())).rejects.toMatchObject({ code: 'unknownSync' });
    });

    it('measures a falling total by the newest full complete snapshot that was applied', async () => {
      const accept = async (parts: Partial<Sync>, state: SyncState, manifest: Partial<Manifest>) =>
        end(await queue(parts), state, manifest);
      await accept({}, 'completed', { records: 1 });
      await accept({}, 'completed', { records: 2 });
      await accept({}, 'completed', { records: 3, extent: 'delta' });
      await accept({}, 'incomplete', { records: 4, wholeness: 'truncated' });
      await accept({ mode: 'dry' }, 'completed', { records: 5 });
      await accept({}, 'awaitingApproval', { records: 6 });
      expect((await syncs.lastAccepted(tenantId, integrationId, 99))?.records).toBe(2);
      expect((await syncs.lastAccepted(tenantId, integrationId, 2))?.records).toBe(1);
      expect(await syncs.lastAccepted(tenantId, integrationId, 1)).toBeNull();
      expect(await syncs.lastAccepted(newId('tenant'), integrationId, 99)).toBeNull();
    });

    it('takes a replay for accepted with the snapshot it read', async () => {
      const dry = await queue({ mode: 'dry' });
      await end(dry, 'completed', { records: 7 });
      await end(await queue({ trigger: 'replay', snapshotOf: dry }), 'completed');
      expect((await syncs.lastAccepted(tenantId, integrationId, 99))?.records).toBe(7);
    });

    it('finds the newest full complete snapshot, dry or live', async () => {
      expect(await syncs.newestCompleteSnapshot(tenantId, integrationId)).toBeNull();
      const whole = await queue({ mode: 'dry' });
      await end(whole, 'completed', {});
      await end(await queue(), 'incomplete', { wholeness: 'truncated' });
      await end(await queue(), 'completed', { extent: 'delta' });
      await end(await queue({ trigger: 'replay', snapshotOf: whole }), 'completed');
      expect(await syncs.newestCompleteSnapshot(tenantId, integrationId)).toBe(whole);
    });

    it('knows whether a dry sync has shown what it would do to people', async () => {
      const shown = async () => syncs.hasDryPlan(tenantId, integrationId);
      const somebody = { records: 3 };
      const unmapped = buildSync(tenantId, integrationId).frozen;
      const definition: MappingDefinition = {
        identity: 'connector',
        attributes: { fullName: 'name' },
        scope: null,
        restricted: null,
      };
      const mapping = { version: 1, definition };
      const dry = { mode: 'dry', frozen: { ...unmapped, mapping } } as const;
      await end(await queue(dry), 'completed', { records: 0 });
      await end(await queue(dry), 'completed', { extent: 'delta', records: 0 });
      await end(await queue(dry), 'incomplete', { ...somebody, wholeness: 'truncated' });
      await end(await queue({ ...dry, trigger: 'push' }), 'completed', { ...somebody, extent: 'push' });
      await end(await queue({ ...dry, person: 'p-1' }), 'completed', { ...somebody, extent: 'person' });
      await end(await queue({ mode: 'dry', frozen: unmapped }), 'completed', somebody);
      await end(await queue({ ...dry, mode: 'live' }), 'completed', somebody);
      await end(await queue(dry, newId('integration')), 'completed', somebody);
      const whole = await queue();
      await end(whole, 'failed', somebody);
      await end(await queue({ ...dry, trigger: 'replay', failedOf: whole }), 'completed', somebody);
      expect(await shown()).toBe(false);
      const replay = await queue({ ...dry, trigger: 'replay', snapshotOf: whole });
      await end(replay, 'completed');
      expect(await shown()).toBe(true);
    });

    it('keeps held plans and the newest complete snapshots from retention', async () => {
      const old = await queue();
      const held = await queue();
      const newest = await queue();
      await end(old, 'completed', {});
      await end(held, 'awaitingApproval', { extent: 'delta' });
      await end(newest, 'completed', {});
      const otherTenant: TenantId = newId('tenant');
      const other = buildSync(otherTenant, integrationId);
      await syncs.queue(other);
      await snapshots.insertManifest(otherTenant, other.id, buildManifest(), 1);
      await syncs.move(otherTenant, other.id, 'queued', 'completed', {});
      const kept = await syncs.keptByRetention();
      expect(kept).toEqual(expect.arrayContaining([held, newest, other.id]));
      expect(kept).not.toContain(old);
    });

    it('keeps what a run of failed records reads from retention until that has ended', async () => {
      const read = await queue();
      await end(read, 'completed');
      const replay = await queue({ trigger: 'replay', snapshotOf: read });
      await end(replay, 'completed');
      const again = await queue({ trigger: 'replay', failedOf: replay });
      expect((await syncs.sync(tenantId, again))?.failedOf).toBe(replay);
      const reread = await queue({ reread: true });
      expect((await syncs.sync(tenantId, reread))?.reread).toBe(true);
      expect((await syncs.sync(tenantId, again))?.reread).toBe(false);
      expect(await syncs.keptByRetention()).toEqual(expect.arrayContaining([read, replay, again]));
      await end(again, 'completed');
      expect(await syncs.keptByRetention()).not.toContain(replay);
      expect(await syncs.keptByRetention()).not.toContain(read);
    });

    it('keeps what an undo takes back from retention until the undo has ended', async () => {
      const undone = await queue();
      await end(undone, 'completed');
      const undo = await queue({ trigger: 'undo', undo: { syncId: undone, round: 0, outcomes: 1, byHand: false } });
      expect(await syncs.keptByRetention()).toEqual(expect.arrayContaining([undone, undo]));
      await end(undo, 'completed');
      expect(await syncs.keptByRetention()).not.toContain(undone);
    });
  });
}
