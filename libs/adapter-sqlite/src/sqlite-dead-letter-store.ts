import { DeadLetterStore, type DeadLetter } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface DeadLetterRow {
  topic: string;
  partition: number;
  message_offset: number;
  group_name: string;
  reason: string;
  at: string;
  headers: string;
  value: Uint8Array;
}

export class SqliteDeadLetterStore extends DeadLetterStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async put(letter: DeadLetter): Promise<void> {
    this.database.transaction(() => {
      this.database
        .prepare(
          `INSERT INTO dead_letters (topic, partition, message_offset, group_name, reason, at, headers, value)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
        )
        .run(
          letter.topic,
          letter.partition,
          letter.offset,
          letter.group,
          letter.reason,
          letter.at,
          JSON.stringify(letter.headers),
          letter.value,
        );
    });
  }

  override async list(limit: number): Promise<DeadLetter[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM dead_letters ORDER BY at DESC, id DESC LIMIT ?')
        .all(limit) as unknown as DeadLetterRow[];
      return rows.map((row) => ({
        topic: row.topic,
        partition: row.partition,
        offset: row.message_offset,
        group: row.group_name,
        reason: row.reason,
        at: row.at,
        headers: JSON.parse(row.headers) as Record<string, string>,
        value: row.value,
      }));
    });
  }

  override async count(): Promise<number> {
    return this.database.read(() => {
      const row = this.database.prepare('SELECT count(*) AS count FROM dead_letters').get() as { count: number };
      return row.count;
    });
  }
}
