import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AcmeSimulator, AcmeSimulatorOptions } from '../../connectors/acme-hr/simulator/src/index.js';
import { acmeHr } from '#connectors/acme-hr';
import { defineConnector } from '#connector-sdk';
import { ManualClock } from '#testing';
import { marked } from '../support/canary.js';
import { directoryPicture, sourcePicture } from '../support/directory-picture.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { looseIfWhole } from '../support/roster-source.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';

const dayMs = 86_400_000;
const shape: AcmeSimulatorOptions = {
  seed: 11,
  terminatedShare: 0,
  oddShare: 0,
  restrictedShare: 0,
  contingentShare: 0,
};
/** People whose country is Nowhere are out of scope. */
const mapping = {
  attributes: acmeHr.defaultMapping.attributes,
  scope: "location.country != 'Nowhere'",
  restricted: { expression: "access.restricted == 'Y'", onMissing: 'keep' },
};

type Company = Awaited<ReturnType<typeof startCompany>>;

interface Rule {
  rule: string;
  attribute?: string;
  /** The share of the population that passes. */
  share: number;
  /** Lets the rule count these people. */
  happen(source: AcmeSimulator, ids: readonly string[]): void;
  /** The outcome that is counted; null for failures, which hold everything else. */
  counted: string | null;
}

const rules: (Rule & { what: string })[] = [
  {
    what: 'people who are missing',
    rule: 'inferredRemovals',
    share: 0.1,
    happen: (source, ids) => source.remove(ids),
    counted: 'deprovisioned:missingFromSnapshot',
  },
  {
    what: 'people who leave the scope',
    rule: 'inferredRemovals',
    share: 0.1,
    happen: (source, ids) => ids.forEach((id) => source.patch(id, { location: { country: 'Nowhere' } })),
    counted: 'deprovisioned:outOfScope',
  },
  {
    what: 'people whose status says that they left',
    rule: 'explicitLeavers',
    share: 0.2,
    happen: (source, ids) => source.terminate(ids),
    counted: 'deprovisioned:sourceDeactivated',
  },
  {
    what: 'people whose last day has come',
    rule: 'explicitLeavers',
    share: 0.2,
    happen: (source, ids) => ids.forEach((id) => source.patch(id, { employment: { endDate: '2025-05-31' } })),
    counted: 'deprovisioned:terminationDate',
  },
  {
    what: 'changed e-mail addresses',
    rule: 'emailChanges',
    share: 0.2,
    happen: (source, ids) => source.changeEmail(ids),
    counted: 'updated:changed',
  },
  {
    what: 'titles that go blank',
    rule: 'blankedValues',
    attribute: 'title',
    share: 0.2,
    happen: (source, ids) => ids.forEach((id) => source.patch(id, { employment: { jobTitle: null } })),
    counted: 'updated:changed',
  },
  {
    what: 'people who become restricted',
    rule: 'restrictedChanges',
    share: 0.2,
    happen: (source, ids) => ids.forEach((id) => source.patch(id, { access: { restricted: 'Y' } })),
    counted: 'updated:changed',
  },
  {
    what: 'people who get another manager',
    rule: 'managerChanges',
    share: 0.3,
    happen: (source, ids) => ids.forEach((id) => source.patch(id, { manager: { workerId: `${id}-boss` } })),
    counted: 'updated:changed',
  },
  {
    what: 'records that fail',
    rule: 'failures',
    share: 0.2,
    happen: (source, ids) => ids.forEach((id) => source.patch(id, { contact: { workEmail: null } })),
    counted: null,
  },
];

