import { describe, it } from 'vitest';
import {
  type AnswerRequest,
  describeConnectorContract,
  simulateSource,
  type SourceQuirk,
} from '#connector-sdk/testing';
import { keycloak } from './keycloak.connector.js';

const clientSecret = 'secret-of-the-client';
const basic = `Basic ${Buffer.from(`muster:${clientSecret}`).toString('base64')}`;

describeConnectorContract(keycloak, {
  runner: { describe, it },
  transport: 'http',
  signIn: 'renewed',
  record: (id, value) => `{"id":"${id}","username":"${id}","firstName":${value}}`,
  start: async ({ records, quirk, timeoutSeconds }) => {
    const http = await simulateSource(realm(records, quirk));
    return {
      config: {
        baseUrl: http.url,
        realm: 'acme',
        clientId: 'muster',
        pageSize: 3,
        requestTimeoutSeconds: timeoutSeconds,
      },
      secrets: { clientSecret },
      http,
      stop: () => http.stop(),
    };
  },
  doesNotApply: {
    'carries hostile data unharmed: a number beyond 2^53':
      'its only numbers are instants in milliseconds; attributes are text',
    'carries hostile data unharmed: a number beyond every float':
      'its only numbers are instants in milliseconds; attributes are text',
    'carries hostile data unharmed: a key twice': 'Keycloak writes maps, and those have no key twice',
  },
});

/** As much of Keycloak’s token endpoint and admin API as is asked of one realm, which has these users in this order. */
function realm(users: readonly string[], quirk: SourceQuirk | null): AnswerRequest {
  let tokens = 0;
  const listed = quirk === 'lostLastPage' ? users.slice(0, -2) : users;
  const page = (first: number, max: number): string[] =>
    quirk === 'loopedCursor'
      ? Array.from({ length: max }, (_, at) => listed[(first + at) % listed.length] ?? '')
      : listed.slice(first, first + max);
  return ({ method, url: { pathname, searchParams }, headers }) => {
    if (method === 'POST' && pathname === '/realms/acme/protocol/openid-connect/token') {
      if (headers['authorization'] !== basic) return { status: 401, body: '{"error":"unauthorized_client"}' };
      tokens += 1;
      return { body: `{"access_token":"token-${tokens}","expires_in":60,"token_type":"Bearer"}` };
    }
    if (!/^Bearer token-\d+$/.test(headers['authorization'] ?? ''))
      return { status: 401, body: '{"error":"HTTP 401"}' };
    const path = pathname.replace('/admin/realms/acme/users', '');
    if (path === '/count') return { body: String(users.length - (quirk === 'shortTotal' ? 1 : 0)) };
    if (path === '') {
      return { body: `[${page(Number(searchParams.get('first')), Number(searchParams.get('max'))).join(',')}]` };
    }
    const user = users.find((one) => (JSON.parse(one) as { id: string }).id === decodeURIComponent(path.slice(1)));
    return user === undefined ? { status: 404, body: '{"error":"User not found"}' } : { body: user };
  };
}
