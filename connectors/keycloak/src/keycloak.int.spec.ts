import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Dialler, EgressPolicy, HttpClient, noOwnSecrets } from '#connector-sdk';
import { readFetch } from '#connector-sdk/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { keycloak } from './keycloak.connector.js';

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type Answer = (path: string, query: URLSearchParams) => unknown;

/** Something at the place of a Keycloak that gives tokens, and answers else as told: by a value, by bytes that are no JSON, or by undefined: 404. */
async function behaving(answer: Answer, config: Record<string, unknown> = {}, person: string | null = null) {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://keycloak');
    const isToken = pathname.endsWith('/token');
    const value = isToken
      ? { access_token: 'token', expires_in: 60 }
      : answer(pathname.replace('/admin/realms/acme', ''), searchParams);
    if (value === undefined) response.statusCode = 404;
    response.end(value instanceof Buffer ? value : JSON.stringify(value ?? null));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = new HttpClient({ dialler, backoff: { maxAttempts: 2 }, sleep: async () => undefined });
  closing.push(async () => {
    await http.close();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return readFetch(
    keycloak.fetch({
      config: keycloak.config.parse({ baseUrl, realm: 'acme', clientId: 'muster', pageSize: 2, ...config }),
      secrets: keycloak.secrets.parse({ clientSecret: 'secret' }),
      ownSecrets: noOwnSecrets,
      state: null,
      http,
      dialler,
      signal: new AbortController().signal,
      progress: () => undefined,
      log: () => undefined,
      cursor: null,
      person,
    }),
  );
}

const users = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
const page = (query: URLSearchParams) => users.slice(Number(query.get('first'))).slice(0, Number(query.get('max')));

describe('keycloak, where something goes wrong', () => {
  it('leaves a list of users, groups or members that leads in a circle', async () => {
    const circle = await behaving((path, query) =>
      path === '/users/count' ? 9 : users.slice(0, Number(query.get('max'))),
    );
    expect(circle.error).toMatchObject({ name: 'SourceFatalError', code: 'pageLoop' });
    const groups = Array.from({ length: 500 }, (_, at) => ({ id: `g${at}` }));
    const answers: Answer[] = [
      (path) => (path === '/groups' ? groups : []),
      (path) => (path === '/groups' ? [{ id: 'g', path: '/g' }] : groups),
    ];
    for (const answer of answers) {
      const { error } = await behaving((...asked) => (asked[0] === '/users/count' ? 3 : answer(...asked)), {
        withGroups: true,
      });
      expect(error).toMatchObject({ code: 'pageLoop' });
    }
  });

  it('leaves the groups of one user when they lead in a circle of several pages', async () => {
    const round = Array.from({ length: 1300 }, (_, at) => ({ id: `g${at}`, path: `/g${at}` }));
    const { error } = await behaving(
      (path, query) =>
        path === '/users/a'
          ? { id: 'a' }
          : Array.from({ length: 500 }, (_, at) => round[(Number(query.get('first')) + at) % round.length]),
      { withGroups: true },
      'a',
    );
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'pageLoop' });
  });

  it.each([
    ['no number', (path: string) => (path === '/users/count' ? '3' : users), 'countMissing'],
    ['no list', (path: string) => (path === '/users/count' ? 3 : { users }), 'notAList'],
    ['a list of something else', (path: string) => (path === '/users/count' ? 3 : [...users, 'd']), 'notAList'],
    ['no JSON', (path: string) => (path === '/users/count' ? 3 : Buffer.from('[{"id":"a"')), 'malformedAnswer'],
  ])('ends when Keycloak sends %s', async (_, answer, code) => {
    const { error, batches } = await behaving(answer);
    expect(error).toMatchObject({ name: 'SourceFatalError', code });
    expect(batches).toEqual([]);
  });

  it('tells both totals where there is one page, and an empty last one', async () => {
    const count = (path: string, query: URLSearchParams) => (path === '/users/count' ? 3 : page(query));
    const one = await behaving(count, { pageSize: 10 });
    expect(one.batches.map(({ records, declaredTotal }) => [records.length, declaredTotal])).toEqual([
      [3, 3],
      [0, 3],
    ]);
    expect(one.batches.map(({ next }) => next)).toEqual([{ first: 3, behind: 'c', hasMoved: false }, null]);
    const exact = await behaving(count, { pageSize: 3 });
    expect(exact.batches.map(({ records, declaredTotal }) => [records.length, declaredTotal])).toEqual([
      [3, 3],
      [0, 3],
    ]);
    expect(exact.end).toEqual({ extent: 'full', lastPageSeen: true });
  });

  const named = (...ids: string[]) => ids.map((id) => ({ id }));
  it.each([
    ['one left and one joined', named('b', 'c', 'd', 'e', 'f'), ['a', 'b', 'c', 'd', 'e', 'f']],
    ['one joined and one left', named('0', 'a', 'b', 'c', 'd'), ['a', 'b', 'a', 'b', 'c', 'd']],
    ['everybody left', [], ['a', 'b']],
  ])('sees that the list moved under it, though the numbers are right: %s', async (_, after, ids) => {
    let pages = 0;
    const fetched = await behaving((path, query) => {
      if (path === '/users/count') return 5;
      pages += 1;
      const list = pages === 1 ? named('a', 'b', 'c', 'd', 'e') : after;
      return list.slice(Number(query.get('first'))).slice(0, Number(query.get('max')));
    });
    expect(fetched.ids).toEqual(ids);
    expect(fetched.end).toMatchObject({
      extent: 'full',
      lastPageSeen: false,
      note: /joined or left.*nobody is removed/,
    });
  });

  it('does without a group that is deleted while groups are read', async () => {
    const groups = [
      { id: 'g', path: '/g', subGroupCount: 1 },
      { id: 'h', path: '/h' },
    ];
    const { records, error } = await behaving(
      (path, query) => {
        if (path === '/users/count') return 3;
        if (path === '/users') return page(query);
        if (path === '/groups') return groups;
        return path === '/groups/h/members' ? users : undefined;
      },
      { withGroups: true },
    );
    expect(error).toBeUndefined();
    expect(records.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString('utf8')) as unknown)).toEqual(
      users.map((user) => ({ ...user, '@groups': ['/h'] })),
    );
  });

  it('takes a realm that is not there for a wrong setting, not for a person who is not', async () => {
    const { error, batches } = await behaving(() => undefined, {}, 'a');
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'addressNotFound' });
    expect(batches).toEqual([]);
  });

  it('takes nobody for somebody else', async () => {
    const { error } = await behaving(() => ({ id: 'b' }), {}, 'a');
    expect(error).toMatchObject({ name: 'SourceFatalError', code: 'otherUser' });
  });
});
