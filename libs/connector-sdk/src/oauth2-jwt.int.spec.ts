import { createHash, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { jwtVerify } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { PrivateAuthority } from '#testing';
import type { JwtAlgorithm } from './auth/jwt-key.js';
import { Dialler } from './egress/dialler.js';
import { EgressPolicy } from './egress/egress-policy.js';
import { HttpClient } from './http-client.js';
import { OAuth2ClientCredentials } from './oauth2-client-credentials.js';
import { OAuth2JwtBearer } from './oauth2-jwt-bearer.js';
import { simulateSource } from './testing/simulated-source.js';
import type { SimulatedAnswer } from './testing/simulated-source.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const pem = { type: 'pkcs8', format: 'pem' } as const;
const keys: Record<JwtAlgorithm, string> = {
  RS256: String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem)),
  PS256: String(generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export(pem)),
  ES256: String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export(pem)),
  EdDSA: String(generateKeyPairSync('ed25519').privateKey.export(pem)),
};

/** A token endpoint that answers what it is told, one answer after the other, and then with a token. */
async function endpoint(...answers: SimulatedAnswer[]) {
  const forms: URLSearchParams[] = [];
  const server = await simulateSource(({ body }) => {
    forms.push(new URLSearchParams(body));
    return answers.shift() ?? { body: '{"access_token":"t","expires_in":600}' };
  });
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const http = new HttpClient({ dialler, sleep: async () => undefined });
  closing.push(async () => {
    await http.close();
    await server.stop();
  });
  return { forms, http, tokenUrl: `${server.url}/token` };
}

function refused(description: string, headers: Record<string, string> = {}): SimulatedAnswer {
  return { status: 400, headers, body: JSON.stringify({ error: 'invalid_client', error_description: description }) };
}

describe('a client that proves itself by a private key', () => {
  it.each(Object.entries(keys) as [JwtAlgorithm, string][])(
    'signs by %s what the endpoint can verify',
    async (algorithm, privateKey) => {
      const { forms, http, tokenUrl } = await endpoint();
      const clientKey = { privateKey, algorithm, keyId: 'key-1' };
      const auth = new OAuth2ClientCredentials(http, { tokenUrl, clientId: 'muster', clientKey, scope: 'read' });
      await expect(auth.headers()).resolves.toEqual({ authorization: 'Bearer t' });
      const [form] = forms;
      const { client_assertion: assertion = '', ...others } = Object.fromEntries(form ?? []);
      expect(others).toEqual({
        grant_type: 'client_credentials',
        scope: 'read',
        client_id: 'muster',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      });
      const { payload, protectedHeader } = await jwtVerify(assertion, createPublicKey(privateKey), {
        issuer: 'muster',
        subject: 'muster',
        audience: tokenUrl,
        maxTokenAge: '1 minute',
      });
      expect(protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'key-1' });
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(120);
    },
  );

  it('signs anew for each attempt: an assertion is good for one use', async () => {
    const { forms, http, tokenUrl } = await endpoint({ status: 503, body: '{}' });
    const clientKey = { privateKey: keys.ES256, algorithm: 'ES256' as const };
    await new OAuth2ClientCredentials(http, { tokenUrl, clientId: 'muster', clientKey }).token();
    expect(new Set(forms.map((form) => form.get('client_assertion'))).size).toBe(2);
  });

  it('names the certificate by its thumbprint, and refuses that of another key', async () => {
    const authority = new PrivateAuthority();
    closing.push(async () => authority.remove());
    const { cert, key } = authority.sign('DNS:muster.example');
    const { forms, http, tokenUrl } = await endpoint();
    const algorithm = createPublicKey(key).asymmetricKeyType === 'rsa' ? 'PS256' : 'ES256';
    const clientKey = { privateKey: String(key), algorithm, certificate: String(cert) } as const;
    await new OAuth2ClientCredentials(http, { tokenUrl, clientId: 'muster', clientKey }).token();
    const { protectedHeader } = await jwtVerify(forms[0]?.get('client_assertion') ?? '', createPublicKey(key));
    const thumbprint = createHash('sha256').update(new X509Certificate(cert).raw).digest('base64url');
    expect(protectedHeader).toMatchObject({ 'x5t#S256': thumbprint });

    const other = { ...clientKey, privateKey: keys[algorithm] };
    const client = new OAuth2ClientCredentials(http, { tokenUrl, clientId: 'muster', clientKey: other });
    await expect(client.token()).rejects.toMatchObject({ code: 'certificateUnusable' });
  });

  const lines = keys.RS256.trim().split('\n');
  it.each([
    ['nothing like a key', 'sesame', 'RS256', 'holds no private key'],
    ['a key whose lines were lost', lines.join('\\n'), 'RS256', 'with its line breaks'],
    ['a key that is cut', lines.slice(0, 9).join('\n'), 'RS256', 'holds no private key'],
    ['a key of another kind', keys.ES256, 'RS256', 'RS256 needs an RSA key'],
    [
      'RSA of 1024 bits',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export(pem),
      'PS256',
      'of 2048',
    ],
    ['another curve', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export(pem), 'ES256', 'on P-256'],
    [
      'a key with a passphrase',
      generateKeyPairSync('ed25519').privateKey.export({ ...pem, cipher: 'aes-256-cbc', passphrase: 'sesame' }),
      'EdDSA',
      'is encrypted',
    ],
  ])('refuses %s, naming the setting and never showing it', async (_, privateKey, algorithm, said) => {
    const { forms, http, tokenUrl } = await endpoint();
    const clientKey = { privateKey: String(privateKey), algorithm: algorithm as JwtAlgorithm, setting: 'signingKey' };
    const client = new OAuth2ClientCredentials(http, { tokenUrl, clientId: 'muster', clientKey });
    const error = (await client.token().catch((thrown: unknown) => thrown)) as Error;
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'privateKeyUnusable' });
    expect(error.message).toMatch(/^signingKey /);
    expect(error.message).toContain(said);
    expect(error.cause).toBeUndefined();
    for (const line of String(privateKey)
      .split(/\\n|\n/)
      .filter((part) => !part.startsWith('---') && part !== '')) {
      expect(JSON.stringify(error) + String(error.stack)).not.toContain(line);
    }
    expect(forms).toEqual([]);
  });
});

