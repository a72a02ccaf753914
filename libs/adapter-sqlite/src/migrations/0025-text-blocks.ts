import { OutcomeTexts } from '../outcome-texts.js';
import type { Migration } from './migration.js';

interface PageText {
  syncNo: number;
  page: number;
  lines: Uint8Array;
  places: Uint8Array;
}

/**
 * What people are found by in blocks of a few, with an index of the trigrams of each block (FTS5), in place of a text and a
 * signature a page. Merged rarely: pages of people follow one another by the thousand.
 */
export const textBlocks: Migration = {
  id: 25,
  name: 'text-blocks',
  sql: `
    ALTER TABLE outcome_pages ADD COLUMN has_texts INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE outcome_texts RENAME TO page_texts;
    CREATE TABLE outcome_texts (id INTEGER PRIMARY KEY, lines TEXT NOT NULL) STRICT;
    CREATE VIRTUAL TABLE outcome_search
      USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
    INSERT INTO outcome_search (outcome_search, rank) VALUES ('automerge', 16);
    DROP TABLE outcome_signatures;
  `,
  fill(database) {
    const next = database.prepare(
      `SELECT sync_no AS syncNo, page, lines, places FROM page_texts
       WHERE (sync_no, page) > (?, ?) ORDER BY sync_no, page LIMIT 1`,
    );
    const mark = database.prepare('UPDATE outcome_pages SET has_texts = 1 WHERE sync_no = ? AND page = ?');
    for (let at = { syncNo: -1, page: -1 }; ;) {
      const stored = next.get(at.syncNo, at.page) as PageText | undefined;
      if (stored === undefined) break;
      new OutcomeTexts(database, stored.syncNo).put(unpack(stored));
      mark.run(stored.syncNo, stored.page);
      at = stored;
    }
    database.prepare('DROP TABLE page_texts').run();
  },
};

/** A sequence and the place of its text in `lines`, 32 bits each. */
function unpack({ lines, places }: PageText): Map<number, string> {
  const [text, table] = [Buffer.from(lines), Buffer.from(places)];
  const texts = new Map<number, string>();
  for (let at = 0; at < table.length; at += 8) {
    const end = at + 8 < table.length ? table.readUInt32LE(at + 12) : text.length;
    texts.set(table.readUInt32LE(at), text.toString('utf8', table.readUInt32LE(at + 4), end - 1));
  }
  return texts;
}
