import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, IHeaders, Kafka, KafkaMessage } from 'kafkajs';
import { type Delivery, RetriableError, type SubscribeOptions, type Subscription } from '#core';
import { errorFields, type Logger } from '#telemetry';
import { isLarge, type LargeValues } from './large-values.js';
import { OffsetCommitter } from './offset-committer.js';
import { StallWatchdog } from './stall-watchdog.js';
import { isLostMembership, translateError } from './translate-error.js';

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** How long an empty fetch waits at the broker (Kafka's default), and so the longest that stopping waits for one. */
const fetchWaitMs = 500;
/** Of one partition in one fetch: what waits in memory beside the batch in hand. */
const fetchBytesPerPartition = 1024 * 1024;
const fetchBytes = 8 * 1024 * 1024;
/** Leaving the group takes longer only when the broker is away; then it notices by the session timeout. */
const leaveMs = 4_000;
/** One is worked on while the servers are waited for over the other; more only hold more pages in memory. */
const partitionsAtOnce = 2;
/** How long a rebalance waits for what the members have in hand. */
const rebalanceTimeoutMs = 60_000;

export interface ConsumerPlace {
  topic: string;
  groupId: string;
  partitions: number;
  sessionTimeoutMs: number;
  /** The brokers, as set: for messages. */
  brokers: string;
}

/** What the consumer needs of its surroundings. */
export interface ConsumerWatch {
  logger: Logger;
  largeValues: LargeValues;
  /** Rejects when the bus is away. */
  ping(): Promise<void>;
  /** The bus answers, yet this consumer gets neither messages nor heartbeats through: only a new process helps. */
  onStalled(groupId: string): void;
}

/** From joining the group to having to join again. */
interface Membership {
  /** The group gives its partitions out anew: finish what is in hand, take nothing more. */
  leaving: boolean;
  /** Its partitions may be with others. */
  over: boolean;
  committer: OffsetCommitter | null;
}

/**
 * One consumer of a group on one topic. Follows what was measured of kafkajs 2.2.4: offsets are resolved and committed
 * here alone, commits go to the group itself (`consumer.commitOffsets` resolves without committing while it stops), and
 * a crash, which kafkajs may or may not recover from, always ends in a new consumer.
 */
export class KafkaConsumer implements Subscription {
  private consumer: Consumer | null = null;
  private membership: Membership = { leaving: false, over: true, committer: null };
  private readonly inHand = new Set<Promise<void>>();
  private readonly pauses = new Map<number, number>();
  private readonly stopping = new AbortController();
  private readonly watchdog: StallWatchdog;
  private paused = false;
  private stopped: Promise<void> | null = null;
  private launches = 0;

  constructor(
    private readonly kafka: Kafka,
    private readonly place: ConsumerPlace,
    private readonly options: SubscribeOptions,
    private readonly watch: ConsumerWatch,
  ) {
    this.watchdog = new StallWatchdog({
      stalledAfterMs: place.sessionTimeoutMs * 2,
      // Who joins hears nothing while the group waits for its other members.
      joiningMs: rebalanceTimeoutMs,
      ping: () => watch.ping(),
      onStalled: () => {
        const { groupId } = place;
        watch.logger.error('A consumer hears nothing from Kafka although it answers.', { consumerGroup: groupId });
        watch.onStalled(groupId);
      },
    });
  }

  /** Resolves when the consumer is a member of its group. */
  async start(): Promise<void> {
    try {
      await this.launch();
    } catch (error) {
      this.watchdog.stop();
      throw translateError(error, this.place.brokers);
    }
  }

  pause(): void {
    this.paused = true;
    this.holdFetching();
  }

  resume(): void {
    this.paused = false;
    try {
      this.consumer?.resume([{ topic: this.place.topic }]);
    } catch {
      // Between two consumers: the next one starts unpaused.
    }
  }

  stop(): Promise<void> {
    this.stopped ??= this.leave();
    return this.stopped;
  }

  private async leave(): Promise<void> {
    this.stopping.abort();
    this.watchdog.stop();
    await Promise.all(this.inHand);
    const left = this.consumer?.disconnect().catch(() => undefined);
    const timeout = new AbortController();
    await Promise.race([left, sleep(leaveMs, undefined, { signal: timeout.signal }).catch(() => undefined)]);
    timeout.abort();
  }

  private async launch(): Promise<void> {
    const { topic, groupId, partitions, sessionTimeoutMs } = this.place;
    const consumer = this.kafka.consumer({
      groupId,
      sessionTimeout: sessionTimeoutMs,
      rebalanceTimeout: rebalanceTimeoutMs,
      heartbeatInterval: Math.min(1_000, Math.floor(sessionTimeoutMs / 6)),
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: fetchWaitMs,
      maxBytesPerPartition: fetchBytesPerPartition,
      maxBytes: fetchBytes,
      retry: { retries: 3, restartOnFailure: async () => false },
    });
    this.consumer = consumer;
    this.watchdog.joins();
    this.listen(consumer);
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [topic], fromBeginning: true });
    } catch (error) {
      await consumer.disconnect().catch(() => undefined);
      throw error;
    }
    if (this.stopping.signal.aborted) {
      await consumer.disconnect();
      return;
    }
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: Math.min(partitions, partitionsAtOnce),
      eachBatch: (payload) => this.take(payload),
    });
  }

  private listen(consumer: Consumer): void {
    const { FETCH, HEARTBEAT, GROUP_JOIN, REBALANCING, CRASH } = consumer.events;
    consumer.on(FETCH, () => {
      this.watchdog.lives();
      this.launches = 0;
    });
    consumer.on(HEARTBEAT, () => this.watchdog.lives());
    consumer.on(GROUP_JOIN, () => {
      this.watchdog.joined();
      this.membership.over = true;
      this.membership = { leaving: false, over: false, committer: null };
      this.pauses.clear();
      if (this.paused) this.holdFetching();
    });
    consumer.on(REBALANCING, () => this.watchdog.joins());
    consumer.on(CRASH, ({ payload: { error } }) => {
      this.watchdog.lives();
      this.membership.over = true;
      if (consumer === this.consumer) void this.relaunch(error);
    });
  }

  /** Starts new consumers until one runs. */
  private async relaunch(crash: unknown): Promise<void> {
    let error = crash;
    while (!this.stopping.signal.aborted) {
      this.launches += 1;
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.launches) * (0.75 + Math.random() / 2);
      // Said once an outage.
      const say = this.launches === 1 ? 'warn' : 'debug';
      this.watch.logger[say]('A consumer lost Kafka and joins its group again.', {
        consumerGroup: this.place.groupId,
        pauseMs: Math.round(pauseMs),
        ...errorFields(translateError(error, this.place.brokers)),
      });
      try {
        await sleep(pauseMs, undefined, { signal: this.stopping.signal });
      } catch {
        return;
      }
      try {
        await this.launch();
        // A join that failed has told so by another crash.
        return;
      } catch (failure) {
        error = failure;
      }
    }
  }

  private holdFetching(): void {
    try {
      this.consumer?.pause([{ topic: this.place.topic }]);
    } catch {
      // Between two consumers: the next one is paused by its first batch, which is not handed out.
    }
  }

  private async take(payload: EachBatchPayload): Promise<void> {
    const { membership } = this;
    if (this.paused) {
      this.holdFetching();
      return;
    }
    const beat = setInterval(
      () => {
        payload.heartbeat().catch((error: unknown) => {
          // Other failures of a heartbeat meet kafkajs too, at its next request.
          if (isLostMembership(error)) membership.leaving = true;
        });
      },
      Math.min(500, this.place.sessionTimeoutMs / 12),
    );
    const work = this.work(payload, membership);
    this.inHand.add(work);
    try {
      await work;
    } finally {
      clearInterval(beat);
      this.inHand.delete(work);
    }
  }

  /** Hands out what was fetched of one partition, piece by piece. Never rejects. */
  private async work(payload: EachBatchPayload, membership: Membership): Promise<void> {
    const { batch } = payload;
    const { partition } = batch;
    const committer = this.committerOf(payload, membership);
    for (let from = 0, part: KafkaMessage[]; from < batch.messages.length; from += part.length) {
      const mayGoOn = payload.isRunning() && !payload.isStale() && !membership.leaving && !membership.over;
      if (!mayGoOn || this.paused || this.stopping.signal.aborted) return;
      part = nextPart(batch.messages, from, this.options.maxBatch);
      try {
        const deliveries = part.map((message) => this.delivery(message, partition, committer, membership));
        await this.options.handle(await Promise.all(deliveries));
      } catch {
        // Only outages get here: the stage runner has dealt with everything else and told what it met.
        const done = part.findLast(({ offset }) => Number(offset) < committer.committedOf(partition));
        if (done !== undefined) payload.resolveOffset(done.offset);
        this.holdPartition(payload);
        return;
      }
      this.pauses.delete(partition);
      const last = part.at(-1);
      if (last !== undefined) payload.resolveOffset(last.offset);
    }
  }

  /** Nothing is fetched of the partition until its pause is over; then it comes again from what was resolved last. */
  private holdPartition(payload: EachBatchPayload): void {
    const { partition } = payload.batch;
    const pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, (this.pauses.get(partition) ?? 0) * 2));
    this.pauses.set(partition, pauseMs);
    const resume = payload.pause();
    setTimeout(
      () => {
        if (!this.paused) resume();
      },
      pauseMs * (0.75 + Math.random() / 2),
    );
  }

  private async delivery(
    { key, headers, value, offset }: KafkaMessage,
    partition: number,
    committer: OffsetCommitter,
    membership: Membership,
  ): Promise<Delivery> {
    const at = Number(offset);
    const sent = await this.watch.largeValues.asSent(toText(headers), value ?? new Uint8Array(0));
    return {
      address: this.options.address,
      partition,
      offset: at,
      key: key?.toString('utf8') ?? '',
      ...sent,
      ack: async () => {
        if (membership.over) {
          throw new RetriableError(
            'busUnavailable',
            'The partition went to another consumer before this message was acknowledged; it is handed out again there.',
            { partition, offset: at },
          );
        }
        await committer.commit(partition, at + 1);
      },
    };
  }

  private committerOf(payload: EachBatchPayload, membership: Membership): OffsetCommitter {
    membership.committer ??= new OffsetCommitter(async (offsets) => {
      const partitions = [...offsets].map(([partition, next]) => ({ partition, offset: String(next) }));
      try {
        await payload.commitOffsetsIfNecessary({ topics: [{ topic: this.place.topic, partitions }] });
      } catch (error) {
        if (isLostMembership(error)) membership.leaving = true;
        throw translateError(error, this.place.brokers);
      }
    });
    return membership.committer;
  }
}

/** The messages that are handed out together from a place on. A large value ends them: two at once are too much. */
function nextPart(messages: readonly KafkaMessage[], from: number, maxBatch: number): KafkaMessage[] {
  const part = messages.slice(from, from + maxBatch);
  const large = part.findIndex(({ headers }) => isLarge(headers ?? {}));
  return large === -1 ? part : part.slice(0, large + 1);
}

function toText(headers: IHeaders | undefined): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    const single = Array.isArray(value) ? value.at(-1) : value;
    if (single !== undefined) texts[name] = single.toString();
  }
  return texts;
}
