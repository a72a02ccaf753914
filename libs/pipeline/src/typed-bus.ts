import { Injectable } from '@nestjs/common';
import { type EncodedMessage, encodeMessage, type Lane, MessageBus, topicAddress } from '#core';
import type { TopicBodies, TopicName } from '#core';

/** The bus in the words of the topic registry: bodies in, wire form out. */
@Injectable()
export class TypedBus {
  constructor(private readonly bus: MessageBus) {}

  /** All of it is durable when it resolves. Throws `RetriableError` when the bus is away. */
  async publish<Topic extends TopicName>(
    topic: Topic,
    lane: Lane,
    bodies: readonly TopicBodies[Topic][],
  ): Promise<void> {
    await this.publishEncoded(
      topic,
      lane,
      bodies.map((body) => encodeMessage(topic, body)),
    );
  }

  /** As {@link publish}, for messages that another thread has encoded already. */
  async publishEncoded(topic: TopicName, lane: Lane, messages: readonly EncodedMessage[]): Promise<void> {
    if (messages.length > 0) await this.bus.publish(topicAddress(topic, lane), messages);
  }
}
