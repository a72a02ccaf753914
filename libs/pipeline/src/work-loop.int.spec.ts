import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqliteDatabase, SqliteLeaseStore } from '#adapter-sqlite';
import { type LeaseStore, SystemClock } from '#core';
import { type Work, WorkLoop, type WorkLoopOptions } from './work-loop.js';

let database: SqliteDatabase;
let leases: LeaseStore;
let loops: WorkLoop[];
let errors: [string, unknown][];

beforeEach(() => {
  database = SqliteDatabase.open({ memory: true });
  leases = new SqliteLeaseStore(database, new SystemClock());
  loops = [];
  errors = [];
});

afterEach(async () => {
  await Promise.all(loops.map(async (loop) => loop.stop()));
  database.close();
});

function loop(find: () => Promise<Work[]>, options: Partial<WorkLoopOptions> = {}): WorkLoop {
  const made = new WorkLoop({
    name: 'test',
    leases,
    find,
    onError: (key, error) => errors.push([key, error]),
    intervalMs: 60_000,
    ...options,
  });
  loops.push(made);
  return made;
}

describe('WorkLoop', () => {
  it('does what it finds at the start, and gives the lease back', async () => {
    let isDone = false;
    const run = async () => {
      isDone = true;
    };
    loop(async () => (isDone ? [] : [{ key: 'a', run }])).start();
    await vi.waitFor(() => expect(isDone).toBe(true));
    await vi.waitFor(async () => expect(await leases.acquire('a', 'somebody', 1000)).toMatchObject({ claim: 2 }));
  });

  it('looks again when woken, also while it works', async () => {
    const ran: string[] = [];
    let release: () => void = () => undefined;
    const first = new Promise<void>((resolve) => (release = resolve));
    const todo = new Set(['a']);
    const made = loop(async () =>
      [...todo].map((key) => ({
        key,
        run: async () => {
          ran.push(key);
          if (key === 'a' && ran.length === 1) await first;
          else todo.delete(key);
        },
      })),
    );
    made.start();
    await vi.waitFor(() => expect(ran).toEqual(['a']));
    todo.add('b');
    made.wake();
    await vi.waitFor(() => expect(ran).toEqual(['a', 'b']));
    release();
    // Woken meanwhile: what was still to be done of `a` is found at once.
    await vi.waitFor(() => expect(ran).toEqual(['a', 'b', 'a']));
  });

  it('shares work: one key is in one hand at a time', async () => {
    let inHand = 0;
    let most = 0;
    let runs = 0;
    const find = async () => [
      {
        key: 'shared',
        run: async () => {
          inHand += 1;
          most = Math.max(most, inHand);
          await sleep(20);
          inHand -= 1;
          runs += 1;
        },
      },
    ];
    loop(find, { intervalMs: 10 }).start();
    loop(find, { intervalMs: 10 }).start();
    await vi.waitFor(() => expect(runs).toBeGreaterThan(4));
    expect(most).toBe(1);
  });

  it('does no more at once than it may, and all in the end', async () => {
    let inHand = 0;
    let most = 0;
    const todo = new Set(['a', 'b', 'c', 'd', 'e']);
    const find = async () =>
      [...todo].map((key) => ({
        key,
        run: async () => {
          inHand += 1;
          most = Math.max(most, inHand);
          await sleep(5);
          inHand -= 1;
          todo.delete(key);
        },
      }));
    loop(find, { maxConcurrent: 2 }).start();
    await vi.waitFor(() => expect(todo.size).toBe(0));
    expect(most).toBe(2);
  });

  it('aborts work whose lease has passed to somebody else', async () => {
    let aborted = false;
    const find = async () => [
      {
        key: 'lost',
        run: async (lease: { key: string; holder: string; claim: number }, signal: AbortSignal) => {
          await leases.release(lease);
          await leases.acquire('lost', 'thief', 60_000);
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          aborted = true;
        },
      },
    ];
    loop(find, { ttlMs: 60 }).start();
    await vi.waitFor(() => expect(aborted).toBe(true));
  });

  it('lets work that failed rest before it is tried again', async () => {
    let tries = 0;
    const made = loop(async () => [
      {
        key: 'broken',
        run: async () => {
          tries += 1;
          throw new Error('not today');
        },
      },
    ]);
    made.start();
    await vi.waitFor(() => expect(errors).toHaveLength(1));
    made.wake();
    await sleep(30);
    expect(tries).toBe(1);
    expect(errors[0]?.[0]).toBe('broken');
  });

  it('stops when told, after aborting what runs', async () => {
    let isAborted = false;
    const made = loop(async () => [
      {
        key: 'long',
        run: async (_lease, signal) => {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          isAborted = true;
        },
      },
    ]);
    made.start();
    await vi.waitFor(async () => expect(await leases.claimOf('long')).toBe(1));
    await made.stop();
    expect(isAborted).toBe(true);
    expect(errors).toEqual([]);
  });
});
