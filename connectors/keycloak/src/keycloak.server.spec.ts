import { type CheckStep, Dialler, EgressPolicy, HttpClient, type JsonValue, noOwnSecrets } from '#connector-sdk';
import { readFetch } from '#connector-sdk/testing';
import { KeycloakServer } from '#testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { keycloak } from './keycloak.connector.js';

const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
const clientSecret = 'not-a-secret-either';
const people = 2000;

interface User {
  id: string;
  username: string;
}

function client(clientId: string, attributes: Record<string, string> = {}) {
  const flows = { publicClient: false, standardFlowEnabled: false, serviceAccountsEnabled: true };
  return { clientId, enabled: true, protocol: 'openid-connect', secret: clientSecret, ...flows, attributes };
}

function serviceAccount(clientId: string, roles: string[]) {
  const clientRoles = { 'realm-management': roles };
  return { username: `service-account-${clientId}`, enabled: true, serviceAccountClientId: clientId, clientRoles };
}

function user(number: number) {
  return {
    username: `p${String(number).padStart(4, '0')}`,
    enabled: number !== 7,
    email: `p${number}@acme.example`,
    firstName: 'Zoë',
    lastName: `Ålund ${number}`,
    attributes: { title: ['Buyer'], site: ['Leeds', 'Berlin'], employeeId: [`E${number}`] },
    groups: [`/site-${number % 5}`, ...(number % 100 === 0 ? ['/site-0/contractors'] : [])],
  };
}

const realm = {
  realm: 'acme',
  enabled: true,
  clients: [client('muster'), client('brief', { 'access.token.lifespan': '1' }), client('nobody'), client('none')],
  groups: [0, 1, 2, 3, 4].map((number) => ({
    name: `site-${number}`,
    subGroups: number === 0 ? [{ name: 'contractors' }] : [],
  })),
  users: [
    serviceAccount('muster', ['view-users']),
    serviceAccount('brief', ['view-users']),
    serviceAccount('nobody', ['query-users']),
    serviceAccount('none', []),
    ...Array.from({ length: people }, (_, index) => user(index)),
  ],
};

