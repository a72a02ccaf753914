import type { OutcomePlace, OutcomeRow, SyncId, UserId } from '#core';
import { namesUser } from '#core';
import { OutcomeRowKeys, seqOfRow } from './outcome-row-key.js';
import type { SqliteDatabase } from './sqlite-database.js';

/** Where a user's outcomes are. Numbers of syncs rise as they are queued. */
export class UserOutcomes {
  constructor(
    private readonly database: SqliteDatabase,
    private readonly tenantNo: number,
  ) {}

  /** Notes a sync's rows under their users. Callers open the transaction. */
  note(syncNo: number, rows: readonly OutcomeRow[]): void {
    const insert = this.database.prepare('INSERT OR IGNORE INTO user_outcomes VALUES (?, ?, ?, ?)');
    for (const row of rows) if (namesUser(row)) insert.run(this.tenantNo, row.userId, syncNo, row.seq);
  }

  /** Newest sync first, after one (of the sync's number). */
  list(userId: UserId, after: { syncNo: number; seq: number } | null, limit: number): OutcomePlace[] {
    const rows = this.database
      .prepare(
        `SELECT n.id AS syncId, o.seq FROM user_outcomes AS o JOIN id_numbers AS n ON n.no = o.sync_no
         WHERE o.tenant_no = ?1 AND o.user_id = ?2 AND (?3 IS NULL OR (o.sync_no, o.seq) < (?3, ?4))
         ORDER BY o.sync_no DESC, o.seq DESC LIMIT ?5`,
      )
      .all(this.tenantNo, userId, after?.syncNo ?? null, after?.seq ?? null, limit);
    return rows as unknown as { syncId: SyncId; seq: number }[];
  }

  /** Forgets the sequences `from` … `to` (exclusive) of a sync, while their rows are still there. */
  forget(syncNo: number, from: number, to: number): void {
    const keys = new OutcomeRowKeys(syncNo);
    this.database
      .prepare(
        `DELETE FROM user_outcomes WHERE (tenant_no, user_id, sync_no, seq) IN (
           SELECT ?1, json_extract(r.body, '$[1]'), ?2, ${seqOfRow} FROM outcome_rows AS r
           WHERE r.id >= ?3 AND r.id < ?4 AND json_extract(r.body, '$[1]') IS NOT NULL)`,
      )
      .run(this.tenantNo, syncNo, keys.first(from), keys.first(to));
  }
}
