import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '#api-client';
import { outcomeId, outcomeKinds, type SyncId } from '#core';
import { canary, marked } from '../support/canary.js';
import type { MusterApi, OutcomeAnswer, SyncAnswer } from '../support/muster-api.js';
import { createRosterTenant, looseSafeguards, type RosterPerson, RosterSources } from '../support/roster-source.js';
import { RunningMuster } from '../support/running-muster.js';

const person = (id: string, parts: Partial<RosterPerson> = {}): RosterPerson => ({
  id: marked(id),
  name: marked(`Name of ${id}`),
  mail: marked(`${id}@roster.example`),
  num: marked(`N-${id}`),
  title: marked('Clerk'),
  active: true,
  hired: '2024-03-01',
  tags: [marked('one')],
  ...parts,
});

/** What the source has first, then later: between them people come to every outcome there is. */
const first = ['same', 'changes', 'leaves', 'ends', 'returns', 'scope'].map((id) => person(id));
const second = [
  person('same'),
  person('changes', { title: marked('Boss') }),
  person('ends', { active: false }),
  person('returns', { active: false }),
  person('scope', { scope: 'out' }),
  person('new'),
  person('terminated', { active: false }),
  person('never', { scope: 'out' }),
  person('badMail', { mail: marked('no address') }),
  person('noMail', { mail: null }),
  person('badTags', { tags: 7 }),
  person('twice', { title: marked('One') }),
  person('twice', { title: marked('Other') }),
  person('copied'),
  person('copied'),
  person('rival', { mail: marked('rivals@roster.example') }),
  person('other', { mail: marked('rivals@roster.example') }),
  person('nobody', { id: null }),
];
const third = [...second.filter(({ id }) => id !== marked('returns')), person('returns')];

describe('a viewer', () => {
  const rosters = new RosterSources();
  let muster: RunningMuster;
  let viewer: MusterApi;
  let tenant: string;
  let rows: OutcomeAnswer[];
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [rosters.connector] });
    const made = await createRosterTenant(muster.api, 'viewed', { safeguards: looseSafeguards });
    ({ tenant } = made);
    const body = { label: 'looks', role: 'viewer' };
    const { apiKey } = await muster.api.must<{ apiKey: string }>('POST', `/v1/tenants/${tenant}/api-keys`, body);
    viewer = muster.api.as(apiKey);
    const syncs: SyncAnswer[] = [];
    for (const people of [first, second, third]) {
      rosters.set('viewed', people);
      syncs.push(await muster.api.runSync(tenant, made.integration, { mode: 'live' }));
    }
    rows = (await Promise.all(syncs.map(({ id }) => viewer.outcomes(tenant, id)))).flat();
    const unchanged = outcomeId((syncs[1]?.id ?? '') as SyncId, 0);
    rows.push(await viewer.must<OutcomeAnswer>('GET', `/v1/tenants/${tenant}/outcomes/${unchanged}`));
  });
  afterAll(() => muster.stop());

  const explain = async (api: MusterApi, { id }: OutcomeAnswer): Promise<Explanation> =>
    api.must<Explanation>('GET', `/v1/tenants/${tenant}/outcomes/${id}/explanation`);

  it('has outcomes of every kind to look at', () => {
    expect(new Set(rows.map(({ outcome }) => outcome))).toEqual(new Set(outcomeKinds));
    const reasons = new Set(rows.map(({ reason }) => reason));
    for (const reason of ['alreadyTerminated', 'outOfScope', 'typeMismatch', 'keyCollision', 'unchanged'] as const) {
      expect(reasons).toContain(reason);
    }
  });

  it('is shown no value of a record in an explanation, but those that the outcome shows as changes', async () => {
    let shownToAdmins = 0;
    for (const row of rows) {
      const { outcome, attributes, ...rest } = await explain(viewer, row);
      const name = `${row.outcome}: ${row.reason} of ${String(row.sourceId)}`;
      expect(outcome, name).toEqual(row);
      for (const { attribute, raw, coerced, before, after } of attributes) {
        const change = row.changes[attribute] ?? { before: null, after: null };
        expect({ raw, coerced, before, after }, `${attribute} of ${name}`).toEqual({
          raw: null,
          coerced: null,
          ...change,
        });
      }
      expect(rest.record.document, name).toBeNull();
      expect(JSON.stringify([rest, outcome.problems, outcome.note]), name).not.toContain(canary);
      const forAdmins = await explain(muster.api, row);
      shownToAdmins += JSON.stringify(forAdmins.attributes.map(({ coerced }) => coerced)).split(canary).length - 1;
      expect(
        forAdmins.attributes.map(({ attribute }) => attribute),
        name,
      ).toEqual(attributes.map(({ attribute }) => attribute));
    }
    expect(shownToAdmins).toBeGreaterThan(60);
  });

  it('is shown no changes of somebody whom nothing changes', () => {
    const unchanged = rows.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
    expect(unchanged.length).toBeGreaterThan(10);
    for (const { changes, reason, sourceId } of unchanged) {
      expect(changes, `${reason} of ${String(sourceId)}`).toEqual({});
    }
  });
});
