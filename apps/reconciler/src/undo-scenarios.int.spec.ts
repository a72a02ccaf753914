import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SyncHarness, type SourceRecord, type SyncResult } from './sync-harness.spec.js';

const ada: SourceRecord = { id: 's1', mail: 'ada@x.example', num: 'N1', name: 'Ada' };
const grace: SourceRecord = { id: 's2', mail: 'grace@x.example', num: 'N2', name: 'Grace' };
const kurt: SourceRecord = { id: 's3', mail: 'kurt@x.example', num: 'N3', name: 'Kurt' };

describe('an undo', () => {
  let harness: SyncHarness;
  beforeEach(async () => {
    harness = new SyncHarness();
    await harness.run([ada, grace, kurt]);
  });
  afterEach(() => harness.close());

  it('gives nobody an address back that has stayed with somebody who changed since', async () => {
    const swap = await harness.run([{ ...ada, mail: grace.mail }, { ...grace, mail: ada.mail }, kurt]);
    await harness.run([{ ...ada, mail: grace.mail, name: 'Ada L.' }], { extent: 'delta' });
    const before = await harness.users();
    const undo = await harness.undo(swap);
    const adasId = before.find(({ attributes }) => attributes['fullName'] === 'Ada L.')?.id;
    expect(whatBecame(undo)).toEqual([
      ['s1', 'updated', 'undone', 'drifted'],
      ['s2', 'failed', 'keyCollision', null],
    ]);
    expect(undo.rows[1]?.detail).toMatchObject({ key: 'email', otherUserIds: [adasId] });
    expect(await harness.users()).toEqual(before);
  });

  it('brings nobody back whose address a joiner has kept, and takes back the rest', async () => {
    const joiner: SourceRecord = { id: 's9', mail: ada.mail, num: 'N9', name: 'Emmy' };
    const sync = await harness.run([joiner, { ...grace, name: 'Grace H.' }, kurt]);
    await harness.run([{ ...joiner, name: 'Emmy N.' }], { extent: 'delta' });
    const undo = await harness.undo(sync);
    expect(whatBecame(undo)).toEqual([
      ['s9', 'deprovisioned', 'undone', 'drifted'],
      ['s2', 'updated', 'undone', 'applied'],
      ['s1', 'failed', 'keyCollision', null],
    ]);
    const active = (await harness.users()).filter(({ status }) => status === 'active');
    expect(active.map(({ attributes }) => attributes['fullName']).sort()).toEqual(['Emmy N.', 'Grace', 'Kurt']);
  });

  it('names the sync that has changed a user since, and shows nothing of who has been anonymised', async () => {
    const sync = await harness.run([{ ...ada, name: 'Ada L.' }, kurt]);
    const later = await harness.run([{ ...ada, name: 'Ada Lovelace' }], { extent: 'delta' });
    const gone = (await harness.users()).find(({ status }) => status === 'deactivated');
    const [due] = await harness.directory.dueForAnonymisation('2100-01-01T00:00:00.000Z', 1);
    expect(due?.userId).toBe(gone?.id);
    await harness.directory.anonymise(due!.tenantId, due!.userId, '2100-01-01T00:00:00.000Z');
    const undo = await harness.undo(sync);
    expect(whatBecame(undo)).toEqual([
      ['s1', 'updated', 'undone', 'drifted'],
      ['s2', 'reactivated', 'undone', 'drifted'],
    ]);
    expect(undo.rows[0]?.detail).toMatchObject({ changedBy: later.sync.id, undoes: sync.rows[0]?.seq });
    expect(undo.rows[1]).toMatchObject({ label: null, changes: {} });
  });

  it('lets the next whole snapshot judge again who had been missing', async () => {
    const sync = await harness.run([ada, grace]);
    await harness.undo(sync);
    const again = await harness.run([ada, grace]);
    expect(whatBecame(again)).toEqual([['s3', 'deprovisioned', 'missingFromSnapshot', 'applied']]);
  });
});

function whatBecame({ rows }: SyncResult) {
  return rows.map(({ sourceId, outcome, reason, effectiveState }) => [sourceId, outcome, reason, effectiveState]);
}
