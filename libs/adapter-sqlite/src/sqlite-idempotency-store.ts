import { IdempotencyStore, type RepeatableRequest, type RequestClaim } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface RequestRow {
  fingerprint: string;
  since: string;
  busy_until: string;
  answer: string | null;
}

export class SqliteIdempotencyStore extends IdempotencyStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async claim(request: RepeatableRequest): Promise<RequestClaim> {
    const { id, fingerprint, at, busyUntil, forgottenBefore } = request;
    return this.database.transaction((): RequestClaim => {
      const row = this.database
        .prepare('SELECT * FROM repeatable_requests WHERE id = ? AND since >= ?')
        .get(id, forgottenBefore) as RequestRow | undefined;
      if (row !== undefined && row.fingerprint !== fingerprint) return { kind: 'otherRequest' };
      if (row !== undefined && row.answer !== null) return { kind: 'answered', answer: row.answer };
      if (row !== undefined && row.busy_until > at) return { kind: 'busy' };
      const since = row?.since ?? at;
      this.database
        .prepare(
          `INSERT OR REPLACE INTO repeatable_requests (id, fingerprint, since, busy_until, answer)
           VALUES (?, ?, ?, ?, NULL)`,
        )
        .run(id, fingerprint, since, busyUntil);
      return { kind: 'claimed', since };
    }, 'full');
  }

  override async answer(id: string, answer: string): Promise<void> {
    this.database.transaction(() => {
      this.database.prepare('UPDATE repeatable_requests SET answer = ? WHERE id = ?').run(answer, id);
    }, 'full');
  }

  override async release(id: string): Promise<void> {
    this.database.transaction(() => {
      this.database.prepare("UPDATE repeatable_requests SET busy_until = '' WHERE id = ? AND answer IS NULL").run(id);
    }, 'full');
  }

  override async forget(id: string): Promise<void> {
    this.database.transaction(() => {
      this.database.prepare('DELETE FROM repeatable_requests WHERE id = ? AND answer IS NULL').run(id);
    }, 'full');
  }

  override async deleteBefore(instant: string): Promise<void> {
    this.database.transaction(() => {
      this.database.prepare('DELETE FROM repeatable_requests WHERE since < ?').run(instant);
    });
  }
}
