import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DirectoryStore, type TenantId } from '#core';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { looseSafeguards, type RosterPerson } from '../support/roster-source.js';
import { RunningMuster } from '../support/running-muster.js';
import { person, persons, type ScriptedCompany as Company, ScriptedSources } from '../support/scripted-source.js';

const identity = { fullName: 'name', email: 'mail', employeeId: 'num', active: 'active' };

/** How a record names a manager, and what names person 1. */
const ways = [
  { attribute: 'managerSourceId', one: marked('s1') },
  { attribute: 'managerEmployeeId', one: marked('n1') },
  { attribute: 'managerEmail', one: marked('P1@X.example') },
];

describe('managers', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it.for(ways)(
    'named by $attribute are found when they exist, and waited for until then',
    async ({ attribute, one }) => {
      const company = await found({ [attribute]: 'boss' });
      const first = await show(company, [person(0, { boss: one }), person(2, { boss: one })]);
      expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: 2, failed: 0 } });
      expect(await managers(company)).toEqual({ [marked('Person 0')]: null, [marked('Person 2')]: null });

      const versions = await versionsOf(company);
      const second = await show(company, [person(0, { boss: one }), person(1), person(2, { boss: one })]);
      expect(second, second.summary).toMatchObject({ counts: { created: 1, updated: 0, skipped: 2 } });
      expect(await managers(company)).toEqual({
        [marked('Person 0')]: marked('Person 1'),
        [marked('Person 2')]: marked('Person 1'),
      });
      expect(await versionsOf(company)).toMatchObject(versions);

      const third = await show(company, [person(0, { boss: one }), person(1), person(2)]);
      expect(third, third.summary).toMatchObject({ state: 'completed', counts: { updated: 1 } });
      expect(await managers(company)).toEqual({ [marked('Person 0')]: marked('Person 1') });
    },
  );

  it('who point at each other, in a circle, or at themselves do not stop anybody', async () => {
    const company = await found({ managerSourceId: 'boss' });
    const circle = [
      person(0, { boss: marked('s1') }),
      person(1, { boss: marked('s2') }),
      person(2, { boss: marked('s0') }),
      person(3, { boss: marked('s3') }),
    ];
    const sync = await show(company, circle);
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 4, failed: 0 } });
    expect(await managers(company)).toEqual({
      [marked('Person 0')]: marked('Person 1'),
      [marked('Person 1')]: marked('Person 2'),
      [marked('Person 2')]: marked('Person 0'),
      [marked('Person 3')]: null,
    });
    const again = await show(company, circle);
    expect(again, again.summary).toMatchObject({ state: 'completed', counts: { updated: 0, skipped: 4 } });
  });

  it('who left are still pointed at until the source names another', async () => {
    const company = await found({ managerSourceId: 'boss' });
    await show(company, [...persons(3), person(3, { boss: marked('s2') })]);
    const gone = await show(company, [...persons(2), person(2, { active: false }), person(3, { boss: marked('s2') })]);
    expect(gone, gone.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 1, updated: 0 } });
    expect(await managers(company)).toEqual({ [marked('Person 3')]: marked('Person 2') });
    await show(company, [...persons(2), person(3, { boss: marked('s1') })]);
    expect(await managers(company)).toEqual({ [marked('Person 3')]: marked('Person 1') });
  });

  it('are looked for by every later sync, also one that changes nobody', async () => {
    const company = await found({ managerEmployeeId: 'boss' });
    await show(company, [person(0, { boss: marked('N7') }), person(1)]);
    expect(await managers(company)).toEqual({ [marked('Person 0')]: null });
    await show(company, [person(0, { boss: marked('N7') }), person(1, { num: marked('N7') })]);
    expect(await managers(company)).toEqual({ [marked('Person 0')]: marked('Person 1') });
  });

  async function found(manager: Record<string, string>): Promise<Company> {
    return sources.anotherCompany(muster.api, {
      mapping: { attributes: { ...identity, ...manager } },
      safeguards: looseSafeguards,
    });
  }

  async function show({ tenant, integration, source }: Company, people: readonly RosterPerson[]): Promise<SyncAnswer> {
    sources.set(source, people);
    return muster.api.runSync(tenant, integration, { mode: 'live' });
  }

  /** Whoever has a manager, found or not, by name. */
  async function managers({ tenant }: Company): Promise<Record<string, string | null>> {
    const users = await muster.part(DirectoryStore).listUsers(tenant as TenantId, {}, null, 100);
    const names = new Map(users.map(({ id, attributes }) => [id, String(attributes['fullName'] as string)]));
    return Object.fromEntries(
      users.flatMap(({ id, manager }) =>
        manager === null ? [] : [[names.get(id), manager.userId === null ? null : names.get(manager.userId)]],
      ),
    ) as Record<string, string | null>;
  }

  async function versionsOf({ tenant }: Company): Promise<Record<string, number>> {
    const users = await muster.part(DirectoryStore).listUsers(tenant as TenantId, {}, null, 100);
    return Object.fromEntries(users.map(({ id, version }) => [id, version]));
  }
});
