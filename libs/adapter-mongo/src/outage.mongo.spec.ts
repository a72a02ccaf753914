import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { newId, RetriableError, type UserId, type UserWrite } from '#core';
import {
  buildLink,
  buildOutcomeRow,
  buildPlannedPage,
  buildSync,
  buildUser,
  buildWrite,
  mongoSubjects,
  runServices,
  testServices,
} from '#testing';
import { MongoDirectoryStore } from './mongo-directory-store.js';
import { MongoOutcomeStore } from './mongo-outcome-store.js';
import { MongoSyncStore } from './mongo-sync-store.js';

const subjectOf = mongoSubjects();

describe('stores over MongoDB, when the server crashes', () => {
  const tenantId = newId('tenant');
  const integrationId = newId('integration');
  const people = 50;

  it.runIf(testServices.areOurs.mongodb)('lose nothing, do nothing twice and go on by themselves', async () => {
    const subject = await subjectOf((connection) => connection);
    const sync = buildSync(tenantId, integrationId);
    const { id: syncId } = sync;
    await new MongoSyncStore(subject.port).queue(sync);
    const directory = new MongoDirectoryStore(subject.port);
    const outcomes = new MongoOutcomeStore(subject.port);
    const seqs = (slice: number) => Array.from({ length: people }, (_, index) => slice * people + index);
    const writes = (slice: number): UserWrite[] =>
      seqs(slice).map((seq) => {
        const id = `usr_${String(seq).padStart(5, '0')}` as UserId;
        const user = buildUser(tenantId, id, { owner: integrationId, attributes: { email: `p${String(seq)}@x.y` } });
        return buildWrite({ integrationId, syncId }, seq, user, { link: buildLink(`s-${String(seq)}`, id) });
      });

    // What is under way when the server dies fails, or the driver repeats it unseen: its connections end in either case.
    let breaks = 0;
    subject.port.database.client.on('connectionPoolCleared', () => (breaks += 1));
    const errors: unknown[] = [];
    let done = 0;
    let slices = Infinity;
    const insist = async <T>(work: () => Promise<T>): Promise<T> => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          errors.push(error);
          await sleep(50);
        }
      }
    };
    const pipeline = (async () => {
      for (; done < slices; done += 1) {
        const rows = seqs(done).map((seq) => buildOutcomeRow(syncId, seq));
        const page = buildPlannedPage({ tenantId, integrationId, syncId }, done, done * people, { rows });
        await insist(() => outcomes.insertPlanned(page));
        expect(await insist(() => directory.write(tenantId, writes(done)))).toEqual([]);
        const report = { kind: 'slice' as const, tenantId, integrationId, syncId, round: 0, applied: [], drifted: [] };
        await insist(() => outcomes.recordSlice({ ...report, slice: done, wholePage: done }));
      }
    })();
    for (let crash = 0; crash < 2; crash += 1) {
      const before = done;
      while (done < before + 5) await sleep(1);
      await runServices('kill', 'mongodb');
      await runServices('up', 'mongodb');
    }
    slices = done + 5;
    await pipeline;

    expect(breaks).toBeGreaterThanOrEqual(2);
    for (const error of errors) {
      expect(error).toBeInstanceOf(RetriableError);
      expect(error).toMatchObject({ code: 'storeUnavailable' });
    }
    const all = slices * people;
    expect(await directory.countByStatus(tenantId)).toEqual({ active: all, deactivated: 0, anonymized: 0 });
    expect(await directory.listUsers(tenantId, {}, null, all + 1)).toHaveLength(all);
    expect(await directory.presentLinks(tenantId, integrationId, null, all + 1)).toHaveLength(all);
    expect(await outcomes.totals(tenantId, syncId)).toEqual([
      { outcome: 'created', reason: 'new', state: 'applied', count: all },
    ]);
    expect(await outcomes.slicesEnded(tenantId, syncId, 0)).toBe(slices);
    await subject.dispose();
  });
});
