import { BadResponseError } from './bad-response.errors.js';
import type { HttpClient } from './http-client.js';
import type { HttpResponse } from './http-request.js';
import { SourceCredentialsError } from './source.errors.js';

export interface OAuth2Client {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the client's id and secret go: the Authorization header (RFC 6749 §2.3.1, the default) or the form. */
  readonly sendCredentialsIn?: 'header' | 'body';
  readonly now?: () => number;
}

export interface AccessToken {
  readonly value: string;
  /** Shortly before the endpoint lets it end. */
  readonly expiresAtMs: number;
  /** The refresh token that the endpoint gave with it. */
  readonly refreshToken?: string;
}

export interface TokenRequest {
  /** `grant_type` and what belongs to it. */
  readonly grant: Readonly<Record<string, string>>;
  /** Which settings to look at when it is refused, in plain words. */
  readonly settings: string;
  /** Whether the answer may hold a refresh token that is the only good one from then on: it must not go unheard. */
  readonly mayRotate?: boolean;
}

/** RFC 6749 §5.1: `expires_in` is recommended, not required. */
const ASSUMED_LIFETIME_SECONDS = 300;

/**
 * Asks a token endpoint (RFC 6749 §3.2) for an access token.
 *
 * @throws SourceCredentialsError `tokenRefused`, its `reason` field an error word of RFC 6749 §5.2 or the status
 */
export async function askForToken(
  http: HttpClient,
  { tokenUrl, clientId, clientSecret, sendCredentialsIn = 'header', now = Date.now }: OAuth2Client,
  { grant, settings, mayRotate = false }: TokenRequest,
): Promise<AccessToken> {
  const form = new URLSearchParams(grant);
  const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
  if (sendCredentialsIn === 'header') {
    const pair = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
    headers['authorization'] = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
  } else {
    form.set('client_id', clientId);
    form.set('client_secret', clientSecret);
  }
  return http.request({
    method: 'POST',
    url: tokenUrl,
    headers,
    body: form.toString(),
    accept: [400, 401, 403],
    maxResponseBytes: 1024 * 1024,
    isUninterrupted: mayRotate,
    read: (response) => readToken(response, tokenUrl, settings, now()),
  });
}

function formEncode(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice(2);
}

function readToken({ status, body }: HttpResponse, tokenUrl: string, settings: string, nowMs: number): AccessToken {
  const answer = parseObject(body);
  if (status >= 400) {
    // RFC 6749 §5.2: one of a closed list of words; anything else could be free text with anything in it.
    const reason =
      typeof answer?.['error'] === 'string' && /^[a-z_]{1,40}$/.test(answer['error'])
        ? answer['error']
        : `status ${status}`;
    throw new SourceCredentialsError({
      code: 'tokenRefused',
      message: `${new URL(tokenUrl).host} gives no token to this client (${reason}). Check ${settings} in the integration's settings.`,
      fields: { status, reason },
    });
  }
  const value = answer?.['access_token'];
  if (typeof value !== 'string' || value === '') {
    throw new BadResponseError('tokenMissing', 'The token endpoint answered without an access token.');
  }
  const lifetime = Number(answer?.['expires_in'] ?? ASSUMED_LIFETIME_SECONDS);
  const lifetimeMs = (Number.isFinite(lifetime) && lifetime > 0 ? lifetime : ASSUMED_LIFETIME_SECONDS) * 1000;
  const refreshToken = answer?.['refresh_token'];
  return {
    value,
    expiresAtMs: nowMs + lifetimeMs - Math.min(30_000, lifetimeMs / 10),
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
