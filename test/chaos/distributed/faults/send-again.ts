import type { SeededRandom } from '../../seeded-random.js';
import { type Fault, noFault } from '../fault.js';
import { copyHeader } from '../offsets-check.js';
import type { KeptMessage } from '../topic-reader.js';
import { sendIntoTopics } from './send-into-topics.js';

const mostPerTopic = 12;

/** What was delivered comes once more, in another order and on other partitions: this sync's, and those that ended. */
export const sendAgain: Fault = {
  name: 'duplicates, reordered',
  fetchMs: 3_000,
  async inject(scene) {
    const { random } = scene;
    const done = await sendIntoTopics(scene, (_name, lying) => {
      const partitions = 1 + Math.max(0, ...lying.map(({ partition }) => partition));
      return some(lying, random).map(({ key, headers, value }) => ({
        ...{ key, value, headers: { ...headers, [copyHeader]: 'again' } },
        partition: random.whole(0, partitions - 1),
      }));
    });
    if (done === null) return noFault;
    const { hit, sent } = done;
    return { faults: sent > 0 ? 1 : 0, note: `${String(sent)} messages, ${hit}`, redelivered: sent };
  },
};

/** Mostly of the newest, and some of any age, in any order. */
function some(messages: readonly KeptMessage[], random: SeededRandom): KeptMessage[] {
  const sound = messages.filter(({ headers }) => headers['schema'] !== undefined);
  const newest = sound.slice(-mostPerTopic);
  const any = sound.length === 0 ? [] : Array.from({ length: 4 }, () => random.pick(sound));
  return [...newest, ...any]
    .map((message) => ({ message, place: random.next() }))
    .sort((left, right) => left.place - right.place)
    .map(({ message }) => message);
}
