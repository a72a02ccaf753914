import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SqliteDatabase, SqliteLeaseStore } from '#adapter-sqlite';
import { type Lease, type LeaseStore, SystemClock } from '#core';
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

  it('keeps slots for others while the work of one share hangs, and says what waits', async () => {
    const begun: string[] = [];
    const waiting: number[] = [];
    const hanging = Array.from({ length: 6 }, (_, n) => `a${String(n)}`);
    const todo = new Set([...hanging, 'b']);
    const find = async () => [...todo].map((key) => ({ key, share: [key.slice(0, 1)], run: hang(key) }));
    function hang(key: string) {
      return async (_lease: Lease, signal: AbortSignal) => {
        begun.push(key);
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      };
    }
    const made = loop(find, { maxConcurrent: 4, onWaiting: (count) => waiting.push(count) });
    made.start();
    await vi.waitFor(() => expect(waiting).toEqual([4]));
    expect(begun).toEqual(['a0', 'b', 'a1']);
    todo.add('c');
    made.wake();
    await vi.waitFor(() => expect(begun).toEqual(['a0', 'b', 'a1', 'c']));
    await vi.waitFor(() => expect(waiting).toEqual([4, 4]));
  });

  it('keeps them in every process, and begins what comes while all hang at once', async () => {
    const begun: string[] = [];
    let all = Array.from({ length: 20 }, (_, n) => `a${String(n)}`);
    const find = async () =>
      all.map((key) => ({
        key,
        share: [key.slice(0, 1)],
        run: async (_lease: Lease, signal: AbortSignal) => {
          begun.push(key);
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
        },
      }));
    const looks = [0, 0];
    const two = looks.map((_, n) =>
      loop(find, { maxConcurrent: 4, onWaiting: () => (looks[n] = (looks[n] ?? 0) + 1) }),
    );
    for (const made of two) made.start();
    await vi.waitFor(() => expect(Math.min(...looks)).toBeGreaterThan(0));
    expect(begun).toHaveLength(6);
    all = [...all, 'b', 'c'];
    for (const made of two) made.wake();
    await vi.waitFor(() => expect(begun.slice(6).sort()).toEqual(['b', 'c']));
  });

  it('begins what has waited as soon as its share has room again', async () => {
    const begun: string[] = [];
    const ends = new Map<string, () => void>();
    const todo = new Set(['a1', 'a2', 'b1', 'b2']);
    const find = async () =>
      [...todo].map((key) => ({
        key,
        share: [key.slice(0, 1)],
        run: async () => {
          begun.push(key);
          await new Promise<void>((resolve) => ends.set(key, resolve));
          todo.delete(key);
        },
      }));
    loop(find, { maxConcurrent: 2 }).start();
    await vi.waitFor(() => expect(begun).toEqual(['a1', 'b1']));
    ends.get('b1')?.();
    await vi.waitFor(() => expect(begun).toEqual(['a1', 'b1', 'b2']));
    ends.get('a1')?.();
    await vi.waitFor(() => expect(begun).toEqual(['a1', 'b1', 'b2', 'a2']));
    for (const end of ends.values()) end();
    await vi.waitFor(() => expect(todo.size).toBe(0));
  });

  it('lets others go first when work comes back undone', async () => {
    const ran: string[] = [];
    const todo = new Set(['undone', 'other', 'another']);
    const find = async () =>
      [...todo].map((key) => ({
        key,
        run: async () => {
          ran.push(key);
          if (key !== 'undone') todo.delete(key);
        },
      }));
    const made = loop(find, { maxConcurrent: 1 });
    made.start();
    await vi.waitFor(() => expect(ran).toEqual(['undone', 'other', 'another']));
    made.wake();
    await vi.waitFor(() => expect(ran).toEqual(['undone', 'other', 'another', 'undone']));
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