describe('OAuth2JwtBearer', () => {
  it('exchanges an assertion for a token, which it holds', async () => {
    const { forms, http, tokenUrl } = await endpoint();
    const auth = new OAuth2JwtBearer(http, {
      tokenUrl,
      key: { privateKey: keys.RS256, algorithm: 'RS256' },
      issuer: 'client-1',
      subject: 'ISU_Muster',
      audience: 'wd',
      claims: { scope: 'people', iss: 'somebody else' },
      parameters: { client_id: 'client-1' },
    });
    await expect(Promise.all([auth.token(), auth.token()])).resolves.toEqual(['t', 't']);
    expect(forms).toHaveLength(1);
    const { assertion = '', ...others } = Object.fromEntries(forms[0] ?? []);
    expect(others).toEqual({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', client_id: 'client-1' });
    const { payload } = await jwtVerify(assertion, createPublicKey(keys.RS256), { audience: 'wd' });
    expect(payload).toMatchObject({ iss: 'client-1', sub: 'ISU_Muster', scope: 'people' });
  });

  const hourBack = new Date(Date.now() - 3_600_000).toUTCString();
  it.each([
    ['its clock is an hour behind', refused('no', { date: hourBack }), 'SourceRetriableError', 'clockWrong'],
    ['its clock is ours', refused('The assertion has expired. sesame'), 'SourceCredentialsError', 'tokenRefused'],
  ])('tells a refusal where %s', async (_, answer, name, code) => {
    const { http, tokenUrl } = await endpoint(answer);
    const key = { privateKey: keys.EdDSA, algorithm: 'EdDSA' as const };
    const auth = new OAuth2JwtBearer(http, { tokenUrl, key, issuer: 'a', subject: 'b' });
    const error: unknown = await auth.token().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name, code, fields: { reason: 'invalid_client' } });
    expect(String(error)).not.toContain('sesame');
    expect(String(error)).toMatch(
      code === 'clockWrong' ? /is 3\d{3} s behind ours.*Set the clock/ : /Check private key/,
    );
  });
});
