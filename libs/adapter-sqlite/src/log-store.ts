import type { EncodedMessage } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

/** A partition as this process knows it: it alone writes. */
export interface LogPartition {
  readonly id: number;
  readonly partition: number;
  firstOffset: number;
  nextOffset: number;
  /** The latest messages as they were published, by offset: consumers in the same process need not read them again. */
  readonly recent: Map<number, EncodedMessage>;
}

/** A message as read, without its acknowledgement. */
export interface LogMessage extends EncodedMessage {
  address: string;
  partition: number;
  offset: number;
}

interface PartitionRow {
  id: number;
  address: string;
  partition: number;
  first_offset: number;
  next_offset: number;
}

interface MessageRow {
  message_offset: number;
  key: string;
  headers: string;
  value: Uint8Array;
}

/** A batch ends after the message with which it reaches this size, whatever its length: it bounds memory and time. */
const batchBytes = 4 * 1024 * 1024;

/** How much of the latest messages is kept in memory beside the file. */
const recentBytes = 16 * 1024 * 1024;
const recentMessages = 1_000;

/** Messages deleted in one step: at 300 KB each about 10 MB, a few milliseconds. */
const trimmedAtOnce = 32;

/** The tables of the log. Offsets are given from the stored counter of each partition. */
export class LogStore {
  private readonly topics = new Map<string, LogPartition[]>();
  private readonly addresses = new Map<LogPartition, string>();
  private recentOrder: { partition: LogPartition; offset: number; bytes: number }[] = [];
  private recentSize = 0;

  constructor(private readonly database: SqliteDatabase) {
    this.load();
  }

  createTopics(topics: readonly { address: string; partitions: number }[]): void {
    const missing = topics.filter(({ address }) => !this.topics.has(address));
    if (missing.length === 0) return;
    this.database.transaction(() => {
      const insert = this.database.prepare(
        'INSERT INTO log_partitions (address, partition) VALUES (?, ?) ON CONFLICT DO NOTHING',
      );
      for (const { address, partitions } of missing) {
        for (let partition = 0; partition < partitions; partition += 1) insert.run(address, partition);
      }
    });
    this.load();
  }

  /** Throws when the topic was never created. */
  partitions(address: string): readonly LogPartition[] {
    const partitions = this.topics.get(address);
    if (partitions === undefined) throw new RangeError(`the topic ${address} does not exist: create it first`);
    return partitions;
  }

  append(parts: ReadonlyMap<LogPartition, readonly EncodedMessage[]>): void {
    this.database.transaction(() => {
      const insert = this.database.prepare(
        'INSERT INTO log_messages (partition_id, message_offset, key, headers, value) VALUES (?, ?, ?, ?, ?)',
      );
      const count = this.database.prepare('UPDATE log_partitions SET next_offset = ? WHERE id = ?');
      for (const [partition, messages] of parts) {
        let offset = partition.nextOffset;
        for (const { key, headers, value } of messages) {
          insert.run(partition.id, offset, key, JSON.stringify(headers), value);
          offset += 1;
        }
        count.run(offset, partition.id);
      }
    });
    for (const [partition, messages] of parts) {
      for (const message of messages) {
        this.remember(partition, partition.nextOffset, message);
        partition.nextOffset += 1;
      }
    }
    this.forgetOldest();
  }

  /** Messages from an offset on, at most `limit` and about {@link batchBytes}; at least one when there is one. */
  read(partition: LogPartition, from: number, limit: number): LogMessage[] {
    const recent = this.readRecent(partition, from, limit);
    return recent.length > 0 ? recent : this.readStored(partition, from, limit);
  }

  private readRecent(partition: LogPartition, from: number, limit: number): LogMessage[] {
    const address = this.addresses.get(partition) ?? '';
    const messages: LogMessage[] = [];
    let bytes = 0;
    for (let offset = from; messages.length < limit && bytes < batchBytes; offset += 1) {
      const message = partition.recent.get(offset);
      if (message === undefined) break;
      messages.push({ ...message, address, partition: partition.partition, offset });
      bytes += message.value.length;
    }
    return messages;
  }

