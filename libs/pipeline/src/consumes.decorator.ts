import { UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import type { TopicName } from '#core';
import { OriginalErrorFilter } from './original-error.filter.js';
import type { StageMessage, StageOptions } from './stage-message.js';

type StageMethod<Topic extends TopicName> = (
  target: object,
  propertyKey: string | symbol,
  descriptor: TypedPropertyDescriptor<(batch: StageMessage<Topic>[]) => Promise<void>>,
) => void;

/**
 * Makes a controller's method a stage: it is given batches of a topic, from both lanes where the topic has two; the quick
 * lane never waits behind bulk. When the method resolves, the batch is acknowledged. What it rejects with decides
 * what follows:
 *
 * - `RetriableError`: the stage pauses, `/readyz` says so, and the same batch comes again with back-off;
 * - `StaleClaimError`: acknowledged and dropped;
 * - `RejectedRecordError`, `FatalError`: message by message; the refused one goes to the dead letters;
 * - anything else: message by message, up to five tries each with back-off, then to the dead letters as `unclassified`.
 *
 * A message may come twice. One that cannot be decoded never reaches the method.
 */
export function Consumes<Topic extends TopicName>(topic: Topic, options: StageOptions): StageMethod<Topic> {
  const pattern = `${options.group}/${topic}`;
  return (target, propertyKey, descriptor) => {
    EventPattern<string>(pattern, { stage: { topic, ...options } })(target, propertyKey, descriptor);
    UseFilters(OriginalErrorFilter)(target, propertyKey, descriptor);
  };
}
