import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Delivery, EncodedMessage } from '#core';
import { describeMessageBusContract, sqliteSubjectInMemory, sqliteSubjectOnDisk } from '#testing';
import { SqliteDatabase } from './sqlite-database.js';
import { SqliteMessageBus } from './sqlite-message-bus.js';

describeMessageBusContract('SQLite on disk', () => sqliteSubjectOnDisk((database) => new SqliteMessageBus(database)));
describeMessageBusContract('SQLite in memory', () =>
  sqliteSubjectInMemory((database) => new SqliteMessageBus(database)),
);

describe('SqliteMessageBus', () => {
  const address = 'muster.test';
  let database: SqliteDatabase;
  let bus: SqliteMessageBus;

  beforeEach(async () => {
    database = SqliteDatabase.open({ memory: true });
    bus = new SqliteMessageBus(database);
    await bus.createTopics([{ address, partitions: 2 }]);
  });
  afterEach(() => {
    if (database.isOpen) database.close();
  });

  function messages(count: number, bytes: number): EncodedMessage[] {
    return Array.from({ length: count }, (_, index) => ({
      key: `k${String(index)}`,
      headers: {},
      value: new Uint8Array(bytes),
    }));
  }

  function kept(): unknown {
    return database.prepare('SELECT count(*) AS n FROM log_messages').get()?.['n'];
  }

  const acknowledge = async (batch: Delivery[]): Promise<void> => batch.at(-1)?.ack();

  it('deletes what every group has acknowledged, so that the file does not grow', async () => {
    await bus.subscribe({ address, group: 'a', maxBatch: 10, handle: acknowledge });
    await bus.subscribe({ address, group: 'b', maxBatch: 3, handle: acknowledge });
    for (let round = 0; round < 10; round += 1) {
      await bus.publish(address, messages(40, 20_000));
      await vi.waitFor(() => expect(kept()).toBe(0), { timeout: 10_000 });
    }
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    const pageSize = Number(database.prepare('PRAGMA page_size').get()?.['page_size']);
    // One round is 0.8 MB; ten would be 8.
    expect(pages * pageSize).toBeLessThan(3_000_000);
  });

  it('keeps what a known group has not acknowledged, although another has', async () => {
    const slow = await bus.subscribe({ address, group: 'slow', maxBatch: 1, handle: acknowledge });
    slow.pause();
    await bus.subscribe({ address, group: 'fast', maxBatch: 10, handle: acknowledge });
    await bus.publish(address, messages(50, 10));
    await vi.waitFor(async () => expect(await bus.lag(address, 'fast')).toBe(0));
    for (let turn = 0; turn < 10; turn += 1) await nextTurn();
    expect(kept()).toBe(50);
    slow.resume();
    await vi.waitFor(() => expect(kept()).toBe(0));
  });

  it('hands out less than asked for when messages are large', async () => {
    const sizes: number[] = [];
    await bus.publish(
      address,
      messages(20, 1_000_000).map((message) => ({ ...message, key: 'one' })),
    );
    await bus.subscribe({
      address,
      group: 'a',
      maxBatch: 100,
      handle: async (batch) => {
        sizes.push(batch.length);
        await acknowledge(batch);
      },
    });
    await vi.waitFor(() => expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(20));
    expect(Math.max(...sizes)).toBe(5);
  });

  it('gives the event loop a turn between batches', async () => {
    let turns = 0;
    let batches = 0;
    const turnsAtBatch: number[] = [];
    const count = (): void => {
      turns += 1;
      if (batches < 20) setImmediate(count);
    };
    await bus.publish(address, messages(40, 10));
    setImmediate(count);
    await bus.subscribe({
      address,
      group: 'a',
      maxBatch: 2,
      handle: async () => {
        batches += 1;
        turnsAtBatch.push(turns);
      },
    });
    await vi.waitFor(() => expect(batches).toBeGreaterThanOrEqual(20));
    expect(new Set(turnsAtBatch).size).toBe(turnsAtBatch.length);
  });

  it('pauses 100 ms after a rejection, twice as long after each further one, at most 5 s, a quarter more or less', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    try {
      let calls = 0;
      const handle = async (batch: Delivery[]): Promise<void> => {
        calls += 1;
        if (calls <= 9) throw new Error('the store is away');
        await acknowledge(batch);
      };
      await bus.subscribe({ address, group: 'a', maxBatch: 10, handle });
      await bus.publish(address, messages(1, 10));
      const turns = async (): Promise<void> => {
        for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      };
      await turns();
      for (const [index, pause] of [100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000].entries()) {
        expect(calls).toBe(index + 1);
        vi.advanceTimersByTime(pause * 0.75 - 1);
        await turns();
        expect(calls).toBe(index + 1);
        vi.advanceTimersByTime(pause * 0.5 + 2);
        await turns();
      }
      expect(calls).toBe(10);
      expect(await bus.lag(address, 'a')).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('rejects a publish with storeFull when there is no room, keeps what it had, and goes on with room', async () => {
    await bus.publish(address, messages(3, 1000));
    const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
    database.prepare(`PRAGMA max_page_count = ${String(pages + 2)}`).get();
    await expect(bus.publish(address, messages(3, 1_000_000))).rejects.toMatchObject({ code: 'storeFull' });
    expect(await bus.lag(address, 'a')).toBe(3);
    database.prepare('PRAGMA max_page_count = 1000000').get();
    await bus.publish(address, messages(3, 1_000_000));
    const seen: Delivery[] = [];
    await bus.subscribe({
      address,
      group: 'a',
      maxBatch: 10,
      handle: async (batch) => {
        seen.push(...batch);
        await acknowledge(batch);
      },
    });
    await vi.waitFor(() => expect(seen).toHaveLength(6));
    for (const partition of [0, 1]) {
      const offsets = seen.filter((delivery) => delivery.partition === partition).map(({ offset }) => offset);
      expect(offsets).toEqual(offsets.map((_, index) => index));
    }
  });

  it('is away when the database is closed', async () => {
    database.close();
    await expect(bus.ping()).rejects.toMatchObject({ code: 'storeUnavailable' });
    await expect(bus.publish(address, messages(1, 1))).rejects.toMatchObject({ code: 'storeUnavailable' });
  });
});
