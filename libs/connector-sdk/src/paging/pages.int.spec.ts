import { afterEach, describe, expect, it } from 'vitest';
import type { FetchBatch, FetchEnd } from '../connector.js';
import { Dialler } from '../egress/dialler.js';
import { EgressPolicy } from '../egress/egress-policy.js';
import { HttpClient } from '../http-client.js';
import type { JsonValue } from '../json-value.js';
import { splitJsonArray } from '../split-json-array.js';
import { readFetch } from '../testing/read-fetch.js';
import { simulateSource } from '../testing/simulated-source.js';
import { countedPages } from './counted-pages.js';
import type { CountedPagesOptions } from './counted-pages.js';
import { cursorPages } from './cursor-pages.js';
import { linkTarget } from './link-header.js';
import { linkedPages } from './linked-pages.js';
import type { PagingContext } from './list-pages.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

interface Answer {
  ids: string[];
  next?: string | null;
  total?: number;
  isLast?: boolean;
  link?: string;
}

/** A source that answers by what the query says, and what it was asked. */
async function source(answer: (query: URLSearchParams) => Answer) {
  const asked: string[] = [];
  const server = await simulateSource(({ url }) => {
    asked.push(url.search);
    const { ids, link, ...rest } = answer(url.searchParams);
    const body = JSON.stringify({ people: ids.map((id) => ({ id })), ...rest });
    return { body, headers: link === undefined ? {} : { link } };
  });
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const http = new HttpClient({ dialler, sleep: async () => undefined });
  closing.push(async () => {
    await http.close();
    await server.stop();
  });
  const ask = async (search: string, signal: AbortSignal) =>
    http.request({
      url: `${server.url}/people${search}`,
      signal,
      read: ({ headers, body }) => {
        const { records, envelope } = splitJsonArray(body, { arrayKey: 'people', idKey: 'id' });
        const { next = null, total, isLast } = envelope as Omit<Answer, 'ids'>;
        return { records, next, total, isLast, link: headers['link'] };
      },
    });
  const steps: { records: number; total?: number }[] = [];
  const controller = new AbortController();
  const context = (cursor: JsonValue | null): PagingContext => ({
    cursor,
    signal: controller.signal,
    progress: (step) => void steps.push(step),
  });
  const run = async (pages: AsyncGenerator<FetchBatch, FetchEnd, void>) => {
    const { ids, batches, end, error } = await readFetch(pages);
    return { ids, end, error, nexts: batches.map(({ next }) => next), totals: batches.map((one) => one.declaredTotal) };
  };
  return {
    asked,
    steps,
    controller,
    url: new URL(`${server.url}/people`),
    cursors: (cursor: JsonValue | null, more: { asksAhead?: boolean } = {}) =>
      cursorPages(context(cursor), {
        source: 'The source',
        read: (at, signal) => ask(at === null ? '' : `?cursor=${at}`, signal),
        ...more,
      }),
    counted: (by: CountedPagesOptions['by'], cursor: JsonValue | null = null) =>
      countedPages(context(cursor), { source: 'The source', by, read: (at, signal) => ask(`?at=${at}`, signal) }),
    linked: (cursor: JsonValue | null = null, without: string[] = []) =>
      linkedPages(context(cursor), {
        source: 'The source',
        url: new URL(`${server.url}/people?limit=2`),
        without,
        read: async ({ search }, signal) => {
          const { records, total, link } = await ask(search, signal);
          return { records, total, next: linkTarget(link, 'next') };
        },
      }),
    run,
  };
}

const whole = { extent: 'full', lastPageSeen: true };

describe('cursorPages', () => {
  const three = (query: URLSearchParams): Answer => {
    const at = Number(query.get('cursor') ?? 0);
    return { ids: at === 1 ? [] : [`a${at}`, `b${at}`], next: at < 2 ? String(at + 1) : null, total: 4 };
  };

  it('reads to the end, past pages that are short or empty, and passes totals on', async () => {
    const { cursors, run, steps } = await source(three);
    const read = await run(cursors(null));
    expect(read).toMatchObject({
      ids: ['a0', 'b0', 'a2', 'b2'],
      end: whole,
      nexts: ['1', '2', null],
      totals: [4, 4, 4],
    });
    expect(steps.at(-1)).toEqual({ records: 4, total: 4 });
  });

  it('goes on from a cursor, and refuses one that is none', async () => {
    const { cursors, run, asked } = await source(three);
    expect(await run(cursors('1'))).toMatchObject({ ids: ['a2', 'b2'], end: whole });
    expect(asked).toEqual(['?cursor=1', '?cursor=2']);
    expect((await run(cursors({ at: 1 }))).error).toMatchObject({ code: 'unknownCursor' });
  });

  it('asks for the next page before the last one is done with, unless told otherwise', async () => {
    const { cursors, asked } = await source(three);
    const ahead = cursors(null);
    await ahead.next();
    await expect.poll(() => asked).toEqual(['', '?cursor=1']);
    await ahead.return(whole as FetchEnd);
    asked.length = 0;
    const after = cursors(null, { asksAhead: false });
    await after.next();
    await after.next();
    expect(asked).toEqual(['', '?cursor=1']);
    await after.return(whole as FetchEnd);
  });

  it('ends with the reason of the signal', async () => {
    const { cursors, controller } = await source(three);
    const pages = cursors(null);
    await pages.next();
    controller.abort(new Error('cancelled'));
    await expect(pages.next()).rejects.toThrow('cancelled');
  });

  it.each([
    ['a cursor that comes again', 'cursorLoop', (at: number) => ({ ids: [`p${at}`], next: String((at + 1) % 3) })],
    ['new cursors around the same people', 'listLoop', (at: number) => ({ ids: [`p${at % 3}`], next: String(at + 1) })],
    ['the same page under ever new cursors', 'listLoop', (at: number) => ({ ids: ['a', 'b'], next: String(at + 1) })],
  ])('ends at %s', async (_, code, answer) => {
    const { cursors, run } = await source((query) => answer(Number(query.get('cursor') ?? 0)));
    const { error, end } = await run(cursors(null));
    expect(error).toMatchObject({ name: 'SourceFatalError', code });
    expect(end).toBeUndefined();
  });
});

