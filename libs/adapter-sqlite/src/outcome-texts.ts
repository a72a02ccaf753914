import { hasBits, type Needle, type PageText } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** What the people of one sync's pages are found by; pages of older versions have none. Callers open the transaction. */
export class OutcomeTexts {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly syncNo: number,
  ) {}

  put(page: number, { places, lines, signature }: PageText): void {
    this.database.prepare('INSERT INTO outcome_texts VALUES (?, ?, ?, ?)').run(this.syncNo, page, lines, places);
    this.database.prepare('INSERT INTO outcome_signatures VALUES (?, ?, ?)').run(this.syncNo, page, signature);
  }

  /** The pages in whose signature one of these bits is not. */
  withoutBits(bits: readonly number[]): number[] {
    const select = this.database.prepare('SELECT page, signature FROM outcome_signatures WHERE sync_no = ?');
    select.setReturnArrays(true);
    const rows = select.all(this.syncNo) as unknown as [page: number, signature: Uint8Array][];
    return rows.flatMap(([page, signature]) => (hasBits(signature, bits) ? [] : [page]));
  }

  /** The sequences of those of a page in whose text it is; null where there is no text. */
  find(page: number, needle: Needle): number[] | null {
    const select = this.database.prepare('SELECT lines FROM outcome_texts WHERE sync_no = ? AND page = ?');
    const row = select.get(this.syncNo, page) as unknown as Pick<PageText, 'lines'> | undefined;
    if (row === undefined) return null;
    if (!needle.isIn(row.lines)) return [];
    const places = this.database.prepare('SELECT places FROM outcome_texts WHERE sync_no = ? AND page = ?');
    const found = places.get(this.syncNo, page) as unknown as Pick<PageText, 'places'>;
    return needle.seqsIn({ ...row, ...found });
  }

  delete(page: number): void {
    for (const table of ['outcome_texts', 'outcome_signatures']) {
      this.database.prepare(`DELETE FROM ${table} WHERE sync_no = ? AND page = ?`).run(this.syncNo, page);
    }
  }
}
