import type { CountedKind, OutcomeCounts, PageState } from '#core';
import { bucketsOf } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

type Sums = ReadonlyMap<PageState, OutcomeCounts>;

const keptSyncs = 100;

/** What the pages of a sync count together. Sums are kept until anything at all is written; not to be asked inside a transaction, which may be undone. */
export class PageSums {
  private readonly kept = new Map<number, Sums>();
  private changes = -1;

  constructor(private readonly database: SqliteDatabase) {}

  of(syncNo: number, superseded: boolean): CountedKind[] {
    const { changes } = this.database;
    if (changes !== this.changes || this.kept.size >= keptSyncs) this.kept.clear();
    this.changes = changes;
    const sums = this.kept.get(syncNo) ?? this.read(syncNo);
    this.kept.set(syncNo, sums);
    return [...sums].flatMap(([state, counts]) => bucketsOf({ state, counts }, superseded));
  }

  private read(syncNo: number): Sums {
    const select = this.database.prepare('SELECT state, counts FROM outcome_pages WHERE sync_no = ?');
    select.setReturnArrays(true);
    const sums = new Map<PageState, OutcomeCounts>();
    for (const [state, counts] of select.all(syncNo) as unknown as [PageState, string][]) {
      const sum = sums.get(state) ?? {};
      sums.set(state, sum);
      const page = JSON.parse(counts) as OutcomeCounts;
      for (const [key, count] of Object.entries(page)) sum[key] = (sum[key] ?? 0) + count;
    }
    return sums;
  }
}
