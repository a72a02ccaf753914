import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Connector, FetchContext } from '../connector.js';
import { defineConnector } from '../define-connector.js';
import { failedStep } from '../failed-step.js';
import { JsonSplitError } from '../json-split.errors.js';
import { BadResponseError } from '../bad-response.errors.js';
import type { HttpResponse } from '../http-request.js';
import { SourceFatalError } from '../source.errors.js';
import { splitJsonArray } from '../split-json-array.js';
import { contractOutcome } from './contract-outcome.spec.js';
import type { ContractSubject } from './contract-subject.js';
import { PeoplePages } from './people-pages.js';
import { simulateSource } from './simulated-source.js';

type Page = ReturnType<typeof readPage>;
type Context = FetchContext<{ url: string }, { token: string }>;

function readPage({ body }: HttpResponse) {
  try {
    const { records, envelope } = splitJsonArray(body, { arrayKey: 'people', idKey: 'id' });
    const { next, total } = envelope as { next: string | null; total: number };
    return { records, next, total };
  } catch (error) {
    if (error instanceof JsonSplitError) throw new BadResponseError('noPage', 'The roster sent no whole page.');
    throw error;
  }
}

async function readRoster({ config, secrets, http }: Context, cursor: string | null): Promise<Page> {
  const url = new URL('/people', config.url);
  if (cursor !== null) url.searchParams.set('cursor', cursor);
  return http.request({ url, headers: { authorization: `Bearer ${secrets.token}` }, read: readPage });
}

const roster = defineConnector({
  id: 'roster',
  title: 'Roster',
  description: 'People in pages, for tests.',
  capabilities: { full: true, person: false, delta: false, resume: true, wholeness: 'declaredTotal' },
  config: z.object({ url: z.string().describe('Address') }),
  secrets: z.object({ token: z.string().describe('Token') }),
  decoder: 'json',
  sourceIdExpression: 'id',
  defaultMapping: { attributes: { fullName: 'name' } },
  async *check(context) {
    try {
      await readRoster(context as Context, null);
    } catch (error) {
      yield failedStep('firstPage', error);
      return;
    }
    yield { step: 'firstPage', ok: true, message: 'The roster answers.' };
  },
  async *fetch(context) {
    const seen = new Set<string>();
    let cursor = context.cursor as string | null;
    do {
      const { records, next, total }: Page = await readRoster(context, cursor);
      if (next !== null && seen.has(next)) throw new SourceFatalError({ code: 'cursorLoop', message: 'A circle.' });
      if (next !== null) seen.add(next);
      yield { records, next, declaredTotal: total };
      cursor = next;
    } while (cursor !== null);
    return { extent: 'full', lastPageSeen: true };
  },
});

async function outcomeOf(connector: typeof roster, changes: Partial<ContractSubject> = {}, only?: string) {
  const subject: Omit<ContractSubject, 'runner'> = {
    transport: 'http',
    record: (id, value) => `{"id":"${id}","name":${value}}`,
    start: async ({ records, quirk }) => {
      const pages = new PeoplePages(records, quirk);
      const http = await simulateSource(({ url, headers }) => {
        if (headers['authorization'] !== 'Bearer the-right-token') return { status: 401, body: '{}' };
        const page = pages.page(url.searchParams.get('cursor'), 3);
        const { next, total } = page;
        return { body: `{"people":[${page.records.join(',')}],"next":${JSON.stringify(next)},"total":${total}}` };
      });
      return { config: { url: http.url }, secrets: { token: 'the-right-token' }, http, stop: () => http.stop() };
    },
  };
  return contractOutcome(connector, { ...subject, ...changes }, only);
}

/** The roster with one thing about it that is wrong. */
function flawed(parts: Partial<Connector>): typeof roster {
  return { ...roster, ...parts } as typeof roster;
}

let fetches = 0;

