import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSafeguardLimits, type OutcomeRow, RejectedRecordError } from '#core';
import { SyncHarness, type SourceRecord, type SyncResult } from './sync-harness.spec.js';

function person(number: number, parts: Partial<SourceRecord> = {}): SourceRecord {
  const n = String(number);
  return { id: `s${n}`, mail: `p${n}@x.example`, num: `N${n}`, name: `Person ${n}`, ...parts };
}

function people(count: number): SourceRecord[] {
  return Array.from({ length: count }, (_, index) => person(index));
}

const short = ({ rows }: SyncResult) =>
  rows.map(({ sourceId, outcome, reason, effectiveState }) => [sourceId, outcome, reason, effectiveState]);

const named = ({ rows }: SyncResult, sourceId: string): OutcomeRow[] => rows.filter((row) => row.sourceId === sourceId);

describe('a sync', () => {
  let harness: SyncHarness;

  beforeEach(() => {
    harness = new SyncHarness();
  });

  afterEach(() => {
    harness.close();
  });

  const statusOf = async (name: string) =>
    (await harness.users()).find(({ attributes }) => attributes['fullName'] === name)?.status;
  const emailOf = async (name: string) =>
    (await harness.users()).find(({ attributes }) => attributes['fullName'] === name)?.attributes['email'];

  it('writes everybody else when the store refuses one person', async () => {
    const write = harness.directory.write.bind(harness.directory);
    vi.spyOn(harness.directory, 'write').mockImplementation((tenant, writes) => {
      if (!writes.some(({ user }) => user.attributes['fullName'] === 'Person 2')) return write(tenant, writes);
      return Promise.reject(new RejectedRecordError('recordRefused', 'this user cannot be stored'));
    });
    const result = await harness.run(people(5));
    const states = result.rows.map(({ sourceId, effectiveState }) => [sourceId, effectiveState]);
    expect(states).toEqual([
      ['s0', 'applied'],
      ['s1', 'applied'],
      ['s2', 'drifted'],
      ['s3', 'applied'],
      ['s4', 'applied'],
    ]);
    expect(named(result, 's2')[0]?.detail?.note).toMatch(/could not be written/);
    vi.restoreAllMocks();
    expect(short(await harness.run(people(5)))).toEqual([['s2', 'created', 'new', 'applied']]);
  });

  it('counts nobody as missing whose record fails under an older id of theirs', async () => {
    const loose = new SyncHarness({ ...defaultSafeguardLimits, inferredRemovals: 1, failures: 1 });
    const somebody = person(0, { id: 'old' });
    const broken = { mail: null, num: null };
    await loose.run([somebody, person(1)]);
    await loose.run([{ ...somebody, id: 'new' }, person(1)]);
    await loose.run([{ ...somebody, ...broken }, person(1)]);
    const result = await loose.run([{ ...somebody, ...broken, id: 'new' }, person(1)]);
    expect(result.rows.filter(({ outcome }) => outcome === 'deprovisioned')).toEqual([]);
    expect((await loose.users()).map(({ status }) => status)).toEqual(['active', 'active']);
    loose.close();
  });

  it('passes an e-mail address from a leaver to a joiner', async () => {
    await harness.run(people(3));
    const result = await harness.run([person(0), person(1), person(9, { mail: 'p2@x.example' })]);
    expect(short(result)).toEqual([
      ['s9', 'created', 'new', 'applied'],
      ['s2', 'deprovisioned', 'missingFromSnapshot', 'applied'],
    ]);
    expect(result.rows.map(({ detail }) => detail?.transfer)).toEqual([2, 2]);
    expect(await emailOf('Person 9')).toBe('p2@x.example');
  });

  it('lets two people swap their addresses and three pass theirs round', async () => {
    await harness.run(people(5));
    await harness.run(
      [
        person(0, { mail: 'p1@x.example' }),
        person(1, { mail: 'p0@x.example' }),
        person(2, { mail: 'p3@x.example' }),
        person(3, { mail: 'p4@x.example' }),
      ].concat(person(4, { mail: 'p2@x.example' })),
    );
    // Five changed addresses are more than a fifth of five people: held, and nobody has lost theirs.
    expect(await emailOf('Person 0')).toBe('p0@x.example');
    const loose = new SyncHarness({ ...defaultSafeguardLimits, emailChanges: 1 });
    await loose.run(people(5));
    const result = await loose.run([
      person(0, { mail: 'p1@x.example' }),
      person(1, { mail: 'p0@x.example' }),
      person(2, { mail: 'p3@x.example' }),
      person(3, { mail: 'p4@x.example' }),
      person(4, { mail: 'p2@x.example' }),
    ]);
    expect(result.rows.map(({ effectiveState, detail }) => [effectiveState, detail?.transfer])).toEqual([
      ['applied', 0],
      ['applied', 0],
      ['applied', 2],
      ['applied', 2],
      ['applied', 2],
    ]);
    loose.close();
  });

  it('holds whoever takes a key from a held leaver, and naming one of them applies both', async () => {
    await harness.run(people(10));
    const after = [...people(6), person(20, { mail: 'p9@x.example' }), person(21)];
    const result = await harness.run(after);
    expect(named(result, 's20')).toMatchObject([{ outcome: 'created', state: 'held' }]);
    expect(named(result, 's21')).toMatchObject([{ outcome: 'created', effectiveState: 'applied' }]);
    expect(await statusOf('Person 9')).toBe('active');
    const joiner = named(result, 's20').map(({ seq }) => seq);
    const approved = await harness.approve(result, { seqs: joiner, includeHeld: true });
    expect(named(approved, 's20')).toMatchObject([{ effectiveState: 'applied' }]);
    expect(named(approved, 's9')).toMatchObject([{ effectiveState: 'applied' }]);
    expect(named(approved, 's8')).toMatchObject([{ effectiveState: 'held' }]);
    expect(await statusOf('Person 9')).toBe('deactivated');
    expect(await statusOf('Person 8')).toBe('active');
  });

  it('applies held and links alike when everything is approved with what is held', async () => {
    await harness.run(people(10));
    const dry = await harness.run(people(5), { mode: 'dry' });
    await harness.approve(dry, { all: true });
    expect(await statusOf('Person 9')).toBe('active');
    await harness.approve(dry, { all: true, includeHeld: true });
    expect(await statusOf('Person 9')).toBe('deactivated');
  });

  it('knows a person again under a new source id, and retires the old one later', async () => {
    await harness.run(people(3));
    const moved = [person(0), person(1), person(2, { id: 's7' })];
    const first = await harness.run(moved);
    expect(short(first)).toEqual([
      ['s7', 'skipped', 'unchanged', null],
      ['s2', 'skipped', 'missingFromSnapshot', null],
    ]);
    expect(await harness.linked(['s2', 's7'])).toMatchObject(
      new Map([
        ['s2', { presence: 'present' }],
        ['s7', { presence: 'present' }],
      ]),
    );
    const second = await harness.run(moved);
    expect(short(second)).toEqual([['s2', 'skipped', 'missingFromSnapshot', null]]);
    expect((await harness.linked(['s2'])).get('s2')?.presence).toBe('absent');
    expect((await harness.users()).map(({ status }) => status)).toEqual(['active', 'active', 'active']);
    const gone = await harness.run([person(0), person(1)]);
    expect(short(gone)).toEqual([['s7', 'deprovisioned', 'missingFromSnapshot', 'applied']]);
  });

  it('removes a person once when both of their source ids are missing', async () => {
    await harness.run(people(3));
    await harness.run([person(0), person(1), person(2, { id: 's7' })]);
    const gone = await harness.run([person(0), person(1)]);
    expect(short(gone)).toEqual([
      ['s2', 'deprovisioned', 'missingFromSnapshot', 'applied'],
      ['s7', 'skipped', 'missingFromSnapshot', null],
    ]);
  });

  it('does not remove a person whose old source id comes back as terminated', async () => {
    await harness.run(people(3));
    await harness.run([person(0), person(1), person(2, { id: 's7' })]);
    const both = await harness.run([...people(2), person(2, { active: false }), person(2, { id: 's7' })]);
    expect(named(both, 's2')).toMatchObject([{ outcome: 'skipped', reason: 'supersededRecord' }]);
    expect(await statusOf('Person 2')).toBe('active');
  });

  it('gives a user to nobody when two records want them, even if one would change nothing', async () => {
    await harness.run(people(2));
    const user = (await harness.users()).find(({ attributes }) => attributes['fullName'] === 'Person 1');
    const twins = [person(0), person(1, { id: 's8' }), person(5, { id: 's9', num: 'N1' })];
    const result = await harness.run(twins);
    expect(named(result, 's8')).toMatchObject([{ outcome: 'failed', reason: 'ambiguousMatch' }]);
    expect(named(result, 's9')).toMatchObject([{ outcome: 'failed', reason: 'ambiguousMatch' }]);
    expect(user?.status).toBe('active');
  });

  it('holds everyone when a complete snapshot is empty', async () => {
    await harness.run(people(2));
    const result = await harness.run([]);
    expect(result.header.verdicts.filter(({ tripped }) => tripped).map(({ rule }) => rule)).toEqual(['whole']);
    expect(short(result)).toEqual([
      ['s0', 'deprovisioned', 'missingFromSnapshot', 'held'],
      ['s1', 'deprovisioned', 'missingFromSnapshot', 'held'],
    ]);
  });

  it('brings a person back within the delay and makes a new user after it', async () => {
    await harness.run(people(4));
    await harness.run(people(3));
    const back = await harness.run(people(4));
    expect(short(back)).toEqual([['s3', 'reactivated', 'returned', 'applied']]);
    await harness.run(people(3));
    harness.clock.advance(8 * 86_400_000);
    const late = await harness.run(people(4));
    expect(short(late)).toEqual([['s3', 'created', 'new', 'applied']]);
  });

  it('lets a drip of leavers through until the week is full', async () => {
    await harness.run(people(20));
    const held: number[] = [];
    for (const left of [2, 4, 6]) {
      harness.clock.advance(86_400_000);
      held.push((await harness.run(people(20 - left))).header.held);
    }
    expect(held).toEqual([0, 0, 2]);
  });
});
