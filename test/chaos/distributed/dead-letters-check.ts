import { DeadLetterStore, type RoleName, type TopicName } from '#core';
import type { HarmedStores } from './harmed-stores.js';
import { poisonHeader } from './offsets-check.js';
import type { TopicReader } from './topic-reader.js';

/** Who reads each topic, and so gives up on what can't be read there. */
const readers: Record<TopicName, readonly RoleName[]> = {
  'raw-records': ['mapper'],
  'mapped-users': ['reconciler'],
  'apply-slices': ['reconciler'],
  outcomes: ['reporter'],
  'sync-commands': ['fetcher', 'reconciler', 'reporter'],
};

/** Kinds of poison that no codec reads, whatever the topic. */
export const neverReadable = [
  'junk bytes',
  'packed junk',
  'no headers',
  'headers missing',
  'unknown schema',
  'other version',
] as const;

const most = 100_000;

/** Compares the dead letters with the poison that was sent. */
export class DeadLettersCheck {
  constructor(
    private readonly reader: TopicReader,
    private readonly stores: HarmedStores,
  ) {}

  /** Sound messages that a role gave up on, and poison that none of its readers kept. To be asked without lag. */
  async wrong(): Promise<string[]> {
    const letters = await this.stores.part(DeadLetterStore).list(most);
    const undeserved = letters.filter(({ headers }) => headers[poisonHeader] === undefined);
    const kept = new Set(
      letters.map(({ topic, partition, offset, group }) => place(this.reader.prefix + topic, partition, offset, group)),
    );
    await this.reader.catchUp();
    const missing = Object.entries(readers).flatMap(([name, groups]) => {
      const topic = this.reader.topic(name as TopicName);
      const poison = this.reader
        .messages(topic)
        .filter(({ headers }) => neverReadable.some((kind) => kind === headers[poisonHeader]));
      return poison.flatMap(({ partition, offset, headers }) =>
        groups
          .filter((group) => !kept.has(place(topic, partition, offset, group)))
          .map((group) => `poison (${String(headers[poisonHeader])}) on ${topic} is not among ${group}'s dead letters`),
      );
    });
    return [
      ...undeserved.map(({ topic, group, reason }) => `${group} gave up on a sound message of ${topic}: ${reason}`),
      ...missing,
    ];
  }
}

function place(topic: string, partition: number, offset: number, group: string): string {
  return `${topic}/${String(partition)}/${String(offset)} ${group}`;
}
