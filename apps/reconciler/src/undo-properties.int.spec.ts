import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emailKey, employeeIdKey, type User } from '#core';
import {
  looseLimits,
  numberedRecord,
  SyncHarness,
  type SourceRecord,
  type SyncPlan,
  type SyncResult,
} from './sync-harness.spec.js';

/** Few keys for many people, so that they pass on: from leavers to joiners, in swaps and circles. */
function company(people: number): fc.Arbitrary<SourceRecord[]> {
  return fc
    .uniqueArray(
      fc.record({
        id: fc.nat(people - 1),
        mail: fc.nat(people + 1),
        num: fc.option(fc.nat(people + 1)),
        name: fc.constantFrom('Ada', 'Grace', 'Kurt'),
        active: fc.constantFrom(true, true, true, true, false),
        scope: fc.constantFrom('in' as const, 'in' as const, 'in' as const, 'out' as const),
      }),
      { maxLength: people, selector: ({ id }) => id },
    )
    .map((found) => found.map((one) => numberedRecord(one)));
}

const step = fc.record({
  records: company(8),
  extent: fc.constantFrom('full' as const, 'full' as const, 'delta' as const),
});

/** What a history does next. */
const turn = fc.oneof(
  { weight: 3, arbitrary: step.map((plan) => ({ kind: 'sync' as const, ...plan })) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), of: fc.nat(9) }) },
);

interface Picture {
  /** Active users by id: what the rest of the world sees. */
  active: Record<string, unknown>;
}

async function pictureOf(harness: SyncHarness): Promise<Picture> {
  const users = await harness.users();
  return { active: Object.fromEntries(users.filter(isActive).map((user) => [user.id, seen(user)])) };
}

function isActive({ status }: User): boolean {
  return status === 'active';
}

function seen({ attributes, role, owner, manager }: User) {
  return { attributes, role, owner, manager };
}

async function withHarness<Result>(use: (harness: SyncHarness) => Promise<Result>): Promise<Result> {
  const harness = new SyncHarness(looseLimits);
  try {
    return await use(harness);
  } finally {
    harness.close();
  }
}

function statesOf({ totals }: SyncResult): Set<string | null> {
  return new Set(totals.map(({ state }) => state));
}

/** Every item twice, from the last to the first. */
const disorder: NonNullable<SyncPlan['deliver']> = (items) => [...items, ...items].reverse();

const runs = { numRuns: 60 };

describe('an undo after any history', () => {
  it('brings back the active users and their values, and an undo of it what the sync had made', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 3 }),
        step,
        fc.integer({ min: 1, max: 5 }),
        async (past, last, pageSize) =>
          withHarness(async (harness) => {
            for (const { records, ...plan } of past) await harness.run(records, plan);
            const before = await pictureOf(harness);
            const sync = await harness.run(last.records, { extent: last.extent });
            const after = await pictureOf(harness);

            const undo = await harness.undo(sync, { pageSize });
            expect(await pictureOf(harness)).toEqual(before);
            const redo = await harness.undo(undo, { pageSize });
            expect(await pictureOf(harness)).toEqual(after);
            await harness.undo(redo, { pageSize });
            expect(await pictureOf(harness)).toEqual(before);
            for (const result of [undo, redo])
              expect([...statesOf(result)].filter((state) => state !== 'applied')).toEqual([]);
          }),
      ),
      runs,
    );
  });

  it('ends the same however often and in which order pages and slices come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
        const passage = async (deliver: SyncPlan['deliver']) =>
          withHarness(async (harness) => {
            let last: SyncResult | null = null;
            for (const { records, ...plan } of steps) last = await harness.run(records, plan);
            if (last === null) return null;
            const undo = await harness.undo(last, deliver === undefined ? {} : { deliver });
            return { rows: undo.rows, planHash: undo.header.planHash, directory: await harness.dump() };
          });
        expect(await passage(disorder)).toEqual(await passage(undefined));
      }),
      runs,
    );
  });

  it('never touches whom something else has changed since, and keeps keys unique, whatever is undone when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(turn, { minLength: 2, maxLength: 7 }), async (turns) =>
        withHarness(async (harness) => {
          const done: SyncResult[] = [];
          for (const next of turns) {
            if (next.kind === 'sync') {
              done.push(await harness.run(next.records, { extent: next.extent }));
              continue;
            }
            const undone = done[next.of % Math.max(1, done.length)];
            if (undone === undefined) continue;
            const before = new Map((await harness.users()).map((user) => [user.id, user]));
            const dry = await harness.undo(undone, { mode: 'dry' });
            expect(new Map((await harness.users()).map((user) => [user.id, user]))).toEqual(before);
            const undo = await harness.undo(undone);
            done.push(undo);
            expect(meaningOf(undo)).toEqual(meaningOf(dry));
            const after = new Map((await harness.users()).map((user) => [user.id, user]));
            const written = new Set(undo.rows.filter(isApplied).map(({ userId }) => userId));
            for (const [id, user] of after) if (!written.has(id)) expect(user).toEqual(before.get(id));
            for (const row of undo.rows) {
              const was = undone.rows.find(({ seq }) => seq === row.detail?.undoes);
              const version = row.userId === null ? undefined : before.get(row.userId)?.version;
              // Applied is who had the version that the undone outcome made, and nobody else.
              if (isApplied(row)) expect(version).toBe((was?.userVersion ?? 0) + 1);
              if (row.effectiveState === 'drifted') expect(version).not.toBe((was?.userVersion ?? 0) + 1);
            }
            const active = [...after.values()].filter(isActive);
            for (const keys of [
              active.map(({ attributes }) => emailKey(attributes['email'])),
              active.map(({ attributes }) => employeeIdKey(attributes['employeeId'])),
            ]) {
              const given = keys.filter((key) => key !== null);
              expect(new Set(given).size).toBe(given.length);
            }
          }
        }),
      ),
      runs,
    );
  });

  it('lets the next sync of the same snapshot make everything again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 2 }), company(8), async (past, records) =>
        withHarness(async (harness) => {
          for (const { records: earlier, ...plan } of past) await harness.run(earlier, plan);
          const sync = await harness.run(records);
          const after = await pictureOf(harness);
          await harness.undo(sync);
          await harness.run(records);
          expect(await pictureOf(harness)).toEqual(after);
        }),
      ),
      runs,
    );
  });
});

function isApplied({ effectiveState }: SyncResult['rows'][number]): boolean {
  return effectiveState === 'applied';
}

function meaningOf({ rows }: SyncResult) {
  return rows.map(({ seq, outcome, reason, userId, changes, detail, effectiveState }) => ({
    seq,
    outcome,
    reason,
    userId,
    changes,
    transfer: detail?.transfer ?? null,
    isDrifted: effectiveState === 'drifted',
  }));
}
