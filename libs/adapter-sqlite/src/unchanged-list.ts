import { setImmediate } from 'node:timers/promises';
import { countKey } from '#core';
import { pagesAfter, type PageStatus } from './outcome-page-ledger.js';
import { OutcomeRowTable, type StoredRow } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** An unchanged record: its row, where it has one, else the page in which it is packed. */
export interface ListedUnchanged {
  seq: number;
  page: number;
  row: StoredRow | null;
}

/** Pages read in one step before others get the event loop. */
const pagesPerStep = 8;

/** Unchanged records of a sync in order of sequence, after one; none once retention has taken its rows. */
export async function listUnchanged(
  database: SqliteDatabase,
  syncNo: number,
  afterSeq: number,
  limit: number,
): Promise<ListedUnchanged[]> {
  const isGone = database.prepare('SELECT 1 FROM outcome_syncs WHERE sync_no = ? AND has_rows = 0').get(syncNo);
  if (isGone !== undefined) return [];
  const table = new OutcomeRowTable(database, syncNo);
  const found: ListedUnchanged[] = [];
  let read = 0;
  for (const page of pagesAfter(database, syncNo, afterSeq)) {
    if (countOf(page) === 0) continue;
    if (read > 0 && read % pagesPerStep === 0) await setImmediate();
    read += 1;
    for (const one of unchangedOf(page, table)) {
      if (one.seq > afterSeq) found.push(one);
      if (found.length >= limit) return found;
    }
  }
  return found;
}

const countOf = ({ counts }: PageStatus): number => counts[countKey('skipped', 'unchanged', null)] ?? 0;

/** What has no row is unchanged. Where that is not as many as are counted, retention has just taken the rows. */
function unchangedOf(status: PageStatus, table: OutcomeRowTable): ListedUnchanged[] {
  const { page, firstSeq, span } = status;
  const rows = new Map(table.effectiveBetween(firstSeq, firstSeq + span).map((row) => [row.seq, row]));
  const found: ListedUnchanged[] = [];
  for (let seq = firstSeq; seq < firstSeq + span; seq += 1) {
    const row = rows.get(seq) ?? null;
    if (row === null || (row.outcome === 'skipped' && row.reason === 'unchanged')) found.push({ seq, page, row });
  }
  return found.length === countOf(status) ? found : [];
}
