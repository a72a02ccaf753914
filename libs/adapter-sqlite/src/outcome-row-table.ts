import type { Drift, OutcomeDetail, OutcomeKind, OutcomeReason, OutcomeRow, OutcomeState, Rank } from '#core';
import { changesDirectory, rank } from '#core';
import type { OutcomePageLedger } from './outcome-page-ledger.js';
import { decodeRowBody, encodeRowBody } from './outcome-row-body.js';
import { OutcomeRowKeys, rankOfRow, seqOfRow } from './outcome-row-key.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** An outcome row as stored. */
export interface StoredRow {
  seq: number;
  rank: Rank;
  page: number;
  outcome: OutcomeKind;
  reason: OutcomeReason;
  state: OutcomeState | null;
  body: string;
}

/** SQL: the columns of a {@link StoredRow}, from `outcome_rows AS r`. */
export const storedRowColumns = `${seqOfRow} AS seq, ${rankOfRow} AS rank, r.page, r.outcome, r.reason, r.state, r.body`;

const insertColumns = 'outcome_rows (id, page, outcome, reason, state, overridden, body)';
const appendSql = `INSERT INTO ${insertColumns} VALUES (?, ?, ?, ?, ?, 0, ?)`;
const settleSql = `INSERT OR IGNORE INTO ${insertColumns} VALUES (?, ?, ?, ?, ?, ?, ?)`;
const endSql = `INSERT OR REPLACE INTO ${insertColumns} SELECT ?, page, outcome, reason, ?, 0, ? FROM outcome_rows WHERE id = ?`;

/** True when applying the row touches a link although no user changes. */
export function touchesOnlyLink(row: Pick<OutcomeRow, 'outcome' | 'link'>): boolean {
  return row.link !== 'none' && !changesDirectory(row.outcome);
}

/** One sync's outcome rows. Callers open the transaction and flush the ledger. */
export class OutcomeRowTable {
  private readonly keys: OutcomeRowKeys;

  constructor(
    private readonly database: SqliteDatabase,
    syncNo: number,
  ) {
    this.keys = new OutcomeRowKeys(syncNo);
  }

  /** Appends rows that were never there. */
  append(page: number, rows: readonly OutcomeRow[]): void {
    const insert = this.database.prepare(appendSql);
    for (const row of rows) {
      insert.run(this.keys.key(row.seq, rank.planned), page, row.outcome, row.reason, row.state, encodeRowBody(row));
    }
  }

  /** The row of highest rank. */
  effective(seq: number): StoredRow | null {
    const row = this.database
      .prepare(
        `SELECT ${storedRowColumns} FROM outcome_rows AS r WHERE r.id >= ? AND r.id < ? ORDER BY r.id DESC LIMIT 1`,
      )
      .get(this.keys.first(seq), this.keys.first(seq + 1));
    return (row as StoredRow | undefined) ?? null;
  }

  /** Effective rows of the sequences `from` … `to` (exclusive), in order. */
  effectiveBetween(from: number, to: number): StoredRow[] {
    const rows = this.database
      .prepare(
        `SELECT ${storedRowColumns} FROM outcome_rows AS r WHERE r.id >= ? AND r.id < ? AND r.overridden = 0 ORDER BY r.id`,
      )
      .all(this.keys.first(from), this.keys.first(to));
    return rows as unknown as StoredRow[];
  }

  /** Puts a row above what is there at rank `settled`; false when one of that rank is there already. */
  settle(page: number, row: OutcomeRow, ledger: OutcomePageLedger): boolean {
    const below = this.effective(row.seq);
    const ended = below?.rank === rank.ended;
    const { changes } = this.database
      .prepare(settleSql)
      .run(
        this.keys.key(row.seq, rank.settled),
        page,
        row.outcome,
        row.reason,
        row.state,
        ended ? 1 : 0,
        encodeRowBody(row),
      );
    if (changes === 0) return false;
    if (ended) return true;
    if (below === null) this.uncountPacked(page, row.seq, ledger);
    else this.override(below, ledger);
    ledger.count(page, row.outcome, row.reason, row.state, 1, touchesOnlyLink(row));
    return true;
  }

  /** Gives an outcome its last word (rank `ended`), whatever it was before; its values stay. */
  end(below: StoredRow, state: OutcomeState, ledger: OutcomePageLedger, cause?: Drift['cause']): void {
    if (!changesDirectory(below.outcome) || (below.rank === rank.ended && below.state === state)) return;
    const body = cause === undefined ? below.body : withDrift(below.body, cause);
    this.override(below, ledger);
    this.database
      .prepare(endSql)
      .run(this.keys.key(below.seq, rank.ended), state, body, this.keys.key(below.seq, below.rank));
    ledger.count(below.page, below.outcome, below.reason, state, 1, false);
  }

  /** Deletes the sequences `from` … `to` (exclusive) in all ranks. */
  deleteBetween(from: number, to: number): void {
    this.database
      .prepare('DELETE FROM outcome_rows WHERE id >= ? AND id < ?')
      .run(this.keys.first(from), this.keys.first(to));
  }

  private override(below: StoredRow, ledger: OutcomePageLedger): void {
    this.database
      .prepare('UPDATE outcome_rows SET overridden = 1 WHERE id = ?')
      .run(this.keys.key(below.seq, below.rank));
    const onlyLink =
      !changesDirectory(below.outcome) &&
      touchesOnlyLink({ outcome: below.outcome, link: decodeRowBody(below.body).link });
    ledger.count(below.page, below.outcome, below.reason, below.state, -1, onlyLink);
  }

  /** A record that was packed with the unchanged has a row of its own now. */
  private uncountPacked(page: number, seq: number, ledger: OutcomePageLedger): void {
    const status = ledger.page(page);
    if (status === null || status.removals) return;
    if (seq < status.firstSeq || seq >= status.firstSeq + status.records) return;
    ledger.count(page, 'skipped', 'unchanged', null, -1, false);
  }
}

const driftNotes = {
  version: 'the user changed after this was planned',
  link: 'the link changed after this was planned',
  refused: 'this change could not be written; the next sync tries it again',
} as const;

function withDrift(body: string, cause: Drift['cause']): string {
  const parts = decodeRowBody(body);
  const detail: OutcomeDetail = { ...parts.detail };
  if (cause === 'email' || cause === 'employeeId') {
    detail.key = cause;
    detail.note = `another user took the ${cause === 'email' ? 'e-mail address' : 'employee id'} after this was planned`;
  } else {
    detail.note = driftNotes[cause];
  }
  return encodeRowBody({ ...parts, detail });
}
