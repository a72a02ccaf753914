import type { StatementCache } from './statement-cache.js';
import { asTerm, trigramQuery } from './trigrams.js';

/** A tenant's number in digits of Unicode's private use area: three of them are a trigram that no name has. */
const firstDigit = 0xe000;
const digits = 6_400;

/** Trigrams of a needle that are asked for: a list of users is long. */
const trigrams = 5;

/** What a tenant's users are found by, under their numbers. Callers open the transaction. */
export class UserSearch {
  private readonly ofTenant: string;

  constructor(
    private readonly database: Pick<StatementCache, 'prepare'>,
    private readonly tenantNo: number,
  ) {
    const powers = [tenantNo / digits ** 2, tenantNo / digits, tenantNo];
    this.ofTenant = String.fromCharCode(...powers.map((part) => firstDigit + (Math.floor(part) % digits)));
  }

  /** `text` is folded. */
  add(no: number, text: string): void {
    const insert = this.database.prepare('INSERT INTO user_search (rowid, text) VALUES (?, ?)');
    insert.run(no, `${this.ofTenant}\n${text.toWellFormed()}`);
  }

  replace(no: number, text: string): void {
    this.database.prepare('DELETE FROM user_search WHERE rowid = ?').run(no);
    this.add(no, text);
  }

  /**
   * What {@link find} is asked with; null for a needle that is too short to be looked up. It leaves the tenant out where it has
   * most users of all: its own trigram would cost more than it rules out.
   */
  query(needle: string): string | null {
    const grams = trigramQuery(needle, trigrams);
    return grams === null || this.hasMostUsers() ? grams : `${asTerm(this.ofTenant)} AND ${grams}`;
  }

  /**
   * Numbers of users in whose text a needle's trigrams are, in order, after one; few of them without the needle itself. Where
   * the query leaves the tenant out, users of others may be among them.
   */
  find(query: string, after: number, limit: number): number[] {
    const select = this.database.prepare(
      'SELECT rowid FROM user_search WHERE user_search MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?',
    );
    select.setReturnArrays(true);
    return (select.all(query, after, limit) as unknown as [no: number][]).map(([no]) => no);
  }

  private hasMostUsers(): boolean {
    const row = this.database
      .prepare('SELECT sum(users) FILTER (WHERE tenant_no = ?) * 2 > sum(users) AS has FROM user_counts')
      .get(this.tenantNo) as { has: number | null };
    return row.has === 1;
  }
}
