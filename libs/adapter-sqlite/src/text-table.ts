import { hasBits, type Needle, type PageText } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** The SQL of one kind of texts: `scope` and `part` are the columns of their key. */
interface TextTables {
  texts: string;
  signatures: string;
  scope: string;
  part: string;
}

export const outcomeTextTables: TextTables = {
  texts: 'outcome_texts',
  signatures: 'outcome_signatures',
  scope: 'sync_no',
  part: 'page',
};
export const userTextTables: TextTables = {
  texts: 'user_texts',
  signatures: 'user_signatures',
  scope: 'tenant_no',
  part: 'block',
};

/** Texts of people in parts: a sync's pages, or blocks of a tenant's users. Callers open the transaction. */
export class TextTable {
  private readonly where: string;

  constructor(
    private readonly database: Pick<SqliteDatabase, 'prepare'>,
    private readonly tables: TextTables,
    private readonly scope: number,
  ) {
    this.where = `${tables.scope} = ? AND ${tables.part} = ?`;
  }

  put(part: number, { places, lines, signature }: PageText): void {
    const { texts, signatures } = this.tables;
    this.database.prepare(`INSERT OR REPLACE INTO ${texts} VALUES (?, ?, ?, ?)`).run(this.scope, part, lines, places);
    this.database.prepare(`INSERT OR REPLACE INTO ${signatures} VALUES (?, ?, ?)`).run(this.scope, part, signature);
  }

  /** Those that have a signature, and whether all these bits are in it. */
  haveBits(bits: readonly number[]): Map<number, boolean> {
    const { signatures, scope, part } = this.tables;
    const select = this.database.prepare(`SELECT ${part} AS part, signature FROM ${signatures} WHERE ${scope} = ?`);
    const rows = select.all(this.scope) as unknown as { part: number; signature: Uint8Array }[];
    return new Map(rows.map((row) => [row.part, hasBits(row.signature, bits)]));
  }

  read(part: number): Pick<PageText, 'places' | 'lines'> | null {
    const select = this.database.prepare(`SELECT lines, places FROM ${this.tables.texts} WHERE ${this.where}`);
    return (select.get(this.scope, part) as unknown as Pick<PageText, 'places' | 'lines'> | undefined) ?? null;
  }

  /** The sequences of those of a part in whose text it is; null where there is no text. */
  find(part: number, needle: Needle): number[] | null {
    const select = this.database.prepare(`SELECT lines FROM ${this.tables.texts} WHERE ${this.where}`);
    const row = select.get(this.scope, part) as unknown as Pick<PageText, 'lines'> | undefined;
    if (row === undefined) return null;
    if (!needle.isIn(row.lines)) return [];
    const places = this.database.prepare(`SELECT places FROM ${this.tables.texts} WHERE ${this.where}`);
    const found = places.get(this.scope, part) as unknown as Pick<PageText, 'places'>;
    return needle.seqsIn({ ...row, ...found });
  }

  delete(part: number): void {
    for (const table of [this.tables.texts, this.tables.signatures]) {
      this.database.prepare(`DELETE FROM ${table} WHERE ${this.where}`).run(this.scope, part);
    }
  }
}
