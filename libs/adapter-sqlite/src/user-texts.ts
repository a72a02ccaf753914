import { hasBits, joinSearched, type Needle, packPageText, type PageText, unpackPageText } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** Users whose numbers lie together. */
const blockSize = 512;

/** What a tenant's users are found by, under their numbers. Callers open the transaction. */
export class UserTexts {
  constructor(
    private readonly database: Pick<SqliteDatabase, 'prepare'>,
    private readonly tenantNo: number,
  ) {}

  /** Replaces the texts of these users; an empty one is that of nobody. */
  put(texts: ReadonlyMap<number, string>): void {
    const byBlock = Map.groupBy(texts, ([no]) => Math.floor(no / blockSize));
    for (const [block, changed] of byBlock) {
      const stored = this.read(block);
      const all = stored === null ? new Map<number, string>() : unpackPageText(stored);
      for (const [no, text] of changed) {
        if (text === '') all.delete(no);
        else all.set(no, joinSearched(text.split('\n')));
      }
      const { places, lines, signature } = packPageText(all);
      this.database
        .prepare('INSERT OR REPLACE INTO user_texts VALUES (?, ?, ?, ?)')
        .run(this.tenantNo, block, places, lines);
      this.database
        .prepare('INSERT OR REPLACE INTO user_signatures VALUES (?, ?, ?)')
        .run(this.tenantNo, block, signature);
    }
  }

  /** The blocks that may have users in whose text it is. */
  blocks(needle: Needle): number[] {
    const select = this.database.prepare('SELECT block, signature FROM user_signatures WHERE tenant_no = ?');
    const all = select.all(this.tenantNo) as unknown as { block: number; signature: Uint8Array }[];
    return all.flatMap(({ block, signature }) => (hasBits(signature, needle.bits) ? [block] : []));
  }

  /** The numbers of those of a block in whose text it is. */
  find(block: number, needle: Needle): number[] {
    const stored = this.read(block);
    return stored === null ? [] : needle.seqsIn(stored);
  }

  private read(block: number): Pick<PageText, 'places' | 'lines'> | null {
    const select = this.database.prepare('SELECT places, lines FROM user_texts WHERE tenant_no = ? AND block = ?');
    return (select.get(this.tenantNo, block) as unknown as Pick<PageText, 'places' | 'lines'> | undefined) ?? null;
  }
}