const flaws: [string, string, Partial<Connector>][] = [
  [
    'a setting without a description',
    'describes each setting and secret, as JSON Schema',
    { config: z.object({ url: z.string() }) },
  ],
  [
    'a secret among the settings',
    'keeps secrets apart from settings',
    { config: z.object({ url: z.string().describe('A'), apiToken: z.string().optional().describe('B') }) },
  ],
  [
    'an expression that is none',
    'has expressions that are JMESPath',
    { defaultMapping: { attributes: { email: 'a..b' } } },
  ],
  [
    'another id than its expression finds',
    'finds the source id where its expression does',
    { sourceIdExpression: 'name' },
  ],
  [
    'a check that throws',
    'never throws in a check: serverError',
    {
      async *check(context) {
        await readRoster(context as unknown as Context, null);
        yield { step: 'firstPage', ok: true, message: 'The roster answers.' };
      },
    },
  ],
  [
    'a check that goes on',
    'stops its check at wrong secrets',
    {
      async *check(context) {
        yield* roster.check(context as unknown as Context);
        yield { step: 'sample', ok: true, message: 'Fine.' };
      },
    },
  ],
  [
    'a secret in its log',
    'reads everybody once, in the order of the source',
    {
      async *fetch(context) {
        context.log({ code: 'start', message: `Signed in with ${String(context.secrets['token'])}.` });
        return yield* roster.fetch(context as unknown as Context);
      },
    },
  ],
  [
    'a person in its progress',
    'reads everybody once, in the order of the source',
    {
      async *fetch(context) {
        const end = yield* roster.fetch(context as unknown as Context);
        return { ...end, note: 'The last one is Wilhelmina Zq7.' };
      },
    },
  ],
  [
    'a cursor that leads elsewhere',
    'goes on from every cursor with exactly what was missing',
    {
      async *fetch(context) {
        return yield* roster.fetch({ ...(context as unknown as Context), cursor: null });
      },
    },
  ],
  [
    'other records each time',
    'reads the same twice',
    {
      async *fetch(context) {
        fetches += 1;
        const of = Buffer.from(String(fetches));
        for await (const batch of roster.fetch(context as unknown as Context)) {
          yield { ...batch, records: batch.records.map((record) => ({ ...record, bytes: of })) };
        }
        return { extent: 'full', lastPageSeen: true };
      },
    },
  ],
  [
    'cursors that it says it cannot use',
    'gives no cursor that it could not go on from',
    { capabilities: { ...roster.capabilities, resume: false } },
  ],
  [
    'records rewritten',
    'carries hostile data unharmed: a number beyond 2^53',
    {
      async *fetch(context) {
        for await (const batch of roster.fetch(context as unknown as Context)) {
          const records = batch.records.map(({ sourceId, bytes }) => ({
            sourceId,
            bytes: Buffer.from(JSON.stringify(JSON.parse(Buffer.from(bytes).toString()))),
          }));
          yield { ...batch, records };
        }
        return { extent: 'full', lastPageSeen: true };
      },
    },
  ],
  [
    'an error swallowed as an end',
    'takes no answer for whole that is not: cut',
    {
      async *fetch(context) {
        try {
          return yield* roster.fetch(context as unknown as Context);
        } catch {
          return { extent: 'full', lastPageSeen: true };
        }
      },
    },
  ],
  [
    'an end where none is proven',
    'takes nobody for everybody only where the source says so',
    { capabilities: { ...roster.capabilities, wholeness: 'none' } },
  ],
  [
    'a 429 taken for an answer',
    'waits as long as Retry-After says',
    {
      async *fetch(context) {
        const { records } = await context.http.request({
          url: `${String(context.config['url'])}/people`,
          headers: { authorization: `Bearer ${String(context.secrets['token'])}` },
          accept: [429],
          read: readPage,
        });
        yield { records, next: null };
        return { extent: 'full', lastPageSeen: true };
      },
    },
  ],
  [
    'people counted once',
    'passes on who comes twice',
    {
      async *fetch(context) {
        const seen = new Set<string | null>();
        for await (const batch of roster.fetch(context as unknown as Context)) {
          yield {
            ...batch,
            records: batch.records.filter(({ sourceId }) => !seen.has(sourceId) && seen.add(sourceId)),
          };
        }
        return { extent: 'full', lastPageSeen: true };
      },
    },
  ],
  [
    'no eye for circles',
    'leaves a list whose cursors lead in a circle',
    {
      async *fetch(context) {
        for (let cursor = context.cursor as string | null; ;) {
          const { records, next, total } = await readRoster(context as unknown as Context, cursor);
          yield { records, next, declaredTotal: total };
          if (next === null) return { extent: 'full', lastPageSeen: true };
          cursor = next;
        }
      },
    },
  ],
  [
    'totals made up',
    'shows the total of a list whose last page is lost',
    {
      async *fetch(context) {
        let count = 0;
        for await (const batch of roster.fetch(context as unknown as Context)) {
          count += batch.records.length;
          yield { ...batch, declaredTotal: count };
        }
        return { extent: 'full', lastPageSeen: true };
      },
    },
  ],
  [
    'no ear for the signal',
    'ends at once when it is cancelled',
    {
      async *fetch(context) {
        try {
          return yield* roster.fetch(context as unknown as Context);
        } catch (error) {
          throw new Error('It was something else.', { cause: error });
        }
      },
    },
  ],
];

describe('the contract of connectors', () => {
  it('is kept by a connector that is well', async () => {
    const { failed, skipped, count } = await outcomeOf(roster);
    expect(failed).toEqual([]);
    expect(count).toBeGreaterThan(50);
    const reasons = Map.groupBy(skipped, (name) => name.slice(name.indexOf('(')));
    expect(Object.fromEntries([...reasons].map(([reason, names]) => [reason, names.length]))).toEqual({
      '(does not apply: it can resume)': 1,
      '(does not apply: it does not read one person)': 1,
      '(does not apply: it leaves out nothing that was applied)': 2,
      '(does not apply: it reads no deltas)': 4,
      '(does not apply: it has no commit)': 5,
      '(does not apply: nobody pushes to it)': 1,
    });
  });

  it('leaves cursors to the connector, so long as they lead where they should', async () => {
    const dated = flawed({
      async *fetch(context) {
        fetches += 1;
        const { cursor } = context as unknown as { cursor: { at: string } | null };
        for await (const batch of roster.fetch({ ...(context as unknown as Context), cursor: cursor?.at ?? null })) {
          const { next } = batch;
          yield { ...batch, next: next === null ? null : { at: next as string, fetch: fetches } };
        }
        return { extent: 'full', lastPageSeen: true };
      },
    });
    for (const name of ['reads the same twice', 'goes on from every cursor with exactly what was missing']) {
      expect((await outcomeOf(dated, {}, name)).failed).toEqual([]);
    }
  });

  it.each(flaws)('finds %s', async (_, name, parts) => {
    expect((await outcomeOf(flawed(parts), {}, name)).failed).toEqual([name]);
  });

  it('shows what does not apply, and takes no name that is none of its cases', async () => {
    const { skipped } = await outcomeOf(roster, { transport: 'pigeon' }, 'none');
    expect(skipped).toContain('waits as long as Retry-After says (does not apply: it speaks pigeon, not HTTP)');
    await expect(outcomeOf(roster, { doesNotApply: { 'reads minds': 'it does not' } })).rejects.toThrow(
      'no case "reads minds"',
    );
  });
});
