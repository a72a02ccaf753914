import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '#testing';
import { canary, marked } from '../support/canary.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import type { OutcomeAnswer } from '../support/muster-api.js';
import { createRosterTenant, type RosterPerson, RosterSources } from '../support/roster-source.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';

interface Explanation {
  outcome: OutcomeAnswer & { problems: Record<string, string>[]; relatedOutcomeIds: string[] };
  why: string;
  next: string | null;
  record: { available: boolean; document: unknown };
  attributes: { attribute: string; expression: string | null; raw: unknown; problem: Record<string, string> | null }[];
}

describe('one outcome for each record', () => {
  const clock = new ManualClock('2025-06-01T09:00:00.000Z');
  const rosters = new RosterSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    const { acmeHr } = await import('#connectors/acme-hr');
    muster = await RunningMuster.start({ clock, connectors: [acmeHr, rosters.connector] });
  });
  afterAll(() => muster.stop());

  const person = (id: string, differences: Partial<RosterPerson> = {}): RosterPerson => ({
    id: marked(id),
    name: marked(`Name of ${id}`),
    mail: marked(`${id}@roster.example`),
    num: marked(`N-${id}`),
    title: marked('Clerk'),
    active: true,
    hired: '2024-03-01',
    tags: [marked('one')],
    ...differences,
  });
  const fine = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
  const sound = fine.map((id) => person(id));
  const unsound: RosterPerson[] = [
    person('noEmail', { mail: null }),
    person('badEmail', { mail: marked('noEmail(at)roster.example') }),
    person('badDate', { hired: '2019-13-45' }),
    person('badExpression', { tags: 7 }),
    person('twice', { title: marked('Clerk') }),
    person('outOfScope', { scope: 'out' }),
    person('gone', { active: false }),
    person('left', { end: '2019-02-28' }),
    person('noId', { id: null }),
    person('blankId', { id: ' ' }),
    person('same'),
    person('oneActive', { title: marked('Old post'), active: false }),
    person('rival', { mail: marked('rivals@roster.example') }),
    person('other', { mail: marked('Rivals@Roster.example') }),
    person('twice', { title: marked('Boss') }),
    person('same'),
    person('oneActive', { title: marked('New post') }),
  ];
  const expected = {
    noEmail: ['failed: requiredAttributeMissing'],
    badEmail: ['failed: typeMismatch'],
    badDate: ['failed: typeMismatch'],
    badExpression: ['failed: expressionFailed'],
    twice: ['failed: conflictingRecords', 'failed: conflictingRecords'],
    outOfScope: ['skipped: outOfScope'],
    gone: ['skipped: alreadyTerminated'],
    left: ['skipped: alreadyTerminated'],
    null: ['failed: identityMissing', 'failed: identityMissing'],
    same: ['created: new', 'skipped: duplicateRecord'],
    oneActive: ['skipped: supersededRecord', 'created: new'],
    rival: ['failed: keyCollision'],
    other: ['failed: keyCollision'],
  };

  const bySourceId = (rows: readonly OutcomeAnswer[]): Record<string, string[]> => {
    const found: Record<string, string[]> = {};
    for (const { sourceId, outcome, reason } of rows) {
      const id = String(sourceId).replace(marked(''), '');
      if (!fine.includes(id)) (found[id] ??= []).push(`${outcome}: ${reason}`);
    }
    return found;
  };

  /** People who are fine around those who are not, so that safeguards have nothing to say. */
  const crowd = Array.from({ length: 60 }, (_, index) => person(`z${String(index)}`));

  it('says of everyone who cannot be taken why, and takes the others', async () => {
    rosters.set('mixed', [...sound, ...unsound]);
    const { tenant, integration } = await createRosterTenant(muster.api, 'mixed', { safeguards: { failures: 1 } });
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync).toMatchObject({ state: 'completed', manifest: { records: 27 } });
    const rows = await expectEveryRecordOnce(muster.api, tenant, sync.id);
    expect(bySourceId(rows)).toEqual(expected);
    const mails = (await muster.users(tenant)).map(({ attributes }) => attributes['email']);
    expect(mails.sort()).toEqual([...fine, 'oneActive', 'same'].map((id) => marked(`${id}@roster.example`)).sort());
    const oneActive = (await muster.users(tenant)).find(
      ({ attributes }) => attributes['employeeId'] === marked('N-oneActive'),
    );
    expect(oneActive?.attributes['title']).toBe(marked('New post'));

    const again = await muster.api.runSync(tenant, integration, { mode: 'live' });
    const { same: _same, oneActive: _oneActive, ...still } = expected;
    const rowsAgain = bySourceId(await expectEveryRecordOnce(muster.api, tenant, again.id));
    expect(rowsAgain).toMatchObject(still);
    expect(again.counts).toMatchObject({ created: 0, updated: 0, deprovisioned: 0 });
  });

  it('touches no user whose record cannot be taken any more', async () => {
    const ids = ['noEmail', 'badDate', 'badExpression', 'twice', 'rival', 'other'];
    rosters.set('spoilt', [...crowd, ...ids.map((id) => person(id))]);
    const { tenant, integration } = await createRosterTenant(muster.api, 'spoilt');
    await muster.api.runSync(tenant, integration, { mode: 'live' });
    const before = await muster.users(tenant);
    expect(before).toHaveLength(66);

    rosters.set('spoilt', [
      ...crowd.map((each) => (each.id === marked('z3') ? { ...each, title: marked('Boss') } : each)),
      person('noEmail', { mail: ' ', title: marked('x') }),
      person('badDate', { hired: marked('soon'), title: marked('x') }),
      person('badExpression', { tags: true, title: marked('x') }),
      person('twice', { title: marked('x') }),
      person('twice', { title: marked('y') }),
      person('rival', { mail: marked('rivals@roster.example') }),
      person('other', { mail: marked('rivals@roster.example') }),
    ]);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync.state).toBe('completed');
    expect(sync.counts).toMatchObject({ created: 0, updated: 1, failed: 7, deprovisioned: 0 });
    await expectEveryRecordOnce(muster.api, tenant, sync.id);
    const touched = before.find(({ attributes }) => attributes['email'] === marked('z3@roster.example'))?.id;
    const others = ({ id }: { id: string }): boolean => id !== touched;
    expect((await muster.users(tenant)).filter(others)).toEqual(before.filter(others));
  });

  it('explains each by attribute, expression, function and types', async () => {
    rosters.set('explained', [...sound, ...unsound]);
    const { tenant, integration } = await createRosterTenant(muster.api, 'explained', { safeguards: { failures: 1 } });
    const sync = await muster.api.runSync(tenant, integration, { mode: 'dry' });
    const rows = await expectEveryRecordOnce(muster.api, tenant, sync.id);
    const explain = (sourceId: string): Promise<Explanation> => {
      const id = rows.find((row) => row.sourceId === marked(sourceId))?.id ?? 'none';
      return muster.api.must<Explanation>('GET', `/v1/tenants/${tenant}/outcomes/${id}/explanation`);
    };
    const attribute = ({ attributes }: Explanation, name: string) => attributes.find((each) => each.attribute === name);

    const noEmail = await explain('noEmail');
    expect(noEmail.outcome.problems).toMatchObject([
      {
        attribute: 'email',
        expression: 'mail',
        code: 'requiredAttributeMissing',
        expected: 'a value',
        actual: 'blank',
      },
    ]);
    expect(attribute(noEmail, 'email')).toMatchObject({ expression: 'mail', raw: null });
    expect(noEmail.next).toMatch(/source/);

    const badEmail = await explain('badEmail');
    expect(attribute(badEmail, 'email')).toMatchObject({
      expression: 'mail',
      raw: marked('noEmail(at)roster.example'),
      problem: { code: 'typeMismatch', expected: expect.stringMatching(/e-mail/) as string, actual: 'string' },
    });
    const badDate = await explain('badDate');
    expect(badDate.outcome.problems).toMatchObject([{ attribute: 'hireDate', code: 'typeMismatch' }]);
    expect(attribute(badDate, 'hireDate')).toMatchObject({
      expression: 'hired',
      raw: '2019-13-45',
      problem: { expression: 'hired', expected: expect.stringMatching(/^date/) as string, actual: 'string' },
    });
    expect(attribute(badDate, 'email')).toMatchObject({ raw: marked('badDate@roster.example'), problem: null });

    const badExpression = await explain('badExpression');
    const problem = {
      attribute: 'custom.tagCount',
      code: 'expressionFailed',
      expression: 'length(tags)',
      function: 'length',
      expected: expect.stringMatching(/string.*array.*object/) as string,
      actual: 'number',
    };
    expect(badExpression.outcome.problems).toMatchObject([problem]);
    expect(attribute(badExpression, 'custom.tagCount')).toMatchObject({ expression: 'length(tags)', problem });
    expect(JSON.stringify(badExpression.outcome.problems)).not.toContain(canary);

    const twice = await explain('twice');
    expect(twice.why).toMatch(/more than once/);
    expect(twice.outcome.relatedOutcomeIds).toEqual(
      rows.filter(({ sourceId, id }) => sourceId === marked('twice') && id !== twice.outcome.id).map(({ id }) => id),
    );
    const outOfScope = await explain('outOfScope');
    expect(attribute(outOfScope, 'scope')).toMatchObject({ expression: "scope != 'out'", raw: false });
    const rival = await explain('rival');
    expect(rival.outcome).toMatchObject({ key: 'email' });
    expect(rival.outcome.relatedOutcomeIds).toEqual(
      rows.filter(({ sourceId }) => sourceId === marked('other')).map(({ id }) => id),
    );
    for (const { record } of [noEmail, badDate, badExpression, twice, outOfScope, rival]) {
      expect(record).toMatchObject({ available: true, document: expect.any(Object) as object });
    }
  });

  it('creates none of a feed’s long-terminated people', async () => {
    const { tenant, integration, source } = await startCompany(muster, {
      people: 500,
      seed: 21,
      terminatedShare: 0.3,
      oddShare: 0,
    });
    const ids = Array.from({ length: 500 }, (_, index) => `W${String(index + 1).padStart(7, '0')}`);
    const left = ids.filter(
      (id) => (source.worker(id) as { employment: { status: string } }).employment.status === 'T',
    );
    expect(left.length).toBeGreaterThan(120);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync).toMatchObject({ state: 'completed', counts: { created: 500 - left.length, failed: 0 } });
    const rows = await expectEveryRecordOnce(muster.api, tenant, sync.id);
    const skipped = rows.filter(({ reason }) => reason === 'alreadyTerminated');
    expect(skipped.map(({ sourceId }) => sourceId)).toEqual(left);
    expect(skipped.every(({ userId }) => userId === null)).toBe(true);
    const users = await muster.users(tenant);
    expect(users).toHaveLength(500 - left.length);
    expect(users.every(({ status }) => status === 'active')).toBe(true);
    await source.stop();
  });

  it('gives each oddity of a real feed its own word', async () => {
    const { tenant, integration, source } = await startCompany(
      muster,
      { people: 600, seed: 4, terminatedShare: 0, oddShare: 0.1 },
      { safeguards: { failures: 1 } },
    );
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    const rows = await expectEveryRecordOnce(muster.api, tenant, sync.id);
    const reasonOf = new Map(rows.map(({ sourceId, outcome, reason }) => [sourceId, `${outcome}: ${reason}`]));
    const words: Record<string, string> = {
      emailMissing: 'failed: requiredAttributeMissing',
      emailMalformed: 'failed: typeMismatch',
      hireDateImpossible: 'failed: typeMismatch',
      nameMissing: 'failed: requiredAttributeMissing',
    };
    const odd = source.oddities();
    for (const [oddity, ids] of Object.entries(odd)) {
      expect(ids.length, oddity).toBeGreaterThan(0);
      for (const id of ids) expect(reasonOf.get(id), `${oddity} of ${id}`).toBe(words[oddity] ?? 'created: new');
    }
    const failing = Object.keys(words).flatMap((oddity) => odd[oddity as keyof typeof odd]);
    expect(sync.counts).toMatchObject({ created: 600 - failing.length, failed: failing.length });
    await source.stop();
  });
});
