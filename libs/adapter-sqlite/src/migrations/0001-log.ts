import type { Migration } from './migration.js';

/**
 * The durable log. Offsets come from `next_offset`, a counter per partition, because a `rowid` could be given again
 * after a delete. `committed` is the offset after the last one that a group acknowledged.
 */
export const log: Migration = {
  id: 1,
  name: 'log',
  sql: `
    CREATE TABLE log_partitions (
      id INTEGER PRIMARY KEY,
      address TEXT NOT NULL,
      partition INTEGER NOT NULL,
      first_offset INTEGER NOT NULL DEFAULT 0,
      next_offset INTEGER NOT NULL DEFAULT 0,
      UNIQUE (address, partition)
    ) STRICT;

    CREATE TABLE log_messages (
      partition_id INTEGER NOT NULL,
      message_offset INTEGER NOT NULL,
      key TEXT NOT NULL,
      headers TEXT NOT NULL,
      value BLOB NOT NULL,
      PRIMARY KEY (partition_id, message_offset)
    ) STRICT;

    CREATE TABLE log_groups (
      partition_id INTEGER NOT NULL,
      group_name TEXT NOT NULL,
      committed INTEGER NOT NULL,
      PRIMARY KEY (partition_id, group_name)
    ) STRICT, WITHOUT ROWID;
  `,
};
