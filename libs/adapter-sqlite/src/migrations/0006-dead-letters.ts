import type { Migration } from './migration.js';

export const deadLetters: Migration = {
  id: 6,
  name: 'dead-letters',
  sql: `
    CREATE TABLE dead_letters (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      topic TEXT NOT NULL,
      partition INTEGER NOT NULL,
      message_offset INTEGER NOT NULL,
      group_name TEXT NOT NULL,
      reason TEXT NOT NULL,
      at TEXT NOT NULL,
      headers TEXT NOT NULL,
      value BLOB NOT NULL,
      UNIQUE (topic, partition, message_offset, group_name)
    ) STRICT;
    CREATE INDEX dead_letters_by_time ON dead_letters (at, id);
  `,
};
