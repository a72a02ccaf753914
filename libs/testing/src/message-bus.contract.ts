import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delivery, EncodedMessage, MessageBus, SubscribeOptions } from '#core';
import type { ContractFactory, ContractSubject } from './contract.js';

const address = 'muster.contract';
const group = 'group-a';
const partitions = 4;

function message(text: string, key = text): EncodedMessage {
  return { key, headers: { text }, value: Buffer.from(`value of ${text}`) };
}

function numbered(count: number, key?: string): EncodedMessage[] {
  return Array.from({ length: count }, (_, index) => message(`m${String(index)}`, key));
}

function text(delivery: Delivery): string {
  return delivery.headers['text'] ?? '';
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(async () => expect(await condition()).toBe(true), { timeout: 20_000, interval: 2 });
}

/** Gives whatever might wrongly come a fair chance to come. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await nextTurn();
  await new Promise((resolve) => setTimeout(resolve, 30));
}

interface Gate {
  opened: Promise<void>;
  open: () => void;
}

function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

/** What every message bus keeps. */
export function describeMessageBusContract(name: string, factory: ContractFactory<MessageBus>): void {
  describe(`${name}: message bus contract`, () => {
    let subject: ContractSubject<MessageBus>;
    let bus: MessageBus;

    beforeEach(async () => {
      subject = await factory();
      bus = subject.port;
      await bus.createTopics([{ address, partitions }]);
    });
    afterEach(() => subject.dispose());

    /** Subscribes a consumer that notes what it gets and acknowledges it. */
    async function consume(seen: Delivery[], change: Partial<SubscribeOptions> = {}, on: MessageBus = bus) {
      return on.subscribe({
        address,
        group,
        maxBatch: 10,
        handle: async (batch) => {
          seen.push(...batch);
          await batch.at(-1)?.ack();
        },
        ...change,
      });
    }

    it('hands out what was published: address, key, headers and bytes', async () => {
      const seen: Delivery[] = [];
      await consume(seen);
      const value = Uint8Array.from({ length: 256 }, (_, index) => index);
      await bus.publish(address, [{ key: 'k', headers: { a: '1', ü: '✓' }, value }]);
      await until(() => seen.length === 1);
      expect(seen[0]).toMatchObject({ address, key: 'k', headers: { a: '1', ü: '✓' }, offset: 0 });
      expect(Buffer.from(seen[0]!.value).equals(value)).toBe(true);
    });

    it('carries an empty value and one of 3 MiB', async () => {
      const seen: Delivery[] = [];
      await consume(seen);
      const large = Buffer.alloc(3 * 1024 * 1024, 'muster ');
      await bus.publish(address, [
        { key: 'k', headers: {}, value: new Uint8Array(0) },
        { key: 'k', headers: {}, value: large },
      ]);
      await until(() => seen.length === 2);
      expect(seen.map(({ value }) => value.length)).toEqual([0, large.length]);
      expect(large.equals(seen[1]!.value)).toBe(true);
    });

    it('carries values of any size, in order and bit by bit, whether they can be packed or not', async () => {
      const values = [
        Buffer.from('small'),
        Buffer.alloc(20 * 1024 * 1024, 'the same again and again '),
        randomBytes(4 * 1024 * 1024),
        randomBytes(19 * 1024 * 1024),
        Buffer.from('small again'),
      ];
      const headers = { kind: 'planned' };
      await bus.publish(
        address,
        values.map((value) => ({ key: 'k', headers, value })),
      );
      const seen: Delivery[] = [];
      await consume(seen);
      await until(() => seen.length === values.length);
      expect(seen.map(({ value }) => value.length)).toEqual(values.map(({ length }) => length));
      seen.forEach(({ value }, index) => expect(values[index]!.equals(value), `value ${String(index)}`).toBe(true));
      for (const delivery of seen) expect(delivery.headers).toEqual(headers);
    });

    it('keeps for later what was published before anyone subscribed', async () => {
      await bus.publish(address, numbered(20));
      const seen: Delivery[] = [];
      await consume(seen);
      await until(() => seen.length === 20);
      expect(new Set(seen.map(text)).size).toBe(20);
    });

    it('does nothing for an empty publish', async () => {
      await bus.publish(address, []);
      await consume([]);
      expect(await bus.lag(address, group)).toBe(0);
    });

    it('refuses to publish or subscribe to a topic that was never created', async () => {
      await expect(bus.publish('muster.unknown', [message('a')])).rejects.toThrow();
      await expect(consume([], { address: 'muster.unknown' })).rejects.toThrow();
    });

    it('creates missing topics and leaves existing ones alone', async () => {
      await bus.publish(address, numbered(40));
      await bus.createTopics([
        { address, partitions: 1 },
        { address: 'muster.other', partitions: 1 },
      ]);
      await bus.publish(address, numbered(40));
      const seen: Delivery[] = [];
      await consume(seen);
      await until(() => seen.length === 80);
      expect(new Set(seen.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2, 3]));
      const other: Delivery[] = [];
      await consume(other, { address: 'muster.other' });
      await bus.publish('muster.other', numbered(3));
      await until(() => other.length === 3);
    });

    it('sends the same key always to the same partition, also after a restart', async () => {
      const seen: Delivery[] = [];
      await consume(seen);
      await bus.publish(address, numbered(30));
      await until(() => seen.length === 30);
      await until(async () => (await bus.lag(address, group)) === 0);
      const before = new Map(seen.map((delivery) => [delivery.key, delivery.partition]));
      const again = await subject.reopen();
      const later: Delivery[] = [];
      await consume(later, {}, again);
      await again.publish(address, numbered(30));
      await until(() => later.length === 30);
      expect(new Map(later.map((delivery) => [delivery.key, delivery.partition]))).toEqual(before);
    });

    it('hands out the messages of a partition in order, offsets rising by one', async () => {
      const seen: Delivery[] = [];
      await consume(seen, { maxBatch: 7 });
      const messages = numbered(100, 'one key');
      for (let from = 0; from < 100; from += 20) await bus.publish(address, messages.slice(from, from + 20));
      await until(() => seen.length === 100);
      expect(seen.map(text)).toEqual(messages.map(({ headers }) => headers['text']));
      expect(seen.map(({ offset }) => offset)).toEqual(messages.map((_, index) => index));
    });

    it('never gives an offset twice, even when everything before it is gone', async () => {
      const seen: Delivery[] = [];
      await consume(seen);
      await bus.publish(address, numbered(5, 'k'));
      await until(async () => (await bus.lag(address, group)) === 0);
      await settle();
      const again = await subject.reopen();
      const later: Delivery[] = [];
      await consume(later, {}, again);
      await again.publish(address, [message('next', 'k')]);
      await until(() => later.length === 1);
      expect(later[0]?.offset).toBe(5);
    });

    it('hands out batches of one partition, in order, no longer than asked for', async () => {
      const batches: Delivery[][] = [];
      await bus.publish(address, numbered(200));
      await consume([], {
        maxBatch: 8,
        handle: async (batch) => {
          batches.push(batch);
          await batch.at(-1)?.ack();
        },
      });
      await until(() => batches.flat().length === 200);
      for (const batch of batches) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(8);
        expect(new Set(batch.map(({ partition }) => partition)).size).toBe(1);
        const [start] = batch;
        expect(batch.map(({ offset }) => offset)).toEqual(batch.map((_, index) => start!.offset + index));
      }
    });

    it('gives every group every message', async () => {
      const a: Delivery[] = [];
      const b: Delivery[] = [];
      await consume(a, { group: 'group-a' });
      await consume(b, { group: 'group-b' });
      await bus.publish(address, numbered(30));
      await until(() => a.length === 30 && b.length === 30);
      await settle();
      expect([a.length, b.length]).toEqual([30, 30]);
    });

    it('shares the partitions among the consumers of a group', async () => {
      const a: Delivery[] = [];
      const b: Delivery[] = [];
      await consume(a);
      await consume(b);
      await settle();
      await bus.publish(address, numbered(100));
      await until(() => new Set([...a, ...b].map(text)).size === 100);
      await settle();
      expect(a.length).toBeGreaterThan(0);
      expect(b.length).toBeGreaterThan(0);
      expect(a.length + b.length).toBe(100);
      const shared = a.filter(({ partition }) => b.some((other) => other.partition === partition));
      expect(shared).toEqual([]);
    });

    it('never calls a group’s handlers twice at once for one partition', async () => {
      const busy = new Set<number>();
      let overlaps = 0;
      let count = 0;
      const handle = async (batch: Delivery[]): Promise<void> => {
        const partition = batch[0]!.partition;
        if (busy.has(partition)) overlaps += 1;
        busy.add(partition);
        await nextTurn();
        await nextTurn();
        busy.delete(partition);
        await batch.at(-1)?.ack();
        count += batch.length;
      };
      await consume([], { maxBatch: 2, handle });
      await bus.publish(address, numbered(60));
      await consume([], { maxBatch: 2, handle });
      await bus.publish(address, numbered(60));
      await until(async () => count >= 120 && (await bus.lag(address, group)) === 0);
      expect(overlaps).toBe(0);
    });

    it('goes on with the other partitions while one is being worked on', async () => {
      const slow = gate();
      const done = new Set<string>();
      let stuck: number | null = null;
      await bus.publish(address, numbered(100));
      await consume([], {
        handle: async (batch) => {
          stuck ??= batch[0]!.partition;
          if (batch[0]!.partition === stuck) await slow.opened;
          for (const delivery of batch) done.add(text(delivery));
          await batch.at(-1)?.ack();
        },
      });
      await until(() => done.size > 50);
      slow.open();
      await until(() => done.size === 100);
    });

    it('lets a message of another topic through while a long backlog is worked off', async () => {
      await bus.createTopics([{ address: 'muster.contract.quick', partitions: 1 }]);
      await bus.publish(address, numbered(400));
      let bulk = 0;
      let bulkBeforeQuick = -1;
      await consume([], {
        maxBatch: 1,
        handle: async (batch) => {
          bulk += batch.length;
          await batch.at(-1)?.ack();
        },
      });
      await consume([], {
        address: 'muster.contract.quick',
        handle: async (batch) => {
          bulkBeforeQuick = bulk;
          await batch.at(-1)?.ack();
        },
      });
      await until(() => bulk > 0);
      await bus.publish('muster.contract.quick', [message('now')]);
      await until(() => bulkBeforeQuick >= 0 && bulk === 400);
      expect(bulkBeforeQuick).toBeLessThan(400);
    });

    it('acknowledges those before it with a message', async () => {
      await bus.publish(address, numbered(6, 'k'));
      await consume([], { handle: async (batch) => batch.at(-2)?.ack() });
      await until(async () => (await bus.lag(address, group)) === 1);
    });

    it('does not take back an acknowledgement when an earlier message is acknowledged later', async () => {
      await bus.publish(address, numbered(6, 'k'));
      await consume([], {
        handle: async (batch) => {
          await batch.at(-1)?.ack();
          await batch[0]?.ack();
        },
      });
      await until(async () => (await bus.lag(address, group)) === 0);
      await settle();
      expect(await bus.lag(address, group)).toBe(0);
    });

    it('has committed an acknowledgement when it resolves', async () => {
      await bus.publish(address, numbered(3, 'k'));
      let lag = -1;
      await consume([], {
        handle: async (batch) => {
          await batch.at(-1)?.ack();
          lag = await bus.lag(address, group);
        },
      });
      await until(() => lag >= 0);
      expect(lag).toBe(0);
    });

    it('hands out the next messages after a handler that resolved without acknowledging', async () => {
      const seen: string[] = [];
      await bus.publish(address, numbered(4, 'k'));
      await consume([], {
        maxBatch: 1,
        handle: async (batch) => {
          seen.push(...batch.map(text));
        },
      });
      await until(() => seen.length === 4);
      await settle();
      expect(seen).toEqual(['m0', 'm1', 'm2', 'm3']);
      expect(await bus.lag(address, group)).toBe(4);
    });

    it('hands out again, to the next consumer, what was not acknowledged', async () => {
      await bus.publish(address, numbered(4, 'k'));
      const first: Delivery[] = [];
      const subscription = await consume([], {
        maxBatch: 1,
        handle: async (batch) => {
          first.push(...batch);
          if (text(batch[0]!) === 'm1') await batch[0]?.ack();
        },
      });
      await until(() => first.length === 4);
      await subscription.stop();
      const second: Delivery[] = [];
      await consume(second);
      await until(() => second.length === 2);
      expect(second.map(text)).toEqual(['m2', 'm3']);
    });

    it('hands out again after a restart what was not acknowledged, and nothing else', async () => {
      await bus.publish(address, numbered(10, 'k'));
      let handed = false;
      await consume([], {
        handle: async (batch) => {
          await batch[6]?.ack();
          handed = true;
        },
      });
      await until(() => handed);
      const again = await subject.reopen();
      const seen: Delivery[] = [];
      await consume(seen, {}, again);
      await until(() => seen.length === 3);
      await settle();
      expect(seen.map(text)).toEqual(['m7', 'm8', 'm9']);
      expect(seen.map(({ offset }) => offset)).toEqual([7, 8, 9]);
    });

    it('keeps what was published over a restart', async () => {
      await bus.publish(address, numbered(50));
      const again = await subject.reopen();
      const seen: Delivery[] = [];
      await consume(seen, {}, again);
      await until(() => seen.length === 50);
    });

    it('hands out the same messages again when the handler rejects', async () => {
      const calls: string[][] = [];
      await bus.publish(address, numbered(3, 'k'));
      await consume([], {
        handle: async (batch) => {
          calls.push(batch.map(text));
          if (calls.length < 3) throw new Error('the store is away');
          await batch.at(-1)?.ack();
        },
      });
      await until(() => calls.length === 3);
      await settle();
      expect(calls).toEqual([
        ['m0', 'm1', 'm2'],
        ['m0', 'm1', 'm2'],
        ['m0', 'm1', 'm2'],
      ]);
      expect(await bus.lag(address, group)).toBe(0);
    });

    it('hands out no more of a rejected batch than was not acknowledged', async () => {
      const calls: string[][] = [];
      await bus.publish(address, numbered(4, 'k'));
      await consume([], {
        handle: async (batch) => {
          calls.push(batch.map(text));
          if (calls.length === 1) {
            await batch[1]?.ack();
            throw new Error('the store is away');
          }
          await batch.at(-1)?.ack();
        },
      });
      await until(() => calls.length === 2);
      expect(calls[1]).toEqual(['m2', 'm3']);
    });

    it('hands out nothing while paused, and goes on when resumed', async () => {
      const seen: Delivery[] = [];
      const subscription = await consume(seen);
      subscription.pause();
      await bus.publish(address, numbered(10));
      await settle();
      expect(seen).toEqual([]);
      subscription.resume();
      await until(() => seen.length === 10);
    });

    it('finishes what is in hand when paused', async () => {
      const work = gate();
      const seen: string[] = [];
      await bus.publish(address, numbered(2, 'k'));
      let started = false;
      const subscription = await consume([], {
        maxBatch: 1,
        handle: async (batch) => {
          started = true;
          await work.opened;
          seen.push(...batch.map(text));
          await batch.at(-1)?.ack();
        },
      });
      await until(() => started);
      subscription.pause();
      work.open();
      await until(() => seen.length === 1);
      await settle();
      expect(seen).toEqual(['m0']);
      expect(await bus.lag(address, group)).toBe(1);
    });

    it('leaves other groups at work while one is paused', async () => {
      const a: Delivery[] = [];
      const b: Delivery[] = [];
      (await consume(a, { group: 'group-a' })).pause();
      await consume(b, { group: 'group-b' });
      await bus.publish(address, numbered(10));
      await until(() => b.length === 10);
      expect(a).toEqual([]);
    });

    it('stops when what was in hand is finished, and hands out nothing afterwards', async () => {
      const work = gate();
      let started = false;
      const seen: string[] = [];
      await bus.publish(address, numbered(2, 'k'));
      const subscription = await consume([], {
        maxBatch: 1,
        handle: async (batch) => {
          started = true;
          await work.opened;
          seen.push(...batch.map(text));
          await batch.at(-1)?.ack();
        },
      });
      await until(() => started);
      let stopped = false;
      const stopping = subscription.stop().then(() => {
        stopped = true;
      });
      await settle();
      expect(stopped).toBe(false);
      work.open();
      await stopping;
      expect(seen).toEqual(['m0']);
      await bus.publish(address, numbered(5));
      await settle();
      expect(seen).toEqual(['m0']);
    });

    it('gives the partitions of a consumer that stopped to the others of its group', async () => {
      const a: Delivery[] = [];
      const b: Delivery[] = [];
      const leaving = await consume(a);
      await consume(b);
      await leaving.stop();
      await bus.publish(address, numbered(40));
      await until(() => b.length === 40);
      expect(a).toEqual([]);
    });

    it('starts a new group from the earliest message that is kept', async () => {
      await bus.publish(address, numbered(10));
      await bus.publish(address, numbered(10));
      const seen: Delivery[] = [];
      await consume(seen, { group: 'late' });
      await until(() => seen.length === 20);
    });

    it('counts as lag what a group has not acknowledged, of each group for itself', async () => {
      await consume([], { group: 'idle', handle: async () => undefined });
      await bus.publish(address, numbered(10));
      expect(await bus.lag(address, 'idle')).toBe(10);
      const seen: Delivery[] = [];
      await consume(seen, { group: 'busy' });
      await until(async () => (await bus.lag(address, 'busy')) === 0);
      expect(await bus.lag(address, 'idle')).toBe(10);
    });

    it('counts every kept message as lag of a group that never subscribed', async () => {
      await bus.publish(address, numbered(10));
      expect(await bus.lag(address, 'nobody')).toBe(10);
    });

    it('answers a ping', async () => {
      await expect(bus.ping()).resolves.toBeUndefined();
    });
  });
}
