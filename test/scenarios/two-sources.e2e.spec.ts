import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ManualClock } from '#testing';
import { marked } from '../support/canary.js';
import type { OutcomeAnswer, SyncAnswer } from '../support/muster-api.js';
import type { RosterPerson } from '../support/roster-source.js';
import { RunningMuster, type UserAnswer } from '../support/running-muster.js';
import { person, persons, type ScriptedIntegrationOptions, ScriptedSources } from '../support/scripted-source.js';

const dayMs = 86_400_000;

interface Company {
  tenant: string;
  /** The integration that comes first, and the name of its source. */
  hr: string;
  hrSource: string;
  other: string;
  otherSource: string;
}

describe('two sources of one tenant', () => {
  const sources = new ScriptedSources();
  const clock = new ManualClock();
  let muster: RunningMuster;
  let count = 0;
  beforeAll(async () => {
    muster = await RunningMuster.start({ clock, connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  describe('the second being secondary', () => {
    it('links people by e-mail address or employee id and writes nothing', async () => {
      const company = await start(4, { precedence: 'secondary' });
      const before = await muster.users(company.tenant);
      const seen = [
        { id: marked('x0'), name: marked('By mail'), mail: marked('P0@x.example') },
        { id: marked('x1'), name: marked('By number'), mail: marked('elsewhere@x.example'), num: marked('n1') },
        { id: marked('x9'), name: marked('Nobody knows'), mail: marked('nobody@x.example') },
      ];
      const sync = await show(company, 'other', seen);
      expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { skipped: 3, created: 0, updated: 0 } });
      const rows = await outcomes(company, sync);
      expect(rows.map(({ sourceId, reason }) => [sourceId, reason])).toEqual([
        [marked('x0'), 'secondarySource'],
        [marked('x1'), 'secondarySource'],
        [marked('x9'), 'secondarySource'],
      ]);
      expect(rows.map(({ userId }) => before.find(({ id }) => id === userId)?.attributes['fullName'] ?? null)).toEqual([
        marked('Person 0'),
        marked('Person 1'),
        null,
      ]);
      expect(await muster.users(company.tenant)).toEqual(before);
    });

    it('takes access away when it says so explicitly of somebody it has linked, and not by silence', async () => {
      const company = await start(10, { precedence: 'secondary' });
      const shown = [0, 1, 2, 3].map((number) => person(number, { id: marked(`x${String(number)}`) }));
      await show(company, 'other', shown);
      const silent = await show(company, 'other', shown.slice(0, 3));
      expect(silent, silent.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 0 } });
      const said = await show(company, 'other', [{ ...shown[0]!, active: false }, ...shown.slice(1, 3)]);
      expect(await outcomes(company, said, '?outcome=deprovisioned')).toMatchObject([
        { sourceId: marked('x0'), reason: 'sourceDeactivated', state: 'applied' },
      ]);
      expect(await statusOf(company, marked('Person 0'))).toBe('deactivated');
      expect(await statuses(company)).toEqual({ active: 9, deactivated: 1 });
    });

    it('does not match a stranger who left long ago to whoever has the address today', async () => {
      const company = await start(3, { precedence: 'secondary' });
      const sync = await show(company, 'other', [
        { id: marked('x1'), name: marked('Gone'), mail: marked('p1@x.example'), active: false },
      ]);
      expect((await outcomes(company, sync))[0]).toMatchObject({ outcome: 'skipped', reason: 'alreadyTerminated' });
      expect(await statuses(company)).toEqual({ active: 3 });
    });
  });

  describe('both being primary', () => {
    it('hands somebody whom the owner drops to the other who still shows them, and removes the rest', async () => {
      const company = await start(10);
      await show(company, 'other', [person(8, { id: marked('x8'), title: marked('From the other') })]);
      expect(await user(company, marked('Person 8'))).not.toMatchObject({
        attributes: { title: marked('From the other') },
      });
      const sync = await show(company, 'hr', persons(8));
      expect(
        (await outcomes(company, sync)).map(({ sourceId, outcome, reason }) => [sourceId, outcome, reason]),
      ).toEqual([
        [marked('s8'), 'updated', 'ownerChanged'],
        [marked('s9'), 'deprovisioned', 'missingFromSnapshot'],
      ]);
      expect(await statusOf(company, marked('Person 8'))).toBe('active');
      expect(await statusOf(company, marked('Person 9'))).toBe('deactivated');

      const owned = await show(company, 'other', [person(8, { id: marked('x8'), title: marked('From the other') })]);
      expect(owned, owned.summary).toMatchObject({ state: 'completed', counts: { updated: 1 } });
      expect(await user(company, marked('Person 8'))).toMatchObject({
        attributes: { title: marked('From the other') },
      });
      const back = await show(company, 'hr', persons(9));
      expect((await outcomes(company, back)).map(({ reason }) => reason)).toEqual(['secondarySource']);
    });

    it('makes one user of a person in both, owned by whoever came first', async () => {
      const company = await start(2);
      const sync = await show(company, 'other', [person(1, { id: marked('x1') }), person(5, { id: marked('x5') })]);
      expect(sync, sync.summary).toMatchObject({ counts: { created: 1, skipped: 1 } });
      expect(await statuses(company)).toEqual({ active: 3 });
      const gone = await show(company, 'other', [person(5, { id: marked('x5') })]);
      expect(gone, gone.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 0 } });
      expect(await statuses(company)).toEqual({ active: 3 });
    });

    it('lets a key pass to the other only when its holder has let it go', async () => {
      const company = await start(3);
      const taken = [
        { id: marked('x9'), name: marked('Another'), mail: marked('q@x.example'), num: marked('Q9') },
        person(4, { id: marked('x4') }),
      ];
      await show(company, 'other', taken);
      const wants = [{ ...taken[0]!, mail: marked('p2@x.example') }, taken[1]!];
      const refused = await show(company, 'other', wants);
      expect((await outcomes(company, refused))[0]).toMatchObject({ outcome: 'failed', reason: 'keyCollision' });
      await show(company, 'hr', [person(0), person(1), person(2, { mail: marked('new@x.example') })]);
      const got = await show(company, 'other', wants);
      expect(got, got.summary).toMatchObject({ state: 'completed', counts: { updated: 1, failed: 0 } });
    });
  });

  describe('who leaves the scope', () => {
    it('keeps access when the integration says keep, and loses it otherwise, in a whole snapshot only', async () => {
      for (const onLeavingScope of ['keep', 'deprovision'] as const) {
        const company = await start(5, {}, { onLeavingScope });
        const out = [...persons(4), person(4, { scope: 'out' })];
        sources.set(company.hrSource, out, { isWhole: false });
        const cut = await muster.api.runSync(company.tenant, company.hr, { mode: 'live' });
        expect(cut, cut.summary).toMatchObject({ state: 'incomplete', counts: { deprovisioned: 0 } });
        const whole = await show(company, 'hr', out);
        const left = onLeavingScope === 'keep' ? 0 : 1;
        expect(whole, whole.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: left } });
        expect(await statusOf(company, marked('Person 4'))).toBe(left === 1 ? 'deactivated' : 'active');
      }
    });
  });

  describe('somebody deprovisioned by hand', () => {
    it('stays out while the source calls them active, and returns when it has shown them absent', async () => {
      const company = await start(5);
      await byHand(company, marked('Person 4'), 'deprovision');
      const stands = await show(company, 'hr', persons(5));
      expect((await outcomes(company, stands)).map(({ reason }) => reason)).toEqual(['manual']);
      await show(company, 'hr', persons(4));
      const back = await show(company, 'hr', persons(5));
      expect((await outcomes(company, back)).map(({ outcome }) => outcome)).toEqual(['reactivated']);
    });

    it('returns under a new source id after the old one was absent, and not before', async () => {
      const company = await start(5);
      await byHand(company, marked('Person 4'), 'deprovision');
      const renumbered = [...persons(4), person(4, { id: marked('s40') })];
      const stands = await show(company, 'hr', renumbered);
      expect(await outcomes(company, stands, `?q=${marked('s40')}`)).toMatchObject([
        { outcome: 'skipped', reason: 'manual' },
      ]);
      expect(await statusOf(company, marked('Person 4'))).toBe('deactivated');
      await show(company, 'hr', renumbered);
      expect(await statusOf(company, marked('Person 4'))).toBe('deactivated');
      await show(company, 'hr', persons(4));
      const back = await show(company, 'hr', renumbered);
      expect(await outcomes(company, back, `?q=${marked('s40')}`)).toMatchObject([
        { outcome: 'reactivated', state: 'applied' },
      ]);
      expect(await statuses(company)).toEqual({ active: 5 });
    });

    it('is brought back by hand within the delay and not after it', async () => {
      const company = await start(5);
      await byHand(company, marked('Person 3'), 'deprovision');
      await byHand(company, marked('Person 3'), 'reactivate');
      expect(await statusOf(company, marked('Person 3'))).toBe('active');
      await byHand(company, marked('Person 4'), 'deprovision');
      const { id } = (await user(company, marked('Person 4')))!;
      clock.advance(8 * dayMs);
      const path = `/v1/tenants/${company.tenant}/users/${id}/reactivate`;
      const late = await muster.api.call('POST', path);
      expect(late).toMatchObject({ status: 409, body: { code: 'editRefused' } });
      expect((await statuses(company))['active']).toBe(4);
      const edits = await syncs(company, 'edit');
      const rows = await outcomes(company, edits[0]!);
      expect(rows).toMatchObject([{ outcome: 'skipped', reason: 'alreadyTerminated', state: null }]);
    });
  });

  async function start(
    people: number,
    second: ScriptedIntegrationOptions = {},
    first: ScriptedIntegrationOptions = {},
  ): Promise<Company> {
    count += 1;
    const hrSource = `hr-${String(count)}`;
    const otherSource = `other-${String(count)}`;
    const { tenant, integration: hr } = await sources.company(muster.api, hrSource, first);
    clock.advance(1000);
    const other = await sources.integrate(muster.api, tenant, otherSource, second);
    const company = { tenant, hr, hrSource, other, otherSource };
    const sync = await show(company, 'hr', persons(people));
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: people } });
    return company;
  }

  /** A live sync of one of the two, whose source shows these people. */
  async function show(company: Company, which: 'hr' | 'other', people: readonly RosterPerson[]): Promise<SyncAnswer> {
    sources.set(which === 'hr' ? company.hrSource : company.otherSource, people);
    clock.advance(1000);
    return muster.api.runSync(company.tenant, company[which], { mode: 'live' });
  }

  const outcomes = ({ tenant }: Company, { id }: Pick<SyncAnswer, 'id'>, query = ''): Promise<OutcomeAnswer[]> =>
    muster.api.outcomes(tenant, id, query);

  async function user({ tenant }: Company, name: string): Promise<UserAnswer | undefined> {
    return (await muster.users(tenant)).find(({ attributes }) => attributes['fullName'] === name);
  }

  const statusOf = async (company: Company, name: string) => (await user(company, name))?.status;

  async function statuses({ tenant }: Company): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status } of await muster.users(tenant)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  async function byHand(company: Company, name: string, what: 'deprovision' | 'reactivate'): Promise<void> {
    const { id } = (await user(company, name))!;
    await muster.api.must('POST', `/v1/tenants/${company.tenant}/users/${id}/${what}`);
  }

  async function syncs({ tenant }: Company, trigger: string): Promise<SyncAnswer[]> {
    const found: SyncAnswer[] = [];
    for await (const sync of muster.api.list<SyncAnswer>(`/v1/tenants/${tenant}/syncs`)) {
      if (sync.trigger === trigger) found.push(sync);
    }
    return found;
  }
});
