import type { TopicName } from '#core';
import type { WorkState } from '../../work-state.js';
import type { Scene } from '../fault.js';
import { allTopics, type KeptMessage } from '../topic-reader.js';

/** A message for a partition, as kafkajs takes it. */
export interface SentMessage {
  key: string;
  headers: Record<string, string>;
  value: Buffer;
  partition: number;
}

/**
 * Sends into each topic what is made of all that lies there. Gives in which state of the sync, and how many; null when it
 * had ended, and nothing was sent.
 */
export async function sendIntoTopics(
  { reader, state }: Scene,
  make: (name: TopicName, lying: readonly KeptMessage[]) => SentMessage[],
): Promise<{ hit: WorkState; sent: number } | null> {
  const hit = await state();
  if (hit === null) return null;
  await reader.catchUp();
  let sent = 0;
  await reader.withProducer(async (send) => {
    for (const name of allTopics) {
      const topic = reader.topic(name);
      const made = make(name, reader.messages(topic));
      if (made.length === 0) continue;
      await send(topic, made);
      sent += made.length;
    }
  });
  return { hit, sent };
}
