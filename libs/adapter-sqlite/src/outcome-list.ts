import { setImmediate } from 'node:timers/promises';
import type { OutcomeFilter, OutcomeState } from '#core';
import { bucketsOf, effectiveState, fitsFilter } from '#core';
import { pagesAfter } from './outcome-page-ledger.js';
import { OutcomeRowKeys } from './outcome-row-key.js';
import { storedRowColumns, type StoredRow } from './outcome-row-table.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** A stored row with its effective state. */
export interface ListedRow extends StoredRow {
  effectiveState: OutcomeState | null;
}

/** Pages read in one step before others get the event loop. */
const pagesPerStep = 8;

/**
 * Effective rows of a sync that fit a filter, in order of sequence, after one. The pages' counts say which of them hold
 * such rows at all, so that no index on the rows is needed.
 */
export async function listOutcomes(
  database: SqliteDatabase,
  syncNo: number,
  superseded: boolean,
  filter: OutcomeFilter,
  afterSeq: number,
  limit: number,
): Promise<ListedRow[]> {
  const keys = new OutcomeRowKeys(syncNo);
  const found: ListedRow[] = [];
  const select = database.prepare(
    `SELECT ${storedRowColumns} FROM outcome_rows AS r
     WHERE r.id >= ?1 AND r.id < ?2 AND r.overridden = 0
       AND (?3 IS NULL OR r.outcome = ?3) AND (?4 IS NULL OR r.reason = ?4) AND (?5 IS NULL OR r.reason <> ?5)
     ORDER BY r.id`,
  );
  const { outcome = null, reason = null, exceptReason = null } = filter;
  let read = 0;
  for (const page of pagesAfter(database, syncNo, afterSeq)) {
    if (!bucketsOf(page, superseded).some((bucket) => fitsFilter(bucket, filter))) continue;
    if (read > 0 && read % pagesPerStep === 0) await setImmediate();
    read += 1;
    const from = keys.first(Math.max(page.firstSeq, afterSeq + 1));
    const to = keys.first(page.firstSeq + page.span);
    const rows = select.all(from, to, outcome, reason, exceptReason) as unknown as StoredRow[];
    for (const row of rows) {
      const state = effectiveState(row.outcome, row.state, page.state, superseded);
      if (filter.state !== undefined && state !== filter.state) continue;
      found.push({ ...row, effectiveState: state });
      if (found.length >= limit) return found;
    }
  }
  return found;
}
