import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, describe } from 'vitest';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient } from './http-client.js';
import { OAuth2ClientCredentials } from './oauth2-client-credentials.js';
import type { OAuth2ClientCredentialsOptions } from './oauth2-client-credentials.js';
import type { OAuth2ClientSecret } from './oauth2-token-endpoint.js';

const closing: (() => Promise<void>)[] = [];

/** A token endpoint that numbers its tokens; `answer` overrides what it says. */
async function endpoint(
  options: Partial<OAuth2ClientCredentialsOptions & OAuth2ClientSecret> = {},
  answer?: { status: number; body: unknown },
) {
  const asked: { authorization: string | undefined; form: Record<string, string> }[] = [];
  const server = createServer((request, response) => {
    void reply(request, response);
  });
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const form = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
    asked.push({ authorization: request.headers.authorization, form: Object.fromEntries(form) });
    response.writeHead(answer?.status ?? 200);
    response.end(
      JSON.stringify(answer?.body ?? { access_token: `t${asked.length}`, token_type: 'Bearer', expires_in: 600 }),
    );
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const http = new HttpClient({ dialler, sleep: async () => undefined });
  closing.push(async () => {
    await http.close();
    server.close();
  });
  const clock = { ms: 0 };
  const tokenUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  const auth = new OAuth2ClientCredentials(http, {
    tokenUrl,
    clientId: 'muster:1',
    clientSecret: 's&cret',
    scope: 'read',
    now: () => clock.ms,
    ...options,
  });
  return { auth, asked, clock };
}

afterEach(async () => {
  for (const close of closing.splice(0)) {
    await close();
  }
});

describe('OAuth2ClientCredentials', () => {
  it('asks once for requests that come together, and keeps the token', async () => {
    const { auth, asked } = await endpoint();
    await expect(Promise.all([auth.headers(), auth.headers(), auth.headers()])).resolves.toEqual(
      Array.from({ length: 3 }, () => ({ authorization: 'Bearer t1' })),
    );
    await auth.headers();
    expect(asked).toEqual([
      {
        // RFC 6749 §2.3.1: each half form-encoded before they are joined.
        authorization: `Basic ${Buffer.from('muster%3A1:s%26cret').toString('base64')}`,
        form: { grant_type: 'client_credentials', scope: 'read' },
      },
    ]);
  });

  it('sends id and secret in the form when told so', async () => {
    const { auth, asked } = await endpoint({ sendCredentialsIn: 'body' });
    await auth.token();
    expect(asked[0]).toEqual({
      authorization: undefined,
      form: { grant_type: 'client_credentials', scope: 'read', client_id: 'muster:1', client_secret: 's&cret' },
    });
  });

  it('gets a new token shortly before the old one expires, and after a renewal', async () => {
    const { auth, clock } = await endpoint();
    await expect(auth.token()).resolves.toBe('t1');
    clock.ms = 569_999;
    await expect(auth.token()).resolves.toBe('t1');
    clock.ms = 570_000;
    await expect(auth.token()).resolves.toBe('t2');
    auth.renew();
    await expect(auth.token()).resolves.toBe('t3');
  });

  it('says that the client is refused, with the standard reason and without the secret', async () => {
    const { auth, asked } = await endpoint(
      {},
      { status: 401, body: { error: 'invalid_client', error_description: 's&cret is wrong' } },
    );
    const error = await auth.token().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'SourceCredentialsError',
      code: 'tokenRefused',
      fields: { status: 401, reason: 'invalid_client' },
    });
    expect(String(error)).not.toContain('s&cret');
    await expect(auth.token()).rejects.toMatchObject({ code: 'tokenRefused' });
    expect(asked).toHaveLength(2);
  });

  it('does not take an answer without a token for one', async () => {
    const { auth } = await endpoint({}, { status: 200, body: { token: 'x' } });
    await expect(auth.token()).rejects.toMatchObject({ name: 'SourceFatalError', code: 'tokenMissing' });
  });
});
