import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient } from './http-client.js';
import { OAuth2RefreshToken } from './oauth2-refresh-token.js';
import type { OwnSecrets } from './own-secrets.js';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A token endpoint that takes the refresh token `r1`, and (`rotating`) gives `r2`, `r3`, … each good for one use. */
class TokenEndpoint {
  valid = 'r1';
  used: string[] = [];
  issued = 0;
  authorizations = new Set<string | undefined>();
  readonly url: string;

  constructor(
    private readonly isRotating: boolean,
    port: number,
  ) {
    this.url = `http://127.0.0.1:${port}/ccx/oauth2/acme/token`;
  }

  answer(authorization: string | undefined, form: URLSearchParams): [number, unknown] {
    const given = form.get('refresh_token') ?? '';
    this.authorizations.add(authorization);
    this.used.push(given);
    if (form.get('grant_type') !== 'refresh_token' || given !== this.valid) return [400, { error: 'invalid_grant' }];
    this.issued += 1;
    if (this.isRotating) this.valid = `r${this.issued + 1}`;
    return [200, { access_token: `a${this.issued}`, expires_in: 600, refresh_token: this.valid }];
  }
}

async function endpoint({ isRotating = true } = {}): Promise<TokenEndpoint> {
  const server = createServer((request, response) => void reply(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tokens = new TokenEndpoint(isRotating, (server.address() as AddressInfo).port);
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    const [status, body] = tokens.answer(request.headers.authorization, form);
    response.writeHead(status).end(JSON.stringify(body));
  };
  closing.push(async () => void server.close());
  return tokens;
}

/** One stored secret; writes are told to `onReplace`, which may take its time. */
class Stored implements OwnSecrets {
  constructor(
    public value: string | null,
    public onReplace: () => Promise<void> = async () => undefined,
  ) {}

  async read(name: string): Promise<string | null> {
    return name === 'refreshToken' ? this.value : null;
  }

  async replace(_: string, { from, to }: { from: string; to: string }): Promise<'replaced' | 'changed'> {
    await this.onReplace();
    if (this.value !== from) return 'changed';
    this.value = to;
    return 'replaced';
  }
}

function client(tokens: TokenEndpoint, ownSecrets: OwnSecrets, refreshToken: string, more = {}) {
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const http = new HttpClient({ dialler, sleep: async () => undefined });
  closing.push(async () => http.close());
  return new OAuth2RefreshToken(http, {
    tokenUrl: tokens.url,
    clientId: 'muster',
    clientSecret: 's&cret',
    secretName: 'refreshToken',
    refreshToken,
    ownSecrets,
    sleep: async () => undefined,
    ...more,
  });
}

describe('OAuth2RefreshToken', () => {
  it('asks once for requests that come together, with id and secret in the header', async () => {
    const tokens = await endpoint({ isRotating: false });
    const stored = new Stored('r1', () => Promise.reject(new Error('nothing is to be stored')));
    const auth = client(tokens, stored, 'r1');
    await expect(Promise.all([auth.headers(), auth.headers()])).resolves.toEqual([
      { authorization: 'Bearer a1' },
      { authorization: 'Bearer a1' },
    ]);
    auth.renew();
    await expect(auth.token()).resolves.toBe('a2');
    expect(tokens.used).toEqual(['r1', 'r1']);
    expect([...tokens.authorizations]).toEqual([`Basic ${Buffer.from('muster:s%26cret').toString('base64')}`]);
  });

  it('stores a new refresh token before it gives the access token', async () => {
    const tokens = await endpoint();
    const { promise: mayStore, resolve: store } = Promise.withResolvers<void>();
    const { promise: isStoring, resolve: storing } = Promise.withResolvers<void>();
    const stored = new Stored('r1', async () => {
      storing();
      await mayStore;
    });
    let given: string | null = null;
    const token = client(tokens, stored, 'r1')
      .token()
      .then((value) => (given = value));
    await isStoring;
    expect(given).toBeNull();
    store();
    await expect(token).resolves.toBe('a1');
    expect(stored.value).toBe('r2');
  });

  it('gives no access token when the new refresh token cannot be stored', async () => {
    const tokens = await endpoint();
    const away = new Error('the store is away');
    const auth = client(tokens, new Stored('r1', () => Promise.reject(away)), 'r1');
    await expect(auth.token()).rejects.toBe(away);
  });

  it('goes on with the token that it got last, and so does the next process', async () => {
    const tokens = await endpoint();
    const stored = new Stored('r1');
    const auth = client(tokens, stored, 'r1');
    await auth.token();
    auth.renew();
    await auth.token();
    await client(tokens, stored, stored.value ?? '').token();
    expect(tokens.used).toEqual(['r1', 'r2', 'r3']);
    expect(stored.value).toBe('r4');
  });

  it('uses a token once when several requests were refused and renew one after the other', async () => {
    const tokens = await endpoint();
    const auth = client(tokens, new Stored('r1'), 'r1');
    await auth.token();
    auth.renew();
    const first = auth.token();
    auth.renew();
    await expect(Promise.all([first, auth.token()])).resolves.toEqual(['a2', 'a2']);
    expect(tokens.used).toEqual(['r1', 'r2']);
  });

  it('takes what another process stored meanwhile, when its own is refused', async () => {
    const tokens = await endpoint();
    const stored = new Stored('r1');
    const [winner, loser] = [client(tokens, stored, 'r1'), client(tokens, stored, 'r1')];
    await winner.token();
    await expect(loser.token()).resolves.toBe('a2');
    expect(tokens.used).toEqual(['r1', 'r1', 'r2']);
    expect(stored.value).toBe('r3');
  });

  it('waits for the other process to store it', async () => {
    const tokens = await endpoint();
    const stored = new Stored('r1');
    tokens.valid = 'r2';
    const waits: number[] = [];
    const sleep = async (ms: number): Promise<void> => {
      waits.push(ms);
      if (waits.length === 2) stored.value = 'r2';
    };
    await expect(client(tokens, stored, 'r1', { sleep }).token()).resolves.toBe('a1');
    expect(tokens.used).toEqual(['r1', 'r2']);
  });

  it('leaves alone what an admin has entered meanwhile, and goes on with it', async () => {
    const tokens = await endpoint();
    const stored: Stored = new Stored('r1', async () => {
      stored.value = 'typed in';
    });
    const auth = client(tokens, stored, 'r1');
    await expect(auth.token()).resolves.toBe('a1');
    expect(stored.value).toBe('typed in');
    tokens.valid = 'typed in';
    stored.onReplace = async () => undefined;
    auth.renew();
    await expect(auth.token()).resolves.toBe('a2');
    expect(tokens.used).toEqual(['r1', 'typed in']);
  });

  it('says that the token is refused when nothing else is stored, after one try, without showing it', async () => {
    const tokens = await endpoint();
    tokens.valid = 'another';
    const error = await client(tokens, new Stored('r1'), 'r1')
      .token()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'SourceCredentialsError',
      code: 'tokenRefused',
      fields: { status: 400, reason: 'invalid_grant' },
    });
    expect(String(error)).toContain('refresh token');
    expect(String(error)).not.toMatch(/r1|s&cret/);
    expect(tokens.used).toEqual(['r1']);
  });
});
