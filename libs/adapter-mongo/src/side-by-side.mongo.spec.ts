import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId, type SnapshotPage, type UserId, type UserWrite } from '#core';
import {
  buildLink,
  buildManifest,
  buildOutcomeRow,
  buildPlannedPage,
  buildSync,
  buildUser,
  buildWrite,
  mongoSubjects,
  type ContractSubject,
} from '#testing';
import type { MongoConnection } from './mongo-connection.js';
import { MongoDirectoryStore } from './mongo-directory-store.js';
import { MongoLeaseStore } from './mongo-lease-store.js';
import { MongoOutcomeStore } from './mongo-outcome-store.js';
import { MongoSettingsStore } from './mongo-settings-store.js';
import { MongoSettlementStore } from './mongo-settlement-store.js';
import { MongoSnapshotStore } from './mongo-snapshot-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

/** What holds when several processes do the same thing at once. Each of them has stores over a connection of its own. */
describe('stores over MongoDB, side by side', () => {
  const tenantId = newId('tenant');
  const integrationId = newId('integration');
  const processes = 3;
  let subject: ContractSubject<MongoConnection>;
  let connections: MongoConnection[];

  beforeEach(async () => {
    subject = await subjectOf((connection) => connection);
    connections = await Promise.all(Array.from({ length: processes }, () => subject.reopen()));
  });
  afterEach(() => subject.dispose());

  const atOnce = async <T>(work: (connection: MongoConnection, process: number) => Promise<T>): Promise<T[]> =>
    Promise.all(connections.map(work));
  const count = <T>(values: readonly T[], value: T): number => values.filter((one) => one === value).length;

  it('give a lease to one, by the clock of the server', async () => {
    const taken = await atOnce((connection, process) =>
      new MongoLeaseStore(connection).acquire('plan:1', `p${String(process)}`, 400),
    );
    expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
    await sleep(600);
    const next = await atOnce((connection, process) =>
      new MongoLeaseStore(connection).acquire('plan:1', `q${String(process)}`, 60_000),
    );
    expect(next.filter((lease) => lease !== null)).toMatchObject([{ claim: 2 }]);
  });

  it('number syncs of one integration without a gap and let one live sync into the pipeline', async () => {
    const ids = connections.map(() => buildSync(tenantId, integrationId));
    const generations = await atOnce((connection, process) => new MongoSyncStore(connection).queue(ids[process]!));
    expect([...generations].sort()).toEqual([1, 2, 3]);
    const entered = await atOnce((connection, process) =>
      new MongoSyncStore(connection).enterPipeline(tenantId, ids[process]!.id),
    );
    expect(count(entered, true)).toBe(1);
  });

  it('take thousands of new users with employee numbers in order, from two at once', async () => {
    const syncId = newId('sync');
    const writes = Array.from({ length: 8000 }, (_, seq) => {
      const id = `usr_${String(seq).padStart(6, '0')}` as UserId;
      const number = `W${String(seq).padStart(7, '0')}`;
      const user = buildUser(tenantId, id, { attributes: { fullName: 'Somebody', employeeId: number } });
      return buildWrite({ integrationId, syncId }, seq, user, { link: buildLink(number, id) });
    });
    const drifts = await Promise.all(
      [0, 4000].map((from, process) =>
        new MongoDirectoryStore(connections[process]!).write(tenantId, writes.slice(from, from + 4000)),
      ),
    );
    expect(drifts).toEqual([[], []]);
    const counts = await new MongoDirectoryStore(connections[0]!).countByStatus(tenantId);
    expect(counts.active).toBe(8000);
  });

  it('number mapping versions and approvals without a gap', async () => {
    const definition = {
      identity: 'connector' as const,
      attributes: { fullName: 'name' },
      scope: null,
      restricted: null,
    };
    const mapping = { tenantId, integrationId, definition, createdAt: '2026-01-01T00:00:00.000Z', createdBy: 'key' };
    const versions = await atOnce((connection) => new MongoSettingsStore(connection).addMapping(mapping));
    expect([...versions].sort()).toEqual([1, 2, 3]);
    const sync = buildSync(tenantId, integrationId);
    await new MongoSyncStore(connections[0]!).queue(sync);
    const rounds = await atOnce((connection) =>
      new MongoSyncStore(connection).addApproval(tenantId, sync.id, {
        verdict: 'approve',
        selection: { all: true, seqs: [], filter: null, includeHeld: false },
        planHash: 'p',
        by: 'key',
        comment: '',
        at: '2026-01-01T00:00:00.000Z',
      }),
    );
    expect([...rounds].sort()).toEqual([1, 2, 3]);
  });

  it('insert each page of a chain once and end it once', async () => {
    const syncId = newId('sync');
    const page = (number: number, claim: number): SnapshotPage => ({
      page: number,
      firstSeq: number,
      records: 1,
      bytes: 1,
      contentHash: 'h',
      cursorAfter: null,
      claim,
    });
    for (let number = 0; number < 5; number += 1) {
      const inserted = await atOnce((connection, process) =>
        new MongoSnapshotStore(connection).insertPage(tenantId, syncId, page(number, 1), Uint8Array.of(process)),
      );
      expect(count(inserted, 'inserted')).toBe(1);
      expect(count(inserted, 'taken')).toBe(2);
    }
    const [ended, late] = await Promise.all([
      new MongoSnapshotStore(connections[0]!).insertManifest(tenantId, syncId, buildManifest({ pages: 5 }), 2),
      new MongoSnapshotStore(connections[1]!).insertPage(tenantId, syncId, page(5, 1), Uint8Array.of(9)),
    ]);
    expect(ended).toBe('inserted');
    const last = await new MongoSnapshotStore(connections[2]!).lastPage(tenantId, syncId);
    expect(last?.page).toBe(late === 'inserted' ? 5 : 4);
  });

  it('seal a round once, and no edit slips behind the seal', async () => {
    const syncId = newId('sync');
    const slices = Array.from({ length: 20 }, (_, page) => ({ kind: 'page' as const, page }));
    await Promise.all([
      new MongoSettlementStore(connections[0]!).putSlices(tenantId, syncId, 0, 0, slices),
      new MongoSettlementStore(connections[1]!).sealSlices(tenantId, syncId, 0, 20),
      new MongoSettlementStore(connections[2]!).putSlices(tenantId, syncId, 0, 0, slices.slice(0, 3)),
    ]);
    const store = new MongoSettlementStore(connections[0]!);
    const before = await store.slice(tenantId, syncId, 0, 19);
    await store.putSlices(tenantId, syncId, 0, 0, []);
    expect(await store.slice(tenantId, syncId, 0, 19)).toEqual(before);
    expect(await store.sliceList(tenantId, syncId, 0)).toMatchObject({ slices: 20 });
  });

  it('store a plan once and count a slice once', async () => {
    const sync = buildSync(tenantId, integrationId);
    const { id: syncId } = sync;
    await new MongoSyncStore(connections[0]!).queue(sync);
    const rows = Array.from({ length: 50 }, (_, seq) => buildOutcomeRow(syncId, seq));
    const page = buildPlannedPage({ tenantId, integrationId, syncId }, 0, 0, { rows });
    const inserted = await atOnce((connection) => new MongoOutcomeStore(connection).insertPlanned(page));
    expect(count(inserted, 'inserted')).toBe(1);
    await atOnce(async (connection, process) => {
      const store = new MongoOutcomeStore(connection);
      const report = { kind: 'slice' as const, tenantId, integrationId, syncId, round: 0, wholePage: null };
      for (let slice = 0; slice < 5; slice += 1) {
        const applied = Array.from({ length: 5 }, (_, index) => slice * 5 + index);
        await store.recordSlice({ ...report, slice, applied, drifted: [{ seq: 40 + slice, cause: 'version' }] });
      }
      await store.reject(tenantId, syncId, [30 + process, 33]);
    });
    const store = new MongoOutcomeStore(connections[0]!);
    const totals = Object.fromEntries((await store.totals(tenantId, syncId)).map((one) => [one.state, one.count]));
    expect(totals).toEqual({ applied: 25, drifted: 5, rejected: 4, planned: 16 });
    expect(await store.slicesEnded(tenantId, syncId, 0)).toBe(5);
  });

  it('apply a slice once, whoever brings it, and count every user once', async () => {
    const by = { integrationId, syncId: newId('sync') };
    const id = (seq: number) => `usr_${String(seq)}` as UserId;
    const slice = (number: number): UserWrite[] =>
      Array.from({ length: 20 }, (_, index) => {
        const seq = number * 20 + index;
        const user = buildUser(tenantId, id(seq), {
          owner: integrationId,
          attributes: { email: `p${String(seq)}@x.y` },
        });
        return buildWrite(by, seq, user, { link: buildLink(`s-${String(seq)}`, id(seq)) });
      });
    const drifts = await atOnce(async (connection) => {
      const store = new MongoDirectoryStore(connection);
      return Promise.all([0, 1, 2, 3].map((number) => store.write(tenantId, slice(number))));
    });
    expect(drifts.flat(2)).toEqual([]);
    const store = new MongoDirectoryStore(connections[0]!);
    expect(await store.countActiveOwned(tenantId, integrationId)).toBe(80);
    expect(await store.presentLinks(tenantId, integrationId, null, 100)).toHaveLength(80);
  });

  it('give a key to one of those who want it, and tell the others', async () => {
    const drifts = await atOnce(async (connection, process) => {
      const by = { integrationId, syncId: newId('sync') };
      const user = buildUser(tenantId, `usr_${String(process)}` as UserId, {
        attributes: { fullName: 'x', email: 'info@example.com', employeeId: `E${String(process)}` },
      });
      return new MongoDirectoryStore(connection).write(tenantId, [buildWrite(by, process, user)]);
    });
    expect(drifts.flat().map((drift) => drift.cause)).toEqual(['email', 'email']);
    expect(await new MongoDirectoryStore(connections[0]!).countByStatus(tenantId)).toMatchObject({ active: 1 });
  });
});