describe('keycloak on Keycloak', () => {
  let server: KeycloakServer;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    server = await KeycloakServer.start();
    await server.admin('POST', '', realm);
    const profile = await server.admin<Record<string, unknown>>('GET', '/acme/users/profile');
    await server.admin('PUT', '/acme/users/profile', { ...profile, unmanagedAttributePolicy: 'ADMIN_VIEW' });
  }, 240_000);
  afterAll(async () => server?.stop());
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  interface Wishes {
    config?: Record<string, unknown>;
    secret?: string;
    person?: string;
    cursor?: JsonValue;
    signal?: AbortSignal;
  }

  function contextFor({ config, secret = clientSecret, person, cursor = null, signal }: Wishes) {
    const http = new HttpClient({ dialler, backoff: { maxAttempts: 2 }, sleep: async () => undefined });
    closing.push(async () => http.close());
    return {
      config: keycloak.config.parse({ baseUrl: server.url, realm: 'acme', clientId: 'muster', ...config }),
      secrets: keycloak.secrets.parse({ clientSecret: secret }),
      ownSecrets: noOwnSecrets,
      state: null,
      http,
      dialler,
      signal: signal ?? new AbortController().signal,
      progress: () => undefined,
      log: () => undefined,
      cursor,
      person: person ?? null,
    };
  }

  const read = async (wishes: Wishes = {}) => readFetch(keycloak.fetch(contextFor(wishes)));
  const checked = async (wishes: Wishes = {}): Promise<CheckStep[]> => {
    const steps: CheckStep[] = [];
    for await (const step of keycloak.check(contextFor(wishes))) steps.push(step);
    return steps;
  };
  const documentOf = ({ bytes }: { bytes: Uint8Array }): Record<string, JsonValue> =>
    JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, JsonValue>;
  const found = async (username: string): Promise<User> => {
    const [one] = await server.admin<User[]>('GET', `/acme/users?exact=true&username=${username}`);
    return one!;
  };

  it('reads everybody and nobody twice, service accounts aside, with attributes as lists and both totals', async () => {
    const { records, ids, batches, end } = await read({ config: { pageSize: 300 } });
    expect(new Set(ids).size).toBe(people);
    expect(records).toHaveLength(people);
    expect(batches.map(({ records: page }) => page.length)).toEqual([300, 300, 300, 300, 300, 300, 200]);
    expect(batches[0]?.declaredTotal).toBe(people);
    expect(batches.at(-1)?.declaredTotal).toBe(people);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    const documents = records.map(documentOf);
    expect(documents[7]).toMatchObject({
      username: 'p0007',
      enabled: false,
      email: 'p7@acme.example',
      firstName: 'Zoë',
      attributes: { employeeId: ['E7'], site: ['Berlin', 'Leeds'], title: ['Buyer'] },
    });
    expect(documents.some((one) => 'access' in one || 'userProfileMetadata' in one || '@groups' in one)).toBe(false);
  });

  it('tells who is in which group, those within groups too', async () => {
    const { records } = await read({ config: { withGroups: true, pageSize: 500 } });
    const groupsOf = new Map(records.map(documentOf).map((one) => [one['username'], one['@groups']]));
    expect(groupsOf.get('p0003')).toEqual(['/site-3']);
    expect(groupsOf.get('p0100')).toEqual(['/site-0', '/site-0/contractors']);
    const inSite = (name: string) => [...groupsOf.values()].filter((groups) => (groups as string[]).includes(name));
    expect([inSite('/site-0').length, inSite('/site-0/contractors').length]).toEqual([people / 5, people / 100]);
  });

  it('makes the same record of a user in a page and alone, groups included', async () => {
    const { id } = await found('p0100');
    const config = { withGroups: true, pageSize: 50 };
    const alone = await read({ person: id, config });
    expect(alone).toMatchObject({ ids: [id], end: { extent: 'person', lastPageSeen: true } });
    const pages = keycloak.fetch(contextFor({ config, cursor: { first: 100, behind: (await found('p0099')).id } }));
    const page = await pages.next();
    await pages.return({ extent: 'full', lastPageSeen: false });
    expect(page.done === true ? null : page.value.records[0]).toEqual(alone.records[0]);
  });

  it.each(['00000000-0000-0000-0000-000000000000', 'count', 'profile', '..', '.', '', '../groups', 'a/b?x=1#y'])(
    'says that it does not know a person: %j',
    async (person) => {
      const { ids, end, error } = await read({ person });
      expect(error).toBeUndefined();
      expect(ids).toEqual([]);
      expect(end).toMatchObject({ extent: 'person', note: 'The realm does not know this person.' });
    },
  );

  it('goes on where it was stopped, and takes no cursor of anybody else', async () => {
    const { ids, batches, end } = await read({
      config: { pageSize: 500 },
      cursor: { first: 1500, behind: (await found('p1499')).id },
    });
    expect(ids).toHaveLength(500);
    expect(batches.map(({ declaredTotal }) => declaredTotal)).toEqual([undefined, people]);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    for (const cursor of ['1', 1, { first: 0 }, { first: 0.5, behind: null }, { first: 1, behind: 1 }, [1]]) {
      expect((await read({ cursor })).error).toMatchObject({ code: 'unknownCursor' });
    }
  });

  it('gets a new token when the one it has expires in the middle', async () => {
    const context = contextFor({ config: { clientId: 'brief', pageSize: 500 } });
    const fetch = keycloak.fetch(context);
    const started = Date.now();
    const first = await fetch.next();
    expect(first.done).toBe(false);
    // The token is good for a second.
    await expect.poll(() => Date.now() - started).toBeGreaterThan(1100);
    const rest = await readFetch(fetch);
    expect(rest.ids).toHaveLength(people - 500);
    expect(rest.end).toEqual({ extent: 'full', lastPageSeen: true });
    const requests = people / 500 + 1 + 2;
    expect(context.http.stats.requests).toBeGreaterThanOrEqual(requests + 2);
  });

  it('declares what the realm has at last, when somebody joined or left in the middle', async () => {
    const { batches, end } = await readFetch(joinedAfterFirst());
    expect(batches[0]?.declaredTotal).toBe(people);
    expect(batches.at(-1)?.declaredTotal).toBe(people + 1);
    expect(end).toMatchObject({ extent: 'full', lastPageSeen: false, note: /joined or left/ });
    await server.admin('DELETE', `/acme/users/${(await found('p0000a')).id}`);

    async function* joinedAfterFirst(): ReturnType<typeof keycloak.fetch> {
      const fetch = keycloak.fetch(contextFor({ config: { pageSize: 1000 } }));
      const first = await fetch.next();
      await server.admin('POST', '/acme/users', { username: 'p0000a', email: 'late@acme.example', enabled: true });
      if (first.done === true) return first.value;
      yield first.value;
      return yield* fetch;
    }
  });

  it('removes nobody because its service account may view nobody, and says so when it may not ask', async () => {
    const { ids, end } = await read({ config: { clientId: 'nobody' } });
    expect(ids).toEqual([]);
    expect(end).toMatchObject({ extent: 'full', lastPageSeen: false, note: /view-users/ });
    expect((await checked({ config: { clientId: 'nobody' } })).at(-1)).toMatchObject({ step: 'sample', ok: false });
    expect((await read({ config: { clientId: 'none' } })).error).toMatchObject({
      name: 'SourceCredentialsError',
      code: 'forbidden',
    });
  });

  it.each([
    ['a wrong secret', { secret: 'wrong' }, 'SourceCredentialsError', 'tokenRefused', 'credentials'],
    ['an unknown client', { config: { clientId: 'x' } }, 'SourceCredentialsError', 'tokenRefused', 'credentials'],
    ['an unknown realm', { config: { realm: 'away' } }, 'SourceConfigurationError', 'addressNotFound', 'credentials'],
  ])('refuses %s in plain words', async (_, wishes, name, code, step) => {
    const { error } = await read(wishes);
    expect(error).toMatchObject({ name, code });
    expect((error as Error).message).not.toMatch(/wrong/);
    expect((await checked(wishes)).at(-1)).toMatchObject({ step, ok: false });
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const fetch = keycloak.fetch(contextFor({ config: { pageSize: 100 }, signal: stop.signal }));
    await fetch.next();
    stop.abort(new Error('cancelled'));
    await expect(fetch.next()).rejects.toThrow('cancelled');
  });

  it('is checked step by step, without showing anybody', async () => {
    const steps = await checked({ config: { withGroups: true } });
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['configuration', 'dns', 'connect', 'credentials', 'firstPage', 'sample'].map((step) => [step, true]),
    );
    expect(steps.at(-1)?.details).toMatchObject({ attributes: ['employeeId', 'site', 'title'] });
    expect(JSON.stringify(steps)).not.toMatch(/@acme|Ålund|p000/);
  });

  it('ends as retriable when the server dies in the middle', async () => {
    const fetch = keycloak.fetch(contextFor({ config: { pageSize: 500 } }));
    await fetch.next();
    await server.stop();
    expect((await readFetch(fetch)).error).toMatchObject({ name: 'SourceRetriableError', code: 'unreachable' });
  });
});
