import { Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { lanes, MessageBus, stageName, type Subscription, topicAddress, type TopicName } from '#core';
import type { StageOptions } from './stage-message.js';
import { type Stage, StageRunner } from './stage-runner.js';

type StageMetadata = { topic: TopicName } & StageOptions;

const defaultMaxBatch = 8;

/**
 * Binds the stages of a Nest application (methods with `@Consumes`) to the bus: one subscription a stage and lane. The
 * stage runner decides what becomes of each batch. Closing hands out nothing more, finishes what is in hand and
 * leaves the rest unacknowledged.
 */
@Injectable()
export class BusTransport extends Server implements CustomTransportStrategy {
  private readonly stopping = new AbortController();
  private subscriptions: Subscription[] = [];

  constructor(
    private readonly bus: MessageBus,
    private readonly runner: StageRunner,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    this.subscribeAll().then(
      () => callback(),
      (error: unknown) => callback(error),
    );
  }

  async close(): Promise<void> {
    this.stopping.abort();
    const subscriptions = this.subscriptions;
    this.subscriptions = [];
    await Promise.all(subscriptions.map(async (subscription) => subscription.stop()));
  }

  on(event: string): never {
    throw new Error(`the bus transport has no event ${event}`);
  }

  /** The bus beneath. */
  unwrap<T = MessageBus>(): T {
    return this.bus as T;
  }

  private async subscribeAll(): Promise<void> {
    for (const [pattern, handler] of this.messageHandlers) {
      const options = (handler.extras as { stage?: StageMetadata } | undefined)?.stage;
      if (options === undefined) throw new Error(`handler ${pattern} is no stage: use @Consumes`);
      if (handler.next !== undefined) throw new Error(`stage ${pattern} exists twice in this process`);
      await this.subscribe(toStage(options, handler), options.maxBatch ?? defaultMaxBatch);
    }
  }

  private async subscribe(stage: Stage, maxBatch: number): Promise<void> {
    const laneByAddress = new Map(lanes.map((lane) => [topicAddress(stage.topic, lane), lane]));
    if (laneByAddress.size === 1) laneByAddress.set(topicAddress(stage.topic, 'bulk'), 'bulk');
    for (const [address, lane] of laneByAddress) {
      const subscription = await this.bus.subscribe({
        address,
        group: stage.group,
        maxBatch,
        handle: async (batch) => this.runner.process(stage, lane, batch, { signal: this.stopping.signal }),
      });
      this.subscriptions.push(subscription);
    }
  }
}

function toStage(options: StageMetadata, handler: MessageHandler): Stage {
  return {
    name: stageName(options.group, options.topic),
    topic: options.topic,
    group: options.group,
    handle: async (batch) => {
      const result: unknown = await handler(batch);
      if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
    },
  };
}