describe('safeguards', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    // Hundreds of small syncs: what is judged is the same wherever the connector runs.
    muster = await RunningMuster.start({ connectors: [acmeHr] });
  });
  afterAll(() => muster.stop());

  it.for([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    'judge a tenant of %i at the limit, one below and one above, in every rule',
    async (people) => {
      const company = await live(people);
      for (const rule of rules) {
        const limit = Math.max(2, Math.floor(rule.share * people + 1e-9));
        for (const count of [limit - 1, limit, limit + 1].filter((one) => one <= people)) {
          await expectJudged(company, rule, people, count, limit);
        }
      }
      await company.source.stop();
    },
  );

  it('judge a tenant of 1,000 at the limit, one below and one above, in every rule', async () => {
    const company = await live(1000);
    for (const rule of rules) {
      const limit = Math.round(rule.share * 1000);
      for (const count of [limit - 1, limit, limit + 1]) await expectJudged(company, rule, 1000, count, limit);
    }
    await company.source.stop();
  });

  it.for(rules)('hold $what above the limit and let everyone else pass, until somebody decides', async (rule) => {
    const company = await live(20);
    const { tenant, integration, source } = company;
    const limit = Math.floor(rule.share * 20);
    const named = idsFrom(20, limit + 1);
    const before = await directoryPicture(muster, tenant);
    rule.happen(source, named);
    source.rename(['W0000002']);
    source.hire(1);

    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    const others = rule.counted === null ? 2 : 0;
    expect(sync, sync.summary).toMatchObject({
      state: 'awaitingApproval',
      held: rule.counted === null ? others : limit + 1,
    });
    expect(sync.summary).toMatch(/Held until a person approves/);
    const during = await directoryPicture(muster, tenant);
    const shouldHave = await sourcePicture(muster, source, { mapping, safeguards: looseIfWhole });
    if (rule.counted === null) {
      expect(during).toEqual(before);
    } else {
      for (const id of named) expect(during[numberOf(id)]).toEqual(before[numberOf(id)]);
      for (const id of [20, 21, 1].map((n) => numberOf(idOf(n))).filter((key) => !named.map(numberOf).includes(key))) {
        expect(during[id]).toEqual(shouldHave[id]);
      }
    }

    const refused = await word(tenant, sync, 'approve', { all: true });
    expect(refused, 'held outcomes must be meant on purpose').toMatchObject({ status: 409 });
    expect(await word(tenant, sync, 'approve', { all: true, includeHeld: true })).toMatchObject({ status: 202 });
    const approved = await afterRound(tenant, sync.id, 1);
    expect(approved, approved.summary).toMatchObject({ state: 'completed', held: 0 });
    const after = await directoryPicture(muster, tenant);
    if (rule.counted !== null) expect(after).toEqual(shouldHave);
    else for (const key of Object.keys(shouldHave)) expect(after[key]).toEqual(shouldHave[key]);
    await source.stop();
  });

  it('end a sync as completed when all that was held is rejected, and ask again the next time', async () => {
    const { tenant, integration, source } = await live(30);
    const before = await muster.directoryHash(tenant);
    source.remove(idsFrom(30, 4));
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ state: 'awaitingApproval', held: 4 });
    const [first] = await heldOf(tenant, sync);
    expect(await word(tenant, sync, 'reject', { outcomeIds: [first] })).toMatchObject({ status: 202 });
    expect(await afterRound(tenant, sync.id, 1)).toMatchObject({ state: 'awaitingApproval', held: 3 });
    expect(await word(tenant, sync, 'reject', { all: true })).toMatchObject({ status: 202 });
    const rejected = await afterRound(tenant, sync.id, 2);
    expect(rejected, rejected.summary).toMatchObject({ state: 'completed', held: 0 });
    expect(rejected.summary).toMatch(/4 people were left as they are because the change was rejected/);
    expect(await muster.directoryHash(tenant)).toBe(before);

    const next = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(next, next.summary).toMatchObject({ state: 'awaitingApproval', held: 4 });
    await source.stop();
  });

  it('let a part of what is held pass by name, and keep the rest approvable', async () => {
    const { tenant, integration, source } = await live(30);
    source.remove(idsFrom(30, 5));
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    const named = (await heldOf(tenant, sync)).slice(0, 2);
    expect(await word(tenant, sync, 'approve', { outcomeIds: named })).toMatchObject({ status: 202 });
    expect(await afterRound(tenant, sync.id, 1)).toMatchObject({ state: 'awaitingApproval', held: 3 });
    expect(await statuses(tenant)).toEqual({ active: 28, deactivated: 2 });
    expect(await word(tenant, sync, 'approve', { all: true, includeHeld: true })).toMatchObject({ status: 202 });
    expect(await afterRound(tenant, sync.id, 2)).toMatchObject({ state: 'completed', held: 0 });
    expect(await statuses(tenant)).toEqual({ active: 25, deactivated: 5 });
    await source.stop();
  });

  it('have no say any more in a plan that a newer full live sync has superseded', async () => {
    const { tenant, integration, source } = await live(30);
    source.remove(idsFrom(30, 5));
    const dry = await muster.api.runSync(tenant, integration, { mode: 'dry' });
    const old = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(old, old.summary).toMatchObject({ state: 'awaitingApproval', held: 5 });
    const dryLater = await muster.api.runSync(tenant, integration, { mode: 'dry' });
    expect(await muster.api.sync(tenant, old.id)).toMatchObject({ supersededBy: null, held: 5 });

    source.restore(idsFrom(30, 5));
    const newer = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(newer, newer.summary).toMatchObject({ state: 'completed', counts: { updated: 0, deprovisioned: 0 } });
    for (const [plan, by] of [
      [dry, old],
      [old, newer],
      [dryLater, newer],
    ] as const) {
      const answer = await word(tenant, plan, 'approve', { all: true, includeHeld: true });
      expect(answer).toMatchObject({ status: 409, body: { code: 'superseded' } });
      expect(await muster.api.sync(tenant, plan.id)).toMatchObject({ supersededBy: by.id });
    }
    expect(await muster.api.sync(tenant, old.id)).toMatchObject({ state: 'completed', held: 0 });
    expect(await statuses(tenant)).toEqual({ active: 30 });
    await source.stop();
  });

  it.for([1, 2, 3, 10, 40])('hold everybody when all %i are gone, and when the list is empty', async (people) => {
    const { tenant, integration, source } = await live(people);
    source.remove(idsFrom(people, people));
    const gone = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(gone, gone.summary).toMatchObject({
      state: 'awaitingApproval',
      held: people,
      counts: { deprovisioned: people },
    });
    expect(gone.summary).toMatch(/nobody would be left/);
    expect(await statuses(tenant)).toEqual({ active: people });

    source.restore();
    const back = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(back, back.summary).toMatchObject({ state: 'completed', held: 0 });
    expect(await statuses(tenant)).toEqual({ active: people });
    await source.stop();
  });

  it('measure a shrunken source by the last total that was accepted, however often it comes', async () => {
    const { tenant, integration, source } = await live(60);
    source.remove(idsFrom(60, 20));
    const tripped = ({ safeguards }: SyncAnswer) => safeguards.filter((one) => one.tripped).map(({ rule }) => rule);
    for (let turn = 0; turn < 3; turn += 1) {
      const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
      expect(sync, sync.summary).toMatchObject({ state: 'awaitingApproval', held: 20 });
      expect(tripped(sync)).toEqual(['inferredRemovals', 'inferredRemovals7Days', 'whole']);
      expect(sync.summary).toMatch(/declares 40 people where the last accepted sync had 60/);
      if (turn === 1) {
        await word(tenant, sync, 'reject', { all: true });
        expect(await afterRound(tenant, sync.id, 1)).toMatchObject({ state: 'completed' });
      }
      if (turn === 2) {
        await word(tenant, sync, 'approve', { all: true, includeHeld: true });
        expect(await afterRound(tenant, sync.id, 1)).toMatchObject({ state: 'completed' });
      }
    }
    const next = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(next, next.summary).toMatchObject({ state: 'completed', held: 0, counts: { deprovisioned: 0 } });
    expect(tripped(next)).not.toContain('whole');
    expect(await statuses(tenant)).toEqual({ active: 40, deactivated: 20 });
    await source.stop();
  });

  it('hold those who vanish when everybody else is said to have left', async () => {
    const { tenant, integration, source } = await live(3);
    source.remove(['W0000003']);
    source.terminate(['W0000001', 'W0000002']);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({ state: 'awaitingApproval', held: 1 });
    expect(sync.summary).toMatch(/nobody would be left/);
    expect(await statuses(tenant)).toEqual({ active: 1, deactivated: 2 });
    await source.stop();
  });

  it('plan no removals from a truncated snapshot, apply its changes, and say how many were not seen', async () => {
    const { tenant, integration, source } = await live(40);
    source.remove(['W0000038']);
    source.patch('W0000037', { location: { country: 'Nowhere' } });
    source.rename(['W0000002']);
    const [hired = ''] = source.hire(1);
    source.misbehave({ kind: 'wrongTotal' });
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync, sync.summary).toMatchObject({
      state: 'incomplete',
      notSeen: 1,
      held: 0,
      manifest: { wholeness: 'truncated', extent: 'full' },
      counts: { created: 1, updated: 1, deprovisioned: 0 },
    });
    expect(sync.summary).toMatch(/nobody is removed for being absent.*1 person was not seen/);
    expect(sync.safeguards.find(({ rule }) => rule === 'whole')?.message).toMatch(/1 .*not seen/);
    expect(await statuses(tenant)).toEqual({ active: 41 });
    expect(Object.keys(await directoryPicture(muster, tenant))).toContain(numberOf(hired));
    const answer = await word(tenant, sync, 'approve', { all: true, includeHeld: true });
    expect(answer, 'there is nothing to approve').toMatchObject({ status: 409 });
    await source.stop();
  });

  it('plan no removals from the snapshot of a single person', async () => {
    const { tenant, integration, source } = await live(12);
    source.remove(['W0000011', 'W0000012']);
    source.rename(['W0000005']);
    source.patch('W0000006', { location: { country: 'Nowhere' } });
    const one = await muster.api.runSync(tenant, integration, { mode: 'live', person: 'W0000005' });
    expect(one, one.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'person', records: 1 },
      counts: { updated: 1, deprovisioned: 0 },
      notSeen: 0,
    });
    const outside = await muster.api.runSync(tenant, integration, { mode: 'live', person: 'W0000006' });
    expect(outside.totals).toEqual([{ outcome: 'skipped', reason: 'outOfScope', state: null, count: 1 }]);
    const unknown = await muster.api.runSync(tenant, integration, { mode: 'live', person: 'W0000012' });
    expect(unknown, unknown.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'person', records: 0 },
      counts: { deprovisioned: 0 },
    });
    expect(await statuses(tenant)).toEqual({ active: 12 });
    await source.stop();
  });

  async function live(people: number, where = muster): Promise<Company> {
    const company = await startCompany(where, { ...shape, people }, { mapping });
    const { tenant, integration } = company;
    const first = await where.api.runSync(tenant, integration, { mode: 'live' });
    expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: people } });
    return company;
  }

  /** Lets `count` people be counted, looks at the plan of a dry sync, and undoes it at the source. */
  async function expectJudged(
    { tenant, integration, source }: Company,
    { rule, attribute, happen, counted, what }: Rule & { what: string },
    people: number,
    count: number,
    limit: number,
  ): Promise<void> {
    happen(source, idsFrom(people, count));
    const sync = await muster.api.runSync(tenant, integration, { mode: 'dry' });
    source.restore();
    const verdict = sync.safeguards.find((one) => one.rule === rule && one.attribute === attribute);
    const said = `${String(count)} of ${String(people)} ${what}: ${sync.summary}`;
    expect(sync.state, said).toBe('completed');
    expect(verdict, said).toMatchObject({ measured: count, limit, population: people, tripped: count > limit });
    const whole = sync.safeguards.find((one) => one.rule === 'whole');
    const nobodyLeft = rule === 'inferredRemovals' && count === people;
    const shrunk = what === 'people who are missing' && count > limit;
    expect(whole?.tripped, said).toBe(nobodyLeft || shrunk);
    const holds = count > limit || nobodyLeft || shrunk;
    expect(sync.held, said).toBe(holds && counted !== null ? count : 0);
    if (counted === null) return;
    const [outcome, reason] = counted.split(':');
    expect(sync.totals, said).toContainEqual({ outcome, reason, state: holds ? 'held' : 'planned', count });
  }

  async function word(tenant: string, { id, planHash }: SyncAnswer, verb: 'approve' | 'reject', named: object) {
    return muster.api.call('POST', `/v1/tenants/${tenant}/syncs/${id}/${verb}`, { ...named, planHash });
  }

  async function afterRound(tenant: string, id: string, round: number): Promise<SyncAnswer> {
    await expect.poll(() => muster.api.sync(tenant, id), { interval: 10, timeout: 20_000 }).toMatchObject({ round });
    return muster.api.ended(tenant, id);
  }

  async function heldOf(tenant: string, { id }: SyncAnswer): Promise<string[]> {
    return (await muster.api.outcomes(tenant, id, '?state=held')).map((row) => row.id);
  }

  async function statuses(tenant: string, where = muster): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { status } of await where.users(tenant)) counts[status] = (counts[status] ?? 0) + 1;
    return counts;
  }

  it('stop a drip of removals when it passes a fifth within seven days, and forget what is older', async () => {
    const clock = new ManualClock('2026-03-02T06:00:00.000Z');
    const own = await RunningMuster.start({ clock });
    try {
      const { tenant, integration, source } = await live(100, own);
      const remove = async (count: number): Promise<SyncAnswer> => {
        source.remove(count);
        return own.api.runSync(tenant, integration, { mode: 'live' });
      };
      const rule = (sync: SyncAnswer) => sync.safeguards.find((one) => one.rule === 'inferredRemovals7Days');

      // 9 + 8 of 100 within the window, 20 pass.
      expect(await remove(9)).toMatchObject({ state: 'completed', counts: { deprovisioned: 9 } });
      clock.advance(2 * dayMs);
      expect(await remove(8)).toMatchObject({ state: 'completed', counts: { deprovisioned: 8 } });
      clock.advance(2 * dayMs);
      const third = await remove(4);
      expect(third, third.summary).toMatchObject({ state: 'awaitingApproval', held: 4 });
      expect(rule(third)).toMatchObject({ measured: 21, limit: 20, population: 100, tripped: true });
      expect(await statuses(tenant, own)).toEqual({ active: 83, deactivated: 17 });

      // One of them is there again: 20 of 100.
      const [returned = ''] = (await heldNames(own, tenant, third)).slice(0, 1);
      source.restore([returned]);
      const fourth = await own.api.runSync(tenant, integration, { mode: 'live' });
      expect(fourth, fourth.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 3 } });
      expect(rule(fourth)).toMatchObject({ measured: 20, limit: 20, population: 100, tripped: false });

      // Within the window not one more; when the first nine are seven days old, nine more of 91.
      clock.advance(2 * dayMs);
      expect(await remove(1)).toMatchObject({ state: 'awaitingApproval', held: 1 });
      clock.advance(1.5 * dayMs);
      const later = await remove(6);
      expect(later, later.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 7 } });
      expect(rule(later)).toMatchObject({ measured: 18, limit: 18, population: 91, tripped: false });
      await source.stop();
    } finally {
      await own.stop();
    }
  });

  it('plan no removals from a delta', async () => {
    const changed: { workerId: string; name: string; mail: string; country?: string }[] = [];
    const delta = deltaConnector(changed);
    const own = await RunningMuster.start({ connectors: [delta] });
    try {
      const { id: tenant } = await own.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Delta' });
      const integrations = `/v1/tenants/${tenant}/integrations`;
      const { id: integration } = await own.api.must<{ id: string }>('POST', integrations, {
        name: 'Changes',
        connectorId: delta.id,
        config: {},
        secrets: {},
        standing: 'live',
      });
      const mappings = `${integrations}/${integration}/mappings`;
      const { version } = await own.api.must<{ version: number }>('POST', mappings, {
        attributes: { fullName: 'name', email: 'mail' },
        scope: "country != 'Nowhere'",
      });
      await own.api.must('POST', `${mappings}/${String(version)}/activate`);
      const person = (n: number) => ({
        workerId: marked(`D${String(n)}`),
        name: marked(`N ${String(n)}`),
        mail: marked(`n${String(n)}@d.example`),
      });
      changed.push(...Array.from({ length: 12 }, (_, n) => person(n)));
      expect(await own.api.runSync(tenant, integration, { mode: 'live' })).toMatchObject({
        state: 'completed',
        counts: { created: 12 },
      });
      changed.splice(0, 12, { ...person(3), name: marked('Renamed') }, { ...person(4), country: 'Nowhere' });
      const sync = await own.api.runSync(tenant, integration, { mode: 'live' });
      expect(sync, sync.summary).toMatchObject({
        state: 'completed',
        manifest: { extent: 'delta', records: 2 },
        counts: { updated: 1, skipped: 1, deprovisioned: 0 },
      });
      changed.splice(0);
      const nothing = await own.api.runSync(tenant, integration, { mode: 'live' });
      expect(nothing, nothing.summary).toMatchObject({ state: 'completed', manifest: { records: 0 } });
      expect(await statuses(tenant, own)).toEqual({ active: 12 });
    } finally {
      await own.stop();
    }
  });
});

