import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  Clock,
  DeadLetterStore,
  decodeMessage,
  type Delivery,
  FatalError,
  type Lane,
  RejectedRecordError,
  RetriableError,
  type RoleName,
  type StageName,
  StaleClaimError,
  type TopicBodies,
  type TopicName,
} from '#core';
import { errorFields, Logger, Metrics } from '#telemetry';
import { Outages } from './outages.js';
import { refusedStaleWrite } from './refused-stale-write.js';
import type { StageMessage } from './stage-message.js';

/** A stage as the runner sees it. */
export interface Stage<Topic extends TopicName = TopicName> {
  name: StageName;
  topic: Topic;
  /** The consuming role. */
  group: RoleName;
  handle(batch: StageMessage<Topic>[]): Promise<void>;
}

export interface StageRunnerTiming {
  /** Pause before the second try of a message that failed without a class; doubles with each try. Default 100. */
  retryDelayMs?: number;
  /** Ends pauses between tries: what was not acknowledged comes again after the next start. */
  signal: AbortSignal;
}

interface Readable<Topic extends TopicName> {
  delivery: Delivery;
  /** Null when it could not be decoded and lies with the dead letters. */
  message: StageMessage<Topic> | null;
}

const maxTries = 5;

/** Takes a batch from the bus through a stage and decides by the error's class what becomes of it. */
@Injectable()
export class StageRunner {
  constructor(
    private readonly deadLetters: DeadLetterStore,
    private readonly outages: Outages,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
    private readonly clock: Clock,
  ) {}

  /**
   * Resolves when every message of the batch is acknowledged: handled, dropped as stale, or kept as a dead letter.
   * Rejects on an outage, so that the bus hands the batch out again.
   */
  async process<Topic extends TopicName>(
    stage: Stage<Topic>,
    lane: Lane,
    batch: readonly Delivery[],
    timing: StageRunnerTiming,
  ): Promise<void> {
    try {
      const readable: Readable<Topic>[] = [];
      for (const delivery of batch) readable.push({ delivery, message: await this.decode(stage, lane, delivery) });
      await this.handle(stage, readable, timing);
      this.outages.end(stage.name, lane);
    } catch (error) {
      if (!timing.signal.aborted) {
        this.outages.begin(stage.name, lane, error);
        this.metrics.retries.inc({ stage: stage.name, cause: 'outage' });
      }
      throw error;
    }
  }

  private async decode<Topic extends TopicName>(
    stage: Stage<Topic>,
    lane: Lane,
    delivery: Delivery,
  ): Promise<StageMessage<Topic> | null> {
    try {
      const { body = decodeMessage(stage.topic, delivery.headers, delivery.value) } = delivery;
      return { body: body as TopicBodies[Topic], lane };
    } catch (error) {
      await this.giveUp(stage, delivery, error);
      return null;
    }
  }

  private async handle<Topic extends TopicName>(
    stage: Stage<Topic>,
    readable: readonly Readable<Topic>[],
    timing: StageRunnerTiming,
  ): Promise<void> {
    const messages = readable.flatMap(({ message }) => (message === null ? [] : [message]));
    let failure: unknown;
    if (messages.length > 0) {
      try {
        await this.handOver(stage, messages);
      } catch (error) {
        if (error instanceof RetriableError) throw error;
        failure = error;
      }
    }
    if (failure === undefined) {
      await readable.at(-1)?.delivery.ack();
      return;
    }
    // One message may have failed the others: each is tried for itself, in order.
    for (const { delivery, message } of readable) {
      if (message !== null) {
        await this.handleOne(stage, delivery, message, messages.length === 1 ? failure : undefined, timing);
      }
      await delivery.ack();
    }
  }

  /** `firstFailure`: how the message failed already, alone. */
  private async handleOne<Topic extends TopicName>(
    stage: Stage<Topic>,
    delivery: Delivery,
    message: StageMessage<Topic>,
    firstFailure: unknown,
    { signal, retryDelayMs = 100 }: StageRunnerTiming,
  ): Promise<void> {
    let failure = firstFailure;
    for (let tries = failure === undefined ? 0 : 1; ; tries += 1) {
      if (tries > 0) {
        if (failure instanceof RetriableError) throw failure;
        if (failure instanceof StaleClaimError) {
          this.metrics.staleWritesRefused.inc({ by: stage.name });
          this.logger.info(refusedStaleWrite, { part: stage.name, ...errorFields(failure) });
          return;
        }
        if (tries >= maxTries || failure instanceof RejectedRecordError || failure instanceof FatalError) {
          await this.giveUp(stage, delivery, failure);
          return;
        }
        this.metrics.retries.inc({ stage: stage.name, cause: 'unclassified' });
        await sleep(retryDelayMs * 2 ** (tries - 1), undefined, { signal });
      }
      try {
        await this.handOver(stage, [message]);
        return;
      } catch (error) {
        failure = error;
      }
    }
  }

  private async handOver<Topic extends TopicName>(stage: Stage<Topic>, messages: StageMessage<Topic>[]): Promise<void> {
    const startedAt = performance.now();
    try {
      await stage.handle(messages);
    } finally {
      this.metrics.stageBatchSeconds.observe({ stage: stage.name }, (performance.now() - startedAt) / 1000);
    }
  }

  private async giveUp(stage: Stage, delivery: Delivery, error: unknown): Promise<void> {
    const isClassed = error instanceof RejectedRecordError || error instanceof FatalError;
    const reason = isClassed ? error.code : 'unclassified';
    const { address, partition, offset, headers, value } = delivery;
    await this.deadLetters.put({
      topic: address,
      partition,
      offset,
      group: stage.group,
      reason,
      at: this.clock.now(),
      headers,
      value,
    });
    this.metrics.deadLetters.inc({ stage: stage.name, reason });
    this.logger.error('A message was given up on and lies with the dead letters.', {
      stage: stage.name,
      address,
      partition,
      offset,
      ...errorFields(error),
    });
  }
}
