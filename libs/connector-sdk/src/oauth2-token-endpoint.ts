import type { JwtKey } from './auth/jwt-key.js';
import { signJwt } from './auth/sign-jwt.js';
import { BadResponseError } from './bad-response.errors.js';
import type { HttpClient } from './http-client.js';
import type { HttpResponse } from './http-request.js';
import { tokenRefused } from './oauth2-refused.errors.js';

export interface OAuth2Endpoint {
  readonly tokenUrl: string;
  readonly now?: () => number;
}

/** A client that proves itself by a secret. */
export interface OAuth2ClientSecret {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the client's id and secret go: the Authorization header (RFC 6749 §2.3.1, the default) or the form. */
  readonly sendCredentialsIn?: 'header' | 'body';
  readonly clientKey?: undefined;
}

/** A client that proves itself by what it signs: `private_key_jwt` (RFC 7523 §2.2), as of Okta and Entra. */
export interface OAuth2ClientKey {
  readonly clientId: string;
  readonly clientKey: JwtKey;
  /** Whom the assertion is for. Default: the token endpoint's address. */
  readonly audience?: string;
  readonly clientSecret?: undefined;
}

export type OAuth2Client = OAuth2Endpoint & (OAuth2ClientSecret | OAuth2ClientKey);

export interface AccessToken {
  readonly value: string;
  /** Shortly before the endpoint lets it end. */
  readonly expiresAtMs: number;
  /** The refresh token that the endpoint gave with it. */
  readonly refreshToken?: string;
}

export interface TokenRequest {
  /** Null where the grant alone says who asks. */
  readonly client: OAuth2ClientSecret | OAuth2ClientKey | null;
  /** `grant_type` and what belongs to it; asked for anew for each attempt. */
  readonly grant: () => Promise<Readonly<Record<string, string>>>;
  /** Which settings to look at when it is refused, in plain words. */
  readonly settings: string;
  /** Whether something in it is signed with this machine's time. */
  readonly isTimed?: boolean;
  /** Whether the answer may hold a refresh token that is the only good one from then on: it must not go unheard. */
  readonly mayRotate?: boolean;
}

/** RFC 6749 §5.1: `expires_in` is recommended, not required. */
const ASSUMED_LIFETIME_SECONDS = 300;

/**
 * Asks a token endpoint (RFC 6749 §3.2) for an access token.
 *
 * @throws SourceCredentialsError `tokenRefused`, its `reason` field an error word of RFC 6749 §5.2 or the status;
 *   SourceRetriableError `clockWrong` when what was signed is refused for its time; SourceConfigurationError `privateKeyUnusable`,
 *   `certificateUnusable`
 */
export async function askForToken(
  http: HttpClient,
  { tokenUrl, now = Date.now }: OAuth2Endpoint,
  { client, grant, settings, isTimed = client?.clientKey !== undefined, mayRotate = false }: TokenRequest,
): Promise<AccessToken> {
  const isInHeader = client?.clientSecret !== undefined && client.sendCredentialsIn !== 'body';
  return http.request({
    method: 'POST',
    url: tokenUrl,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(isInHeader ? { authorization: basicOf(client) } : {}),
    },
    body: async () => {
      const proof = client === null || isInHeader ? {} : await proofOf(client, tokenUrl, now());
      return new URLSearchParams({ ...(await grant()), ...proof }).toString();
    },
    accept: [400, 401, 403],
    maxResponseBytes: 1024 * 1024,
    isUninterrupted: mayRotate,
    read: (response) => readToken(response, { tokenUrl, settings, isTimed, nowMs: now() }),
  });
}

/** RFC 6749 §2.3.1: each half is form-encoded before they are joined. */
function basicOf({ clientId, clientSecret }: OAuth2ClientSecret): string {
  const pair = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/** Who the client is, in the form. */
async function proofOf(
  client: OAuth2ClientSecret | OAuth2ClientKey,
  tokenUrl: string,
  nowMs: number,
): Promise<Record<string, string>> {
  const { clientId } = client;
  if (client.clientKey === undefined) return { client_id: clientId, client_secret: client.clientSecret };
  const claims = { issuer: clientId, subject: clientId, audience: client.audience ?? tokenUrl, nowMs };
  return {
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signJwt(client.clientKey, claims),
  };
}

function formEncode(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice(2);
}

function readToken(
  { status, headers, body }: HttpResponse,
  asked: { tokenUrl: string; settings: string; isTimed: boolean; nowMs: number },
): AccessToken {
  const answer = parseObject(body);
  if (status >= 400) throw tokenRefused({ status, date: headers['date'], answer }, asked);
  const value = answer?.['access_token'];
  if (typeof value !== 'string' || value === '') {
    throw new BadResponseError('tokenMissing', 'The token endpoint answered without an access token.');
  }
  const lifetime = Number(answer?.['expires_in'] ?? ASSUMED_LIFETIME_SECONDS);
  const lifetimeMs = (Number.isFinite(lifetime) && lifetime > 0 ? lifetime : ASSUMED_LIFETIME_SECONDS) * 1000;
  const refreshToken = answer?.['refresh_token'];
  return {
    value,
    expiresAtMs: asked.nowMs + lifetimeMs - Math.min(30_000, lifetimeMs / 10),
    ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refreshToken } : {}),
  };
}

function parseObject(body: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
