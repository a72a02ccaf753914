import type { SqliteDatabase } from './sqlite-database.js';

/** Whose ids have numbers. */
export type NumberedKind = 'tenant' | 'integration' | 'sync';

const cachedAtMost = 20_000;

/**
 * Small integers that stand for long ids inside the adapter. A number is assigned once, in a transaction of its own and
 * therefore never within another one, so that what is cached is always what is stored.
 */
export class IdNumbers {
  private readonly cache = new Map<string, number>();

  constructor(private readonly database: SqliteDatabase) {}

  /** The number of an id; 0, which no row has, when it was never assigned. */
  find(tenantId: string, kind: NumberedKind, id: string): number {
    const key = `${kind} ${tenantId} ${id}`;
    const cached = this.cache.get(key);
    if (cached !== undefined) return cached;
    const row = this.database
      .prepare('SELECT no FROM id_numbers WHERE tenant_id = ? AND kind = ? AND id = ?')
      .get(tenantId, kind, id) as { no: number } | undefined;
    if (row === undefined) return 0;
    if (this.cache.size >= cachedAtMost) this.cache.clear();
    this.cache.set(key, row.no);
    return row.no;
  }

  /** The number of an id, assigned if need be. */
  assign(tenantId: string, kind: NumberedKind, id: string): number {
    const known = this.find(tenantId, kind, id);
    if (known !== 0) return known;
    this.database.transaction(() => {
      this.database.prepare('INSERT INTO id_numbers (tenant_id, kind, id) VALUES (?, ?, ?)').run(tenantId, kind, id);
    });
    return this.find(tenantId, kind, id);
  }
}
