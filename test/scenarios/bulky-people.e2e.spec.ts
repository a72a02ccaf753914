import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeadLetterStore } from '#core';
import type { AcmeTenant } from '../support/acme-tenant.js';
import { canary, marked } from '../support/canary.js';
import { expectEveryRecordOnce } from '../support/every-record-once.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster, type UserAnswer } from '../support/running-muster.js';
import type { RosterPerson } from '../support/roster-source.js';
import { ScriptedSources } from '../support/scripted-source.js';

const width = 150;
const textLength = 400;
const MiB = 1024 * 1024;

/** A person whose record may be as large as it likes. */
interface BulkyPerson extends RosterPerson {
  /** Texts that the mapping takes by their place. */
  texts: readonly string[];
}

/** Custom attributes, each of which takes a text. */
function wideMapping(textOf: (index: number) => string): Record<string, string> {
  return Object.fromEntries(Array.from({ length: width }, (_, index) => [attributeOf(index), textOf(index)]));
}

const attributeOf = (index: number): string => `custom.wide${String(index)}`;

/** A text of which nothing comes twice, the same for the same words. */
function noise(words: string, length = textLength): string {
  let text = canary;
  for (let part = 0; text.length < length; part += 1) {
    text += createHash('sha512')
      .update(`${words} ${String(part)}`)
      .digest('hex');
  }
  return text.slice(0, length);
}

function bulkyPerson(number: number, texts: readonly string[]): BulkyPerson {
  const n = String(number);
  return { id: marked(`b${n}`), name: marked(`Person ${n}`), mail: marked(`b${n}@bulky.example`), texts };
}

describe('people who are far too large', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('come through when a mapping makes tens of megabytes of a page, and when all of that changes', async () => {
    const company = await bulkyCompany(
      'repeated',
      wideMapping(() => 'texts[0]'),
    );
    let people: BulkyPerson[] = [];
    for (const [year, outcome] of [
      ['first', 'created'],
      ['second', 'updated'],
    ] as const) {
      people = Array.from({ length: 510 }, (_, number) => bulkyPerson(number, [noise(`${year} ${String(number)}`)]));
      const sync = await live(company, 'repeated', people);
      expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { [outcome]: 510, failed: 0 } });
    }
    await expectAsTold(company, people, (_index, texts) => texts[0]);
    const again = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(again.totals).toEqual([{ outcome: 'skipped', reason: 'unchanged', state: null, count: 510 }]);
  });

  it('come through when a page loses megabytes that cannot be packed, and that is held and approved', async () => {
    const company = await bulkyCompany(
      'blanked',
      wideMapping((index) => `texts[${String(index)}]`),
    );
    const numbers = Array.from({ length: 150 }, (_, number) => number);
    const texts = (number: number) =>
      Array.from({ length: width }, (_, index) => noise(`${String(number)} ${String(index)}`));
    const full = numbers.map((number) => bulkyPerson(number, texts(number)));
    const first = await live(company, 'blanked', full);
    expect(first, first.summary).toMatchObject({ state: 'completed', counts: { created: 150, failed: 0 } });
    const blank = numbers.map((number) => bulkyPerson(number, []));
    const held = await live(company, 'blanked', blank);
    expect(held, held.summary).toMatchObject({ state: 'awaitingApproval', held: 150, counts: { updated: 150 } });
    const { tenant } = company;
    await muster.api.must('POST', `/v1/tenants/${tenant}/syncs/${held.id}/approve`, {
      all: true,
      includeHeld: true,
      planHash: held.planHash,
    });
    await expect.poll(() => muster.api.sync(tenant, held.id)).toMatchObject({ state: 'completed', held: 0 });
    await expectAsTold(company, blank, () => undefined);
  });

  it('are taken as records of up to 8 MiB, and larger ones are told apart', async () => {
    const mapping = { 'custom.first': 'texts[0]', 'custom.second': 'texts[1]' };
    const company = await bulkyCompany('single', mapping);
    const people = [
      bulkyPerson(0, ['small', 'too'].map(marked)),
      bulkyPerson(1, [noise('five', 5 * MiB), marked('beside it')]),
      bulkyPerson(2, [noise('nine', 9 * MiB), marked('lost with it')]),
      bulkyPerson(3, [noise('three', 3 * MiB), noise('four', 4 * MiB)]),
      bulkyPerson(4, ['small', 'again'].map(marked)),
    ];
    const sync = await live(company, 'single', people);
    expect(sync, sync.summary).toMatchObject({ counts: { created: 4, failed: 1 } });
    expect(sync.totals).toContainEqual({ outcome: 'failed', reason: 'recordTooLarge', state: null, count: 1 });
    const fitting = people.filter(({ id }) => id !== marked('b2'));
    await expectUsers(company, fitting, ['custom.first', 'custom.second'], (index, texts) => texts[index]);

    const swapped = fitting.map((one) => ({ ...one, texts: one.texts.toReversed() }));
    const next = await live(company, 'single', swapped);
    expect(next, next.summary).toMatchObject({ counts: { updated: 4, failed: 0 } });
    await expectUsers(company, swapped, ['custom.first', 'custom.second'], (index, texts) => texts[index]);
  });

  /** A tenant whose integration maps these custom attributes, each by its expression. */
  async function bulkyCompany(source: string, expressions: Record<string, string>): Promise<AcmeTenant> {
    const { api } = muster;
    const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: source });
    for (const name of Object.keys(expressions)) {
      const definition = { label: name, type: 'string', whenBlank: 'clear' };
      await api.must('PUT', `/v1/tenants/${tenant}/attributes/${name}`, definition);
    }
    const mapping = { attributes: { fullName: 'name', email: 'mail', ...expressions } };
    return { tenant, integration: await sources.integrate(api, tenant, source, { mapping }) };
  }

  /** Reads a source of these people; every record must have its outcome, and no message may be given up on. */
  async function live({ tenant, integration }: AcmeTenant, source: string, people: BulkyPerson[]): Promise<SyncAnswer> {
    sources.set(source, people);
    const sync = await muster.api.runSync(tenant, integration, { mode: 'live' });
    expect(sync.manifest?.records).toBe(people.length);
    await expectEveryRecordOnce(muster.api, tenant, sync.id);
    expect(await muster.part(DeadLetterStore).count()).toBe(0);
    return sync;
  }

  function expectAsTold(
    company: AcmeTenant,
    people: readonly BulkyPerson[],
    told: (index: number, texts: readonly string[]) => string | undefined,
  ): Promise<void> {
    return expectUsers(
      company,
      people,
      Array.from({ length: width }, (_, index) => attributeOf(index)),
      told,
    );
  }

  async function expectUsers(
    { tenant }: AcmeTenant,
    people: readonly BulkyPerson[],
    attributes: readonly string[],
    told: (index: number, texts: readonly string[]) => string | undefined,
  ): Promise<void> {
    const byName = new Map(people.map((one) => [one.name, one]));
    let seen = 0;
    for await (const user of muster.api.list<UserAnswer>(`/v1/tenants/${tenant}/users`, 50)) {
      const one = byName.get(String(user.attributes['fullName']));
      const texts = one?.texts ?? [];
      const wrong = attributes.filter((name, index) => (user.attributes[name] ?? undefined) !== told(index, texts));
      expect(wrong, `attributes of ${String(user.attributes['fullName'])}`).toEqual([]);
      seen += 1;
    }
    expect(seen).toBe(people.length);
  }
});
