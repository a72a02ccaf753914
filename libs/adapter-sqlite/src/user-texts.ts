import { joinSearched, type Needle, packPageText, unpackPageText } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';
import { TextTable, userTextTables } from './text-table.js';

/** Users whose numbers lie together. */
const blockSize = 512;

/** What a tenant's users are found by, under their numbers. Callers open the transaction. */
export class UserTexts {
  private readonly table: TextTable;

  constructor(database: Pick<SqliteDatabase, 'prepare'>, tenantNo: number) {
    this.table = new TextTable(database, userTextTables, tenantNo);
  }

  /** Replaces the texts of these users; an empty one is that of nobody. */
  put(texts: ReadonlyMap<number, string>): void {
    for (const [block, changed] of Map.groupBy(texts, ([no]) => Math.floor(no / blockSize))) {
      const stored = this.table.read(block);
      const all = stored === null ? new Map<number, string>() : unpackPageText(stored);
      for (const [no, text] of changed) {
        if (text === '') all.delete(no);
        else all.set(no, joinSearched(text.split('\n')));
      }
      this.table.put(block, packPageText(all));
    }
  }

  /** The blocks that may have users in whose text it is. */
  blocks(needle: Needle): number[] {
    return [...this.table.haveBits(needle.bits)].flatMap(([block, may]) => (may ? [block] : []));
  }

  /** The numbers of those of a block in whose text it is. */
  find(block: number, needle: Needle): number[] {
    return this.table.find(block, needle) ?? [];
  }
}
