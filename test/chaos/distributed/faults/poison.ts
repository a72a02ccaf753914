import { randomBytes } from 'node:crypto';
import type { TopicName } from '#core';
import type { SeededRandom } from '../../seeded-random.js';
import type { neverReadable } from '../dead-letters-check.js';
import { type Fault, noFault, type Scene } from '../fault.js';
import { copyHeader, poisonHeader } from '../offsets-check.js';
import type { KeptMessage } from '../topic-reader.js';
import { sendIntoTopics, type SentMessage } from './send-into-topics.js';

interface Crafted {
  headers: Record<string, string>;
  value: Buffer;
}

/** Each makes something of a sound message that no role may act upon. */
const unreadable: Record<(typeof neverReadable)[number], (sound: KeptMessage) => Crafted> &
  Record<string, (sound: KeptMessage) => Crafted> = {
  'junk bytes': ({ value }) => ({ headers: {}, value: randomBytes(Math.max(1, value.length % 4096)) }),
  'junk in a sound envelope': ({ headers, value }) => ({ headers, value: randomBytes(1 + (value.length % 512)) }),
  'packed junk': ({ headers }) => ({ headers: { ...headers, 'muster-packed': '4096' }, value: randomBytes(512) }),
  'no headers': ({ value }) => ({ headers: {}, value }),
  'headers missing': ({ headers: { schema = '', version = '' } }) => ({
    headers: { schema, version },
    value: Buffer.from('{}'),
  }),
  'unknown schema': ({ headers, value }) => ({ headers: { ...headers, schema: 'nonsense' }, value }),
  'other version': ({ headers, value }) => ({ headers: { ...headers, version: '999' }, value }),
  'cut short': ({ headers, value }) => ({ headers, value: value.subarray(0, Math.floor(value.length / 2)) }),
  empty: ({ headers }) => ({ headers: { ...headers, by: 'value' }, value: Buffer.alloc(0) }),
};

/** Sound as a message, and about what does not exist. */
const unknown: Record<string, (sound: KeptMessage, scene: Scene) => Crafted> = {
  'unknown sync': (sound, { company }) => renamed(sound, company.sync, 'syn_0000000000000000'),
  'unknown tenant': (sound, { company }) => renamed(sound, company.tenant.tenant, 'ten_0000000000000000'),
};

/** Sound, and no longer of any use. */
const outdated: Record<string, (sound: KeptMessage) => Crafted> = {
  'lower claim': ({ headers, value }) => ({
    headers: { ...headers, ...(headers['claim'] === undefined ? {} : { claim: '0' }) },
    value: Buffer.from(value.toString('latin1').replace(/"claim":\d+/, '"claim":0'), 'latin1'),
  }),
};

/** Messages that are poison in every way known, on every topic, among the sync's own. */
export const poison: Fault = {
  name: 'poison messages',
  fetchMs: 3_000,
  async inject(scene) {
    const { random, company } = scene;
    const done = await sendIntoTopics(scene, (name, lying) => {
      const sound = newestOf(lying, company.sync);
      const ended = lying.find(({ key }) => !key.startsWith(`${company.sync}:`));
      const model = sound ?? ended;
      if (model === undefined) return [];
      const tag = (header: string, kind: string, { headers, value }: Crafted): SentMessage => ({
        ...{ key: model.key, value, headers: { ...headers, [header]: kind } },
        partition: partitionFor(name, random),
      });
      const messages: SentMessage[] = [];
      for (const [kind, make] of Object.entries(unreadable)) messages.push(tag(poisonHeader, kind, make(model)));
      for (const [kind, make] of Object.entries(unknown)) messages.push(tag(poisonHeader, kind, make(model, scene)));
      if (sound !== undefined) {
        for (const [kind, make] of Object.entries(outdated)) messages.push(tag(copyHeader, kind, make(sound)));
      }
      if (ended !== undefined && name !== 'sync-commands') messages.push(tag(copyHeader, 'a sync that ended', ended));
      return messages;
    });
    if (done === null) return noFault;
    return { faults: done.sent > 0 ? 1 : 0, note: `${String(done.sent)} messages, ${done.hit}` };
  },
};

function newestOf(messages: readonly KeptMessage[], sync: string): KeptMessage | undefined {
  return messages.findLast(
    ({ key, headers, value }) =>
      headers[poisonHeader] === undefined &&
      headers['schema'] !== undefined &&
      (key.startsWith(`${sync}:`) || value.includes(sync)),
  );
}

function renamed({ headers, value }: KeptMessage, from: string, to: string): Crafted {
  return {
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, text === from ? to : text])),
    value: Buffer.from(value.toString('latin1').replaceAll(from, to), 'latin1'),
  };
}

function partitionFor(name: TopicName, random: SeededRandom): number {
  return name === 'sync-commands' ? 0 : random.whole(0, 3);
}
