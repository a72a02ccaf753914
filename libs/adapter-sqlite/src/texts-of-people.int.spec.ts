import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createdUserId, newId } from '#core';
import { buildOutcomeRow, buildPlannedPage, buildSync, buildUser, buildWrite } from '#testing';
import { applyMigrations } from './apply-migrations.js';
import { migrations } from './migrations/index.js';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteDirectoryStore } from './sqlite-directory-store.js';
import { SqliteOutcomeStore } from './sqlite-outcome-store.js';
import { SqliteSyncStore } from './sqlite-sync-store.js';
import { UserSearch } from './user-search.js';

describe('what people are found by', () => {
  const tenantId = newId('tenant');
  const integrationId = newId('integration');
  let database: SqliteDatabase;
  let directory: SqliteDirectoryStore;

  beforeEach(() => {
    database = SqliteDatabase.open({ memory: true });
    directory = new SqliteDirectoryStore(database);
  });
  afterEach(() => database.close());

  it('is made of the rows where a page was stored by an older version', async () => {
    const outcomes = new SqliteOutcomeStore(database);
    const sync = buildSync(tenantId, integrationId);
    await new SqliteSyncStore(database).queue(sync);
    const ids = { tenantId, integrationId, syncId: sync.id };
    for (const number of [0, 1]) {
      const rows = [buildOutcomeRow(sync.id, number, { label: `Ada ${String(number)}` })];
      await outcomes.insertPlanned(buildPlannedPage(ids, number, number, { rows }));
    }
    for (const table of ['outcome_texts', 'outcome_signatures']) {
      database.prepare(`DELETE FROM ${table} WHERE page = 0`).run();
    }
    expect(await outcomes.find(tenantId, sync.id, [{}], 'ada', -1, 9)).toMatchObject({ total: 2, next: null });
    expect(await outcomes.find(tenantId, sync.id, [{}], 'ada 0', -1, 9)).toMatchObject({
      rows: [{ seq: 0 }],
      total: 1,
    });
  });

  it('is made once for the users whom an older version stored', () => {
    const plain = new DatabaseSync(':memory:');
    applyMigrations(
      plain,
      migrations.filter(({ name }) => name !== 'user-search'),
      'here',
    );
    const user = plain.prepare(
      "INSERT INTO users VALUES (7, ?, ?, 1, 'active', 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0)",
    );
    const body = plain.prepare("INSERT INTO user_bodies VALUES (?, ?, '{}')");
    for (let no = 1; no <= 6_000; no += 1) {
      user.run(`usr_${String(no)}`, no);
      body.run(no, `name ${String(no)}\nmail${String(no)}@x.y`);
    }
    applyMigrations(plain, migrations, 'here');
    const find = (q: string, tenantNo = 7) => new UserSearch(plain, tenantNo).find(q, 1_000);
    expect(find('mail5999@')).toEqual([5_999]);
    expect(find('name 12')).toHaveLength(111);
    expect(find('name 12', 8)).toEqual([]);
    expect(find('name')).toBeNull();
    plain.close();
  });

  it('finds the same users in the same order, whether few or nearly all fit', async () => {
    const syncId = newId('sync');
    for (let from = 0; from < 12_000; from += 1_000) {
      const writes = Array.from({ length: 1_000 }, (_, index) => {
        const seq = from + index;
        const attributes = { fullName: `${seq % 1_000 === 7 ? 'Rare' : 'Common'} ${String(seq)}` };
        return buildWrite(
          { integrationId, syncId },
          seq,
          buildUser(tenantId, createdUserId(syncId, seq), { attributes }),
        );
      });
      await directory.write(tenantId, writes);
    }
    const list = async (q: string, after: number | null, limit: number) => {
      const from = after === null ? null : createdUserId(syncId, after);
      return (await directory.listUsers(tenantId, { q }, from, limit)).map(({ attributes }) => attributes['fullName']);
    };
    expect(await list('RARE', null, 2)).toEqual(['Rare 7', 'Rare 1007']);
    expect(await list('rare', 1_007, 99)).toHaveLength(10);
    expect(await list('common', 11_996, 99)).toEqual(['Common 11997', 'Common 11998', 'Common 11999']);
    expect(await list('o', 7, 2)).toEqual(['Common 8', 'Common 9']);
  });
});
