import {
  hash64,
  MessageBus,
  type Delivery,
  type EncodedMessage,
  type SubscribeOptions,
  type Subscription,
} from '#core';
import { LogStore, type LogPartition } from './log-store.js';
import type { SqliteDatabase } from './sqlite-database.js';

const firstPauseMs = 100;
const longestPauseMs = 5_000;

/** One consumer of a group. */
interface Consumer {
  options: SubscribeOptions;
  paused: boolean;
  stopped: boolean;
  /** Calls of the handler that have not ended. */
  inHand: number;
  ended: (() => void) | null;
}

/** Where one group stands in one partition. */
interface Cursor {
  group: Group;
  partition: LogPartition;
  /** The offset after the last acknowledged one, as stored. */
  committed: number;
  /** The next offset to hand out. */
  position: number;
  /** Whom the messages between `committed` and `position` were handed to. */
  holder: Consumer | null;
  /** A call of the handler is under way, or the pause after a failed one. */
  busy: boolean;
  queued: boolean;
  pauseMs: number;
}

interface Group {
  address: string;
  name: string;
  cursors: Cursor[];
  consumers: Consumer[];
}

interface PendingAck {
  cursor: Cursor;
  /** The offset after the acknowledged message. */
  to: number;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * The durable log of the embedded engine. Publisher and consumers share the process, so a publish wakes its consumers
 * itself and nothing polls. The event loop gets a turn between any two batches, and addresses take turns, then the
 * partitions of each: neither HTTP nor the quick lane waits for more than one batch of bulk.
 */
export class SqliteMessageBus extends MessageBus {
  private readonly log: LogStore;
  private readonly groups = new Map<string, Map<string, Group>>();
  private readonly hash = new Uint32Array(2);
  /** Cursors with something to hand out, by address; the map's order is whose turn it is. */
  private readonly ready = new Map<string, Cursor[]>();
  private turnDue = false;
  private acks: PendingAck[] = [];
  private readonly trimmable = new Set<LogPartition>();
  private trimDue = false;

  constructor(private readonly database: SqliteDatabase) {
    super();
    this.log = new LogStore(database);
  }

  override async createTopics(topics: { address: string; partitions: number }[]): Promise<void> {
    this.log.createTopics(topics);
  }

  override async publish(address: string, messages: readonly EncodedMessage[]): Promise<void> {
    if (messages.length === 0) return;
    const partitions = this.log.partitions(address);
    const parts = new Map<LogPartition, EncodedMessage[]>();
    for (const message of messages) {
      const partition = this.partitionOf(partitions, message.key);
      const part = parts.get(partition);
      if (part === undefined) parts.set(partition, [message]);
      else part.push(message);
    }
    this.log.append(parts);
    for (const group of this.groups.get(address)?.values() ?? []) this.wake(group);
  }

  override async subscribe(options: SubscribeOptions): Promise<Subscription> {
    const group = this.group(options.address, options.group);
    const consumer: Consumer = { options, paused: false, stopped: false, inHand: 0, ended: null };
    group.consumers.push(consumer);
    this.wake(group);
    return {
      pause: () => {
        consumer.paused = true;
      },
      resume: () => {
        consumer.paused = false;
        this.wake(group);
      },
      stop: () => this.stop(group, consumer),
    };
  }

  override async lag(address: string, group: string): Promise<number> {
    return this.log.lag(address, group);
  }

  override async ping(): Promise<void> {
    this.log.ping();
  }

  private partitionOf(partitions: readonly LogPartition[], key: string): LogPartition {
    hash64(key, this.hash, 0);
    const partition = partitions[(this.hash[0] ?? 0) % partitions.length];
    if (partition === undefined) throw new RangeError('a topic has at least one partition');
    return partition;
  }

  private group(address: string, name: string): Group {
    let byName = this.groups.get(address);
    if (byName === undefined) {
      byName = new Map();
      this.groups.set(address, byName);
    }
    let group = byName.get(name);
    if (group === undefined) {
      group = { address, name, cursors: [], consumers: [] };
      for (const { partition, committed } of this.log.joinGroup(address, name)) {
        group.cursors.push({
          group,
          partition,
          committed,
          position: committed,
          holder: null,
          busy: false,
          queued: false,
          pauseMs: 0,
        });
      }
      byName.set(name, group);
    }
    return group;
  }

  private async stop(group: Group, consumer: Consumer): Promise<void> {
    if (!consumer.stopped) {
      consumer.stopped = true;
      group.consumers = group.consumers.filter((other) => other !== consumer);
      this.wake(group);
    }
    if (consumer.inHand > 0) {
      await new Promise<void>((resolve) => {
        const before = consumer.ended;
        consumer.ended = () => {
          before?.();
          resolve();
        };
      });
    }
  }

  private wake(group: Group): void {
    for (const cursor of group.cursors) this.enqueue(cursor);
  }

  /** Each consumer has the partitions of its place among the group's. */
  private consumerOf(cursor: Cursor): Consumer | undefined {
    const { consumers } = cursor.group;
    return consumers[cursor.partition.partition % consumers.length];
  }