  private readStored(partition: LogPartition, from: number, limit: number): LogMessage[] {
    return this.database.read(() => {
      const rows = this.database
        .prepare(
          `SELECT message_offset, key, headers, value FROM log_messages
           WHERE partition_id = ? AND message_offset >= ? ORDER BY message_offset LIMIT ?`,
        )
        .iterate(partition.id, from, limit) as unknown as Iterable<MessageRow>;
      const messages: LogMessage[] = [];
      let bytes = 0;
      // Leaving the loop early resets the statement.
      for (const row of rows) {
        messages.push({
          address: this.addresses.get(partition) ?? '',
          partition: partition.partition,
          offset: row.message_offset,
          key: row.key,
          headers: JSON.parse(row.headers) as Record<string, string>,
          value: row.value,
        });
        bytes += row.value.length;
        if (bytes >= batchBytes) break;
      }
      return messages;
    });
  }

  /** Makes a group known, from the earliest message kept, and tells where it stands in each partition. */
  joinGroup(address: string, group: string): { partition: LogPartition; committed: number }[] {
    const partitions = this.partitions(address);
    return this.database.transaction(() =>
      partitions.map((partition) => {
        this.database
          .prepare(
            'INSERT INTO log_groups (partition_id, group_name, committed) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
          )
          .run(partition.id, group, partition.firstOffset);
        const row = this.database
          .prepare('SELECT committed FROM log_groups WHERE partition_id = ? AND group_name = ?')
          .get(partition.id, group) as { committed: number };
        return { partition, committed: row.committed };
      }),
    );
  }

  commit(commits: readonly { partition: LogPartition; group: string; to: number }[]): void {
    this.database.transaction(() => {
      const update = this.database.prepare(
        'UPDATE log_groups SET committed = max(committed, ?) WHERE partition_id = ? AND group_name = ?',
      );
      for (const { partition, group, to } of commits) update.run(to, partition.id, group);
    });
  }

  /** Deletes some of what every known group has acknowledged; `more` when some is left. */
  trim(partition: LogPartition): 'done' | 'more' {
    const row = this.database.read(
      () =>
        this.database
          .prepare('SELECT min(committed) AS committed FROM log_groups WHERE partition_id = ?')
          .get(partition.id) as { committed: number | null },
    );
    const end = row.committed ?? partition.firstOffset;
    const to = Math.min(end, partition.firstOffset + trimmedAtOnce);
    if (to <= partition.firstOffset) return 'done';
    this.database.transaction(() => {
      this.database
        .prepare('DELETE FROM log_messages WHERE partition_id = ? AND message_offset < ?')
        .run(partition.id, to);
      this.database.prepare('UPDATE log_partitions SET first_offset = ? WHERE id = ?').run(to, partition.id);
    });
    for (let offset = partition.firstOffset; offset < to; offset += 1) partition.recent.delete(offset);
    partition.firstOffset = to;
    return to < end ? 'more' : 'done';
  }

  lag(address: string, group: string): number {
    return this.database.read(() => {
      const row = this.database
        .prepare(
          `SELECT coalesce(sum(p.next_offset - coalesce(g.committed, p.first_offset)), 0) AS lag FROM log_partitions p
           LEFT JOIN log_groups g ON g.partition_id = p.id AND g.group_name = ? WHERE p.address = ?`,
        )
        .get(group, address) as { lag: number };
      return row.lag;
    });
  }

  ping(): void {
    this.database.read(() => this.database.prepare('SELECT 1 AS alive').get());
  }

  private remember(partition: LogPartition, offset: number, message: EncodedMessage): void {
    const bytes = message.value.length;
    partition.recent.set(offset, message);
    this.recentOrder.push({ partition, offset, bytes });
    this.recentSize += bytes;
  }

  /** What is gone already still counts until its turn comes: the bound is on what was published last. */
  private forgetOldest(): void {
    if (this.recentSize <= recentBytes && this.recentOrder.length <= recentMessages) return;
    let gone = 0;
    for (const { partition, offset, bytes } of this.recentOrder) {
      if (this.recentSize <= recentBytes && this.recentOrder.length - gone <= recentMessages) break;
      partition.recent.delete(offset);
      this.recentSize -= bytes;
      gone += 1;
    }
    this.recentOrder = this.recentOrder.slice(gone);
  }

  private load(): void {
    const rows = this.database.read(
      () =>
        this.database
          .prepare('SELECT * FROM log_partitions ORDER BY address, partition')
          .all() as unknown as PartitionRow[],
    );
    for (const row of rows) {
      const partitions = this.topics.get(row.address) ?? [];
      this.topics.set(row.address, partitions);
      if (partitions.some(({ id }) => id === row.id)) continue;
      const partition = {
        id: row.id,
        partition: row.partition,
        firstOffset: row.first_offset,
        nextOffset: row.next_offset,
        recent: new Map<number, EncodedMessage>(),
      };
      partitions.push(partition);
      this.addresses.set(partition, row.address);
    }
  }
}
