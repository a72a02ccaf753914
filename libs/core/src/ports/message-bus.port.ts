import type { EncodedMessage } from '../message-codec.js';

/** One message as handed to a consumer. */
export interface Delivery extends EncodedMessage {
  address: string;
  partition: number;
  /** Rises by one a message within its partition; never reused. */
  offset: number;
  /**
   * Says that everything this message asked for is durable. Messages of a partition are acknowledged in order;
   * acknowledging one acknowledges those before it. What is not acknowledged comes again after a restart.
   */
  ack(): Promise<void>;
}

export interface SubscribeOptions {
  /** The topic's address, see `topicAddress`. */
  address: string;
  /** Consumers of one group share a topic's partitions; every group gets every message. */
  group: string;
  /** How many messages one call of the handler may hold; they are of one partition, in order. */
  maxBatch: number;
  /**
   * Called with at least one message; never twice at once for one partition. When it rejects, the same messages come
   * again, with a growing pause (back-off is the bus's): only outages may reject.
   */
  handle(batch: Delivery[]): Promise<void>;
}

export interface Subscription {
  /** Hands out nothing more until {@link resume}; what is in hand is finished. */
  pause(): void;
  resume(): void;
  /** Resolves when what was in hand is finished; nothing is handed out afterwards. */
  stop(): Promise<void>;
}

/**
 * A durable log with topics, partitions, groups and offsets. Delivery is at-least-once: messages may come twice and,
 * across partitions, in any order. The same key always goes to the same partition.
 */
export abstract class MessageBus {
  /** Creates the addresses that are missing; leaves existing ones alone. */
  abstract createTopics(topics: { address: string; partitions: number }[]): Promise<void>;
  /** All messages are durable when it resolves. Rejects with `RetriableError` when the bus is away. */
  abstract publish(address: string, messages: readonly EncodedMessage[]): Promise<void>;
  abstract subscribe(options: SubscribeOptions): Promise<Subscription>;
  /** Messages of a topic that a group has not acknowledged yet. */
  abstract lag(address: string, group: string): Promise<number>;
  /** Resolves when the bus answers. Rejects with `RetriableError` when it is away. */
  abstract ping(): Promise<void>;
}
