import { hasBits, type PageText } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** What the people of one sync's pages are found by; pages of older versions have none. Callers open the transaction. */
export class OutcomeTexts {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly syncNo: number,
  ) {}

  put(page: number, { places, lines, signature }: PageText): void {
    this.database.prepare('INSERT INTO outcome_texts VALUES (?, ?, ?, ?)').run(this.syncNo, page, places, lines);
    this.database.prepare('INSERT INTO outcome_signatures VALUES (?, ?, ?)').run(this.syncNo, page, signature);
  }

  /** The pages in whose signature one of these bits is not. */
  withoutBits(bits: readonly number[]): Set<number> {
    const select = this.database.prepare('SELECT page, signature FROM outcome_signatures WHERE sync_no = ?');
    const found = new Set<number>();
    for (const { page, signature } of select.all(this.syncNo) as unknown as { page: number; signature: Uint8Array }[]) {
      if (!hasBits(signature, bits)) found.add(page);
    }
    return found;
  }

  texts(pages: readonly number[]): Map<number, Pick<PageText, 'places' | 'lines'>> {
    const select = this.database.prepare('SELECT places, lines FROM outcome_texts WHERE sync_no = ? AND page = ?');
    const texts = new Map<number, Pick<PageText, 'places' | 'lines'>>();
    for (const page of pages) {
      const row = select.get(this.syncNo, page);
      if (row !== undefined) texts.set(page, row as unknown as Pick<PageText, 'places' | 'lines'>);
    }
    return texts;
  }

  deletePage(page: number): void {
    for (const table of ['outcome_texts', 'outcome_signatures']) {
      this.database.prepare(`DELETE FROM ${table} WHERE sync_no = ? AND page = ?`).run(this.syncNo, page);
    }
  }
}
