import type { NoticeEvent } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** Notes that people may have to be told, in a transaction of the caller's: the one that made it happen. */
export function logNoticeEvent(database: SqliteDatabase, event: NoticeEvent): void {
  database
    .prepare(
      `INSERT INTO notice_events (tenant_id, subject_id, state, kind, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (tenant_id, subject_id, state) DO UPDATE SET at = excluded.at`,
    )
    .run(event.tenantId, event.subjectId, event.state, event.kind, event.at);
}