  private enqueue(cursor: Cursor): void {
    if (cursor.busy || cursor.queued || !this.database.isOpen) return;
    const consumer = this.consumerOf(cursor);
    if (consumer === undefined || consumer.paused) return;
    // A new holder starts again from what is acknowledged.
    const position = cursor.holder === consumer ? cursor.position : cursor.committed;
    if (position >= cursor.partition.nextOffset) return;
    cursor.queued = true;
    const { address } = cursor.group;
    const queue = this.ready.get(address);
    if (queue === undefined) this.ready.set(address, [cursor]);
    else queue.push(cursor);
    this.planTurn();
  }

  private planTurn(): void {
    if (this.turnDue) return;
    this.turnDue = true;
    // What is handed out ends in writes: while the disk is behind, consumers wait instead of the event loop.
    if (this.database.isBehind) {
      this.database.whenRoom(() => {
        this.turnDue = false;
        if (this.database.isOpen) this.planTurn();
      });
      return;
    }
    setImmediate(() => {
      this.turnDue = false;
      this.takeTurn();
    });
  }

  /** Hands out one batch of the address whose turn it is, and puts that address last. */
  private takeTurn(): void {
    const [next] = this.ready;
    if (next === undefined || !this.database.isOpen) return;
    const [address, queue] = next;
    this.ready.delete(address);
    const cursor = queue.shift();
    if (queue.length > 0) this.ready.set(address, queue);
    if (this.ready.size > 0) this.planTurn();
    if (cursor === undefined) return;
    cursor.queued = false;
    void this.handOut(cursor);
  }

  private async handOut(cursor: Cursor): Promise<void> {
    const consumer = this.consumerOf(cursor);
    if (cursor.busy || consumer === undefined || consumer.paused) return;
    if (cursor.holder !== consumer) {
      cursor.holder = consumer;
      cursor.position = cursor.committed;
    }
    const from = cursor.position;
    cursor.busy = true;
    consumer.inHand += 1;
    let failed = false;
    try {
      const batch = this.log.read(cursor.partition, from, consumer.options.maxBatch);
      const last = batch.at(-1);
      if (last === undefined) {
        cursor.position = cursor.partition.nextOffset;
      } else {
        cursor.position = last.offset + 1;
        await consumer.options.handle(
          batch.map((message): Delivery => ({ ...message, ack: () => this.ack(cursor, message.offset) })),
        );
      }
    } catch {
      // Only outages get here: the stage runner has dealt with everything else and told what it met.
      failed = true;
    }
    if (failed && this.database.isOpen) {
      cursor.position = Math.max(from, cursor.committed);
      cursor.pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, cursor.pauseMs * 2));
      setTimeout(() => this.release(cursor), cursor.pauseMs * (0.75 + Math.random() / 2));
    } else {
      cursor.pauseMs = 0;
      this.release(cursor);
    }
    consumer.inHand -= 1;
    if (consumer.inHand === 0) consumer.ended?.();
  }

  private release(cursor: Cursor): void {
    cursor.busy = false;
    this.enqueue(cursor);
  }

  /** Acknowledgements of one turn of the event loop are committed together. */
  private ack(cursor: Cursor, offset: number): Promise<void> {
    if (offset < cursor.committed) return Promise.resolve();
    if (this.acks.length === 0) setImmediate(() => this.commitAcks());
    return new Promise((resolve, reject) => {
      this.acks.push({ cursor, to: offset + 1, resolve, reject });
    });
  }

  private commitAcks(): void {
    const acks = this.acks;
    this.acks = [];
    const commits = new Map<Cursor, number>();
    for (const { cursor, to } of acks) commits.set(cursor, Math.max(to, commits.get(cursor) ?? cursor.committed));
    try {
      this.log.commit(
        [...commits].map(([cursor, to]) => ({ partition: cursor.partition, group: cursor.group.name, to })),
      );
    } catch (error) {
      for (const { reject } of acks) reject(error);
      return;
    }
    for (const [cursor, to] of commits) {
      cursor.committed = Math.max(cursor.committed, to);
      cursor.position = Math.max(cursor.position, to);
      this.trimmable.add(cursor.partition);
    }
    for (const { resolve } of acks) resolve();
    this.planTrim();
  }

  private planTrim(): void {
    if (this.trimDue || this.trimmable.size === 0) return;
    this.trimDue = true;
    setImmediate(() => {
      this.trimDue = false;
      this.trim();
    });
  }

  /** Deletes a few messages that every group has acknowledged; what is left is for the next turn. */
  private trim(): void {
    const [partition] = this.trimmable;
    if (partition === undefined || !this.database.isOpen) return;
    this.trimmable.delete(partition);
    try {
      if (this.log.trim(partition) === 'more') this.trimmable.add(partition);
    } catch {
      // An outage. The next acknowledgement tries again; until then the file is only larger than it need be.
      return;
    }
    this.planTrim();
  }
}
