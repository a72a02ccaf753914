import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createdUserId, foldNeedle, joinSearched, newId } from '#core';
import { buildOutcomeRow, buildPlannedPage, buildSync, buildUser, buildWrite } from '#testing';
import { applyMigrations } from './apply-migrations.js';
import { migrations } from './migrations/index.js';
import { OutcomeTexts } from './outcome-texts.js';
import { RareTextTable } from './rare-texts.js';
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
    database.prepare('UPDATE outcome_pages SET has_texts = 0 WHERE page = 0').run();
    new OutcomeTexts(database, 1).deleteBetween(0, 1);
    expect(await outcomes.find(tenantId, sync.id, [{}], 'ada', -1, 9)).toMatchObject({ total: 2, next: null });
    expect(await outcomes.find(tenantId, sync.id, [{}], 'ada 0', -1, 9)).toMatchObject({
      rows: [{ seq: 0 }],
      total: 1,
    });
  });

  it('is looked up with each outcome where an older version has not told rare kinds apart', async () => {
    const outcomes = new SqliteOutcomeStore(database);
    const sync = buildSync(tenantId, integrationId);
    await new SqliteSyncStore(database).queue(sync);
    const ids = { tenantId, integrationId, syncId: sync.id };
    const rows = Array.from({ length: 30 }, (_, seq) =>
      buildOutcomeRow(sync.id, seq, { label: 'Ada', ...(seq % 10 === 0 ? { outcome: 'failed' } : {}) }),
    );
    await outcomes.insertPlanned(buildPlannedPage(ids, 0, 0, { rows }));
    database.prepare('UPDATE outcome_pages SET tells_rare_kinds = 0').run();
    new RareTextTable(database, 1).deleteBetween(0, 30);
    const find = async (outcome: 'created' | 'failed') => outcomes.find(tenantId, sync.id, [{ outcome }], 'ada', -1, 3);
    expect(await find('failed')).toMatchObject({ rows: [{ seq: 0 }, { seq: 10 }, { seq: 20 }], total: 3 });
    expect(await find('created')).toMatchObject({ rows: [{ seq: 1 }, { seq: 2 }, { seq: 3 }], total: 27 });
  });

  it('is taken over from pages that an older version stored', () => {
    const plain = new DatabaseSync(':memory:');
    applyMigrations(
      plain,
      migrations.filter(({ id }) => id < 25),
      'here',
    );
    const syncNo = 3_000_000;
    const lines = Buffer.from('ada lovelace\n\nzoë łukasz\tz@x.y\n');
    const places = new Uint8Array(Uint32Array.of(0, 0, 3, 13, 40, 14).buffer);
    plain.prepare('INSERT INTO outcome_texts VALUES (?, 2, ?, ?)').run(syncNo, lines, places);
    plain.prepare('INSERT INTO outcome_signatures VALUES (?, 2, ?)').run(syncNo, new Uint8Array(1));
    const page = "INSERT INTO outcome_pages VALUES (?, 2, 'planned', 0, 41, 41, 0, 0, 0, '{}', '')";
    plain.prepare(page).run(syncNo);
    applyMigrations(plain, migrations, 'here');
    const stored = new OutcomeTexts(plain, syncNo);
    expect(stored.blocksOf(foldNeedle('ŁUKASZ'))).toEqual([40]);
    expect(stored.find([0, 40], foldNeedle('łukasz\tz@'))).toEqual([]);
    expect(stored.findBetween(0, 41, foldNeedle('lace'))).toEqual([0]);
    expect(stored.findBetween(0, 41, foldNeedle('z@x'))).toEqual([40]);
    expect(plain.prepare('SELECT has_texts FROM outcome_pages').get()).toEqual({ has_texts: 1 });
    plain.close();
  });

  it('says who has the needle, as a look at each person would', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'b', 'é', ' ', '"', '*', '?', '[', ']', '😀', '\ud800', '\0'),
      maxLength: 8,
    });
    const people = fc.uniqueArray(fc.tuple(fc.nat(120), fc.array(word, { maxLength: 3 })), {
      selector: ([seq]) => seq,
      maxLength: 40,
    });
    let syncNo = 100;
    fc.assert(
      fc.property(
        people,
        word.filter((q) => q !== ''),
        (given, q) => {
          syncNo += 1;
          const texts = new Map(given.map(([seq, values]) => [seq, joinSearched(values)]));
          const stored = new OutcomeTexts(database, syncNo);
          const needle = foldNeedle(q);
          stored.put(texts);
          const expected = [...texts].filter(([, text]) => text.toWellFormed().includes(needle));
          const seqs = expected.map(([seq]) => seq).sort((a, b) => a - b);
          const blocks = stored.blocksOf(needle);
          expect(blocks === null).toBe([...needle.replaceAll('\0', '')].length < 3);
          if (blocks !== null) expect(stored.find(blocks, needle)).toEqual(seqs);
          expect(stored.findBetween(0, 121, needle)).toEqual(seqs);
          const rare = new RareTextTable(database, syncNo);
          const rows = given.map(([seq]) => buildOutcomeRow(newId('sync'), seq));
          rare.put(rows, { 'created:new:': rows.length }, 1_000, texts);
          const found = (kind: string) => rare.find([kind], 0, 121, needle).flatMap((one) => one.seqs);
          expect(found('created:new:')).toEqual(seqs);
          expect(found('failed:typeMismatch:')).toEqual([]);
          rare.deleteBetween(0, 121);
          expect(found('created:new:')).toEqual([]);
          stored.deleteBetween(0, 121);
          expect(stored.findBetween(0, 121, needle)).toEqual([]);
          expect(stored.blocksOf(needle) ?? []).toEqual([]);
        },
      ),
    );
    expect(new OutcomeTexts(database, 99).findBetween(0, 121, foldNeedle('a'))).toEqual([]);
  });

  it.each([0, 3_000_000])('goes when retention deletes a sync with %i others before it', async (others) => {
    database.prepare("INSERT INTO id_numbers (no, tenant_id, kind, id) VALUES (?, '', 'sync', '')").run(others);
    const outcomes = new SqliteOutcomeStore(database);
    const sync = buildSync(tenantId, integrationId);
    await new SqliteSyncStore(database).queue(sync);
    const ids = { tenantId, integrationId, syncId: sync.id };
    for (const page of [0, 1]) {
      const seqs = Array.from({ length: 100 }, (_, index) => page * 100 + index);
      const rows = seqs.map((seq) =>
        buildOutcomeRow(sync.id, seq, {
          label: `Ada ${String(seq)}`,
          ...(seq % 50 === 0 ? { outcome: 'failed' } : {}),
        }),
      );
      await outcomes.insertPlanned(buildPlannedPage(ids, page, page * 100, { rows }));
    }
    await outcomes.insertRemovals(tenantId, sync.id, 2, 200, [buildOutcomeRow(sync.id, 200, { label: 'Ada gone' })]);
    expect(await outcomes.find(tenantId, sync.id, [{}], 'ada', -1, 9)).toMatchObject({ total: 201 });
    const failed = () => outcomes.find(tenantId, sync.id, [{ outcome: 'failed' }], 'ada', -1, 9);
    expect(await failed()).toMatchObject({ rows: [{ seq: 0 }, { seq: 50 }, { seq: 100 }, { seq: 150 }], total: 4 });
    database.prepare("UPDATE syncs SET state = 'completed', ended_at = '2026-01-01T00:00:00.000Z'").run();
    const later = '2026-02-01T00:00:00.000Z';
    expect(await outcomes.deleteEndedBefore(later, later, [], 9)).toBe(1);
    expect(await outcomes.find(tenantId, sync.id, [{}], 'ada', -1, 9)).toMatchObject({ total: 0 });
    expect(await failed()).toMatchObject({ total: 0 });
    for (const table of ['outcome_texts', 'outcome_rare_texts']) {
      expect(database.prepare(`SELECT count(*) AS stored FROM ${table}`).get()).toEqual({ stored: 0 });
    }
    expect(await outcomes.deleteEndedBefore(later, later, [], 9)).toBe(0);
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
    const find = (q: string, tenantNo = 7) => {
      const search = new UserSearch(plain, tenantNo);
      const query = search.query(q);
      return query === null ? null : search.find(query, 0, 1_000);
    };
    expect(find('mail5999@')).toEqual([5_999]);
    expect(find('name 5999')).toEqual([5_999]);
    expect(find('name 12')).toHaveLength(111);
    expect(find('name 12', 8)).toEqual([]);
    expect(find('name')).toHaveLength(1_000);
    expect(find('na')).toBeNull();
    plain.close();
  });

  it('finds users in the same order page by page, whether few or nearly all fit', async () => {
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
    const other = newId('tenant');
    const stranger = buildUser(other, newId('user'), { attributes: { fullName: 'Rare Stranger' } });
    await directory.write(other, [
      buildWrite({ integrationId: newId('integration'), syncId: newId('sync') }, 0, stranger),
    ]);
    const list = async (q: string, after: number | null, limit: number) => {
      const from = after === null ? null : createdUserId(syncId, after);
      return (await directory.listUsers(tenantId, { q }, from, limit)).map(({ attributes }) => attributes['fullName']);
    };
    expect(await list('RARE', null, 2)).toEqual(['Rare 7', 'Rare 1007']);
    expect(await list('rare', 1_007, 99)).toHaveLength(10);
    expect(await list('common', 11_996, 99)).toEqual(['Common 11997', 'Common 11998', 'Common 11999']);
    expect(await list('o', 7, 2)).toEqual(['Common 8', 'Common 9']);
    expect(await list('stranger', null, 9)).toEqual([]);
    const nobody = createdUserId(syncId, 99_999);
    expect(await directory.listUsers(tenantId, { q: 'common' }, nobody, 9)).toEqual([]);
    expect(await directory.listUsers(other, { q: 'rare' }, null, 9)).toMatchObject([{ id: stranger.id }]);
  });
});