describe('countedPages', () => {
  const people = ['a', 'b', 'c', 'd', 'e'];

  it('goes past a short page, and ends at one without anybody', async () => {
    const { counted, run, asked } = await source((query) => {
      const at = Number(query.get('at'));
      return { ids: people.slice(at, at + (at === 0 ? 1 : 2)) };
    });
    expect(await run(counted('offset'))).toMatchObject({ ids: people, end: whole });
    expect(asked).toEqual(['?at=0', '?at=1', '?at=3', '?at=5']);
  });

  it('counts pages from 1, and asks no further than the total', async () => {
    const { counted, run, asked } = await source((query) => {
      const page = Number(query.get('at')) - 1;
      return { ids: people.slice(page * 2, page * 2 + 2), total: 5 };
    });
    const { nexts, ...read } = await run(counted('page'));
    expect(read).toMatchObject({ ids: people, end: whole });
    expect(asked).toEqual(['?at=1', '?at=2', '?at=3']);
    expect(await run(counted('page', nexts[0]))).toMatchObject({ ids: ['c', 'd', 'e'], end: whole });
    expect((await run(counted('page', 'x'))).error).toMatchObject({ code: 'unknownCursor' });
  });

  it.each([
    ['a total that changes on the way', [5, 4], 2, 'The list changed while it was read'],
    ['a page without anybody before the total', [9, 9, 9, 9], 2, 'declares 9 people, and 5 came'],
  ])('claims no end after %s', async (_, totals, size, note) => {
    const { counted, run } = await source((query) => {
      const at = Number(query.get('at'));
      return { ids: people.slice(at, at + size), total: totals[at / size] ?? totals.at(-1) ?? 0 };
    });
    const { end } = await run(counted('offset'));
    expect(end).toMatchObject({ extent: 'full', lastPageSeen: false });
    expect(end?.note).toContain(note);
  });

  it('believes a source that says which page is the last', async () => {
    const { counted, run } = await source((query) => ({
      ids: [`p${query.get('at')}`],
      isLast: query.get('at') === '3',
    }));
    expect(await run(counted('page'))).toMatchObject({ ids: ['p1', 'p2', 'p3'], end: whole });
  });

  it('takes a source that gives its last page for every later one for no end', async () => {
    const { counted, run } = await source((query) => ({ ids: query.get('at') === '1' ? ['a', 'b'] : ['c', 'd'] }));
    expect((await run(counted('page'))).error).toMatchObject({ code: 'pageRepeated' });
  });
});

describe('linkedPages', () => {
  it('follows links at its own origin, whose secrets are not in cursors', async () => {
    const { linked, run } = await source((query) => {
      const page = query.get('page') ?? '1';
      return page === '2' ? { ids: ['c'] } : { ids: ['a', 'b'], link: '</people?page=2&api_key=sesame>; rel="next"' };
    });
    const { nexts, ...read } = await run(linked(null, ['api_key']));
    expect(read).toMatchObject({ ids: ['a', 'b', 'c'], end: whole });
    expect(nexts).toEqual(['/people?page=2', null]);
    expect(await run(linked(nexts[0]))).toMatchObject({ ids: ['c'], end: whole });
  });

  it.each(['http://127.0.0.2/people', 'https://127.0.0.1/people', '//elsewhere.example/', 'http://['])(
    'does not follow a link to %s',
    async (target) => {
      const { linked, run } = await source(() => ({ ids: ['a'], link: `<${target}>; rel=next` }));
      expect((await run(linked())).error).toMatchObject({ name: 'SourceFatalError', code: 'linkToOtherHost' });
    },
  );

  it.each(['//elsewhere.example/people', 'people', '/\\elsewhere.example'])(
    'stays at its origin from the cursor %s',
    async (cursor) => {
      const { linked, run, asked } = await source(() => ({ ids: [] }));
      const { error } = await run(linked(cursor));
      expect(error === undefined || (error as { code?: string }).code === 'unknownCursor').toBe(true);
      expect(asked.every((search) => search === '')).toBe(true);
    },
  );

  it('takes a header that is none for no end', async () => {
    const { linked, run } = await source(() => ({ ids: ['a'], link: 'next: 2' }));
    expect((await run(linked())).error).toMatchObject({ code: 'malformedLink' });
  });
});
