import {
  burstOf,
  type Notice,
  type NoticeChange,
  type NoticeDraft,
  type NoticeEvent,
  type NoticeFilter,
  type NoticeId,
  type NoticeState,
  NoticeStore,
  type TenantId,
  withDraft,
} from '#core';
import { QueryConditions } from './query-conditions.js';
import type { SqliteDatabase } from './sqlite-database.js';

interface EventRow {
  tenant_id: TenantId;
  subject_id: string;
  state: string;
  kind: NoticeEvent['kind'];
  at: string;
}

/** The parts that move on their own have columns. */
interface NoticeRow {
  state: NoticeState;
  tries: number;
  next_try_at: string;
  body: string;
}

function toNotice({ state, tries, next_try_at, body }: NoticeRow): Notice {
  return { ...(JSON.parse(body) as Notice), state, tries, nextTryAt: next_try_at };
}

const columns = 'state, tries, next_try_at, body';

export class SqliteNoticeStore extends NoticeStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async events(limit: number): Promise<NoticeEvent[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM notice_events ORDER BY at, tenant_id, subject_id LIMIT ?')
        .all(limit) as unknown as EventRow[];
      return rows.map(({ tenant_id, subject_id, state, kind, at }) => ({
        tenantId: tenant_id,
        kind,
        subjectId: subject_id,
        state,
        at,
      }));
    });
  }

  override async record(event: NoticeEvent, drafts: readonly NoticeDraft[], apartMs: number): Promise<boolean> {
    const { tenantId, subjectId, state, at } = event;
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare('DELETE FROM notice_events WHERE tenant_id = ? AND subject_id = ? AND state = ? AND at = ?')
        .run(tenantId, subjectId, state, at);
      if (changes === 0) return false;
      for (const draft of drafts) this.add(draft, apartMs);
      return true;
    }, 'full');
  }

  override async due(now: string, limit: number): Promise<Notice[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT ${columns} FROM notices WHERE state = 'waiting' AND next_try_at <= ? ORDER BY next_try_at LIMIT ?`,
        )
        .all(now, limit) as unknown as NoticeRow[];
      return rows.map(toNotice);
    });
  }

  override async begin({ tenantId, id, tries }: Notice, nextTryAt: string): Promise<boolean> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare(
          `UPDATE notices SET tries = tries + 1, next_try_at = ?
           WHERE tenant_id = ? AND id = ? AND state = 'waiting' AND tries = ?`,
        )
        .run(nextTryAt, tenantId, id, tries);
      return changes === 1;
    }, 'full');
  }

  override async settle(tenantId: TenantId, id: NoticeId, change: NoticeChange): Promise<void> {
    this.database.transaction(() => {
      const row = this.database
        .prepare(`SELECT ${columns} FROM notices WHERE tenant_id = ? AND id = ? AND state = 'waiting'`)
        .get(tenantId, id) as NoticeRow | undefined;
      if (row !== undefined) this.put({ ...toNotice(row), ...change });
    }, 'full');
  }

  override async notices(
    tenantId: TenantId,
    { integrationId, state }: NoticeFilter,
    after: NoticeId | null,
    limit: number,
  ): Promise<Notice[]> {
    const where = new QueryConditions()
      .add('tenant_id = ?', tenantId)
      .addIfGiven('integration_id = ?', integrationId)
      .addIfGiven('state = ?', state);
    if (after !== null) {
      const place = 'SELECT created_at, id FROM notices WHERE tenant_id = ? AND id = ?';
      where.add(`(created_at, id) < (${place})`, tenantId, after);
    }
    return this.database.read(() => {
      const rows = this.database
        .prepare(`SELECT ${columns} FROM notices WHERE ${where.sql} ORDER BY created_at DESC, id DESC LIMIT ?`)
        .all(...where.values, limit) as unknown as NoticeRow[];
      return rows.map(toNotice);
    });
  }

  override async deleteBefore(instant: string): Promise<void> {
    this.database.transaction(() => {
      this.database.prepare('DELETE FROM notices WHERE created_at < ?').run(instant);
    });
  }

  private add(draft: NoticeDraft, apartMs: number): void {
    const newest = this.database
      .prepare(`SELECT ${columns} FROM notices WHERE tenant_id = ? AND burst = ? ORDER BY due_at DESC LIMIT 1`)
      .get(draft.tenantId, burstOf(draft)) as NoticeRow | undefined;
    this.put(withDraft(newest === undefined ? null : toNotice(newest), draft, apartMs));
  }

  private put(notice: Notice): void {
    this.database
      .prepare(
        `INSERT INTO notices (tenant_id, id, integration_id, burst, state, tries, next_try_at, due_at, created_at, body)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (tenant_id, id) DO UPDATE
         SET state = excluded.state, tries = excluded.tries, next_try_at = excluded.next_try_at, body = excluded.body`,
      )
      .run(
        notice.tenantId,
        notice.id,
        notice.integrationId,
        burstOf(notice),
        notice.state,
        notice.tries,
        notice.nextTryAt,
        notice.dueAt,
        notice.createdAt,
        JSON.stringify(notice),
      );
  }
}
