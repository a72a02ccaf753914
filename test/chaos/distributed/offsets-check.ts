import { OutcomeStore, type SyncId, type TenantId, type TopicName } from '#core';
import type { HarmedStores } from './harmed-stores.js';
import type { KeptMessage, TopicReader } from './topic-reader.js';

/** Each role's group on the data topics. */
const groups: readonly { topic: TopicName; group: string }[] = [
  { topic: 'raw-records', group: 'mapper' },
  { topic: 'mapped-users', group: 'reconciler' },
  { topic: 'apply-slices', group: 'reconciler' },
  { topic: 'outcomes', group: 'reporter' },
];

/** On a message that no role can be expected to make something of: what makes it poison. */
export const poisonHeader = 'chaos-poison';

/** On a message that says once more what another said; what the first came to is looked for where that lies. */
export const copyHeader = 'chaos-copy';

/** A sync at work. */
export interface OpenSync {
  tenant: string;
  id: string;
}

/** Compares what roles acknowledged with what they made durable. */
export class OffsetsCheck {
  constructor(
    private readonly reader: TopicReader,
    private readonly stores: HarmedStores,
  ) {}

  /**
   * Acknowledged messages of a sync that left nothing durable behind. To be believed only when the sync was still open
   * afterwards: messages of an ended one are acknowledged unread.
   */
  async ahead({ tenant, id }: OpenSync): Promise<string[]> {
    const { reader } = this;
    const acknowledged = new Map<TopicName, Map<number, number>>();
    for (const { topic, group } of groups) {
      acknowledged.set(topic, await reader.committed(reader.topic(topic), group));
    }
    await reader.catchUp();
    const behindOf = (topic: TopicName): KeptMessage[] =>
      reader.messages(reader.topic(topic)).filter(({ partition, offset, key, headers }) => {
        const isAcknowledged = offset < (acknowledged.get(topic)?.get(partition) ?? 0);
        return isAcknowledged && key.startsWith(`${id}:`) && !isOurs(headers);
      });
    const keysOf = (topic: TopicName, kind?: string): Set<string> =>
      new Set(
        reader
          .messages(reader.topic(topic))
          .filter(({ headers }) => kind === undefined || headers['kind'] === kind)
          .map(({ key }) => key),
      );
    const lost: string[] = [];
    const expect = (topic: TopicName, effect: string, keys: Set<string>): void => {
      for (const { key } of behindOf(topic)) if (!keys.has(key)) lost.push(`${topic} ${key} has no ${effect}`);
    };
    expect('raw-records', 'mapped page', keysOf('mapped-users'));
    expect('mapped-users', 'plan', keysOf('outcomes', 'planned'));
    expect('apply-slices', 'report', keysOf('outcomes', 'slice'));

    const planned = behindOf('outcomes').filter(({ headers }) => headers['kind'] === 'planned');
    const pages = planned.map(({ key }) => Number(key.slice(id.length + 1)));
    const missing = await this.stores
      .part(OutcomeStore)
      .missingPages(tenant as TenantId, id as SyncId, 0, Math.max(-1, ...pages) + 1);
    for (const page of pages) if (missing.includes(page)) lost.push(`page ${String(page)} of ${id} is not stored`);
    return lost;
  }

  /** What the roles have not acknowledged yet. */
  async lags(): Promise<string[]> {
    const { reader } = this;
    return reader.lags(groups.map(({ topic, group }) => ({ topic: reader.topic(topic), group })));
  }
}

function isOurs(headers: Record<string, string>): boolean {
  return headers[poisonHeader] !== undefined || headers[copyHeader] !== undefined;
}