async function heldNames(muster: RunningMuster, tenant: string, { id }: SyncAnswer): Promise<string[]> {
  const rows = await muster.api.outcomes(tenant, id, '?state=held');
  return rows.flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId]));
}

function idOf(position: number): string {
  return `W${String(position).padStart(7, '0')}`;
}

/** The last `count` of `people`. */
function idsFrom(people: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => idOf(people - index));
}

/** The employee number that belongs to a worker id, as which pictures list people. */
function numberOf(id: string): string {
  return marked(String(100_000 + Number(id.slice(1)) - 1));
}

/** A source that only tells what has changed. */
function deltaConnector(changed: readonly object[]) {
  return defineConnector({
    id: 'changes',
    title: 'Changes',
    description: 'People who have changed, from memory.',
    capabilities: { full: true, person: false, delta: true, resume: false, wholeness: 'endMarker' },
    config: z.object({}),
    secrets: z.object({}),
    decoder: 'json',
    sourceIdExpression: 'workerId',
    defaultMapping: { attributes: { fullName: 'name', email: 'mail' } },
    async *check() {
      yield await Promise.resolve({ step: 'sample' as const, ok: true, message: 'It is in memory.' });
    },
    async *fetch() {
      const records = changed.map((one) => ({
        sourceId: (one as { workerId: string }).workerId,
        bytes: Buffer.from(JSON.stringify(one)),
      }));
      yield await Promise.resolve({ records, next: null });
      return { extent: 'delta' as const, lastPageSeen: true };
    },
  });
}
