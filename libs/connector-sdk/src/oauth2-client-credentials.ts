import { BadResponseError } from './bad-response.errors.js';
import type { HttpClient } from './http-client.js';
import type { HttpResponse, RequestAuthorization } from './http-request.js';
import { SourceCredentialsError } from './source.errors.js';

export interface OAuth2ClientCredentialsOptions {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope?: string;
  /** Where the client's id and secret go: the Authorization header (RFC 6749 §2.3.1, the default) or the form. */
  readonly sendCredentialsIn?: 'header' | 'body';
  readonly now?: () => number;
}

interface AccessToken {
  readonly value: string;
  readonly expiresAtMs: number;
}

/** RFC 6749 §5.1: `expires_in` is recommended, not required. */
const ASSUMED_LIFETIME_SECONDS = 300;

/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4) as a request's authorization. The token is kept in memory only, shared by
 * concurrent requests, renewed shortly before it expires and after a 401; a second 401 in a row is a `SourceCredentialsError`.
 */
export class OAuth2ClientCredentials implements RequestAuthorization {
  private current: Promise<AccessToken> | undefined;

  constructor(
    private readonly http: HttpClient,
    private readonly options: OAuth2ClientCredentialsOptions,
  ) {}

  async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.token()}` };
  }

  renew(): void {
    this.current = undefined;
  }

  /** @throws SourceCredentialsError `tokenRefused` when the token endpoint refuses the client */
  async token(): Promise<string> {
    const now = this.options.now ?? Date.now;
    const held = this.current;
    if (held) {
      const token = await held;
      if (token.expiresAtMs > now()) {
        return token.value;
      }
      if (this.current === held) {
        this.current = undefined;
      }
    }
    this.current ??= this.issue(now).catch((error: unknown) => {
      this.current = undefined;
      throw error;
    });
    return (await this.current).value;
  }

  private async issue(now: () => number): Promise<AccessToken> {
    const { tokenUrl, clientId, clientSecret, scope, sendCredentialsIn = 'header' } = this.options;
    const form = new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) });
    const headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' };
    if (sendCredentialsIn === 'header') {
      const pair = `${formEncode(clientId)}:${formEncode(clientSecret)}`;
      headers['authorization'] = `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
    } else {
      form.set('client_id', clientId);
      form.set('client_secret', clientSecret);
    }
    return this.http.request({
      method: 'POST',
      url: tokenUrl,
      headers,
      body: form.toString(),
      accept: [400, 401, 403],
      maxResponseBytes: 1024 * 1024,
      read: (response) => readToken(response, tokenUrl, now()),
    });
  }
}

function formEncode(text: string): string {
  return new URLSearchParams({ v: text }).toString().slice(2);
}

function readToken({ status, body }: HttpResponse, tokenUrl: string, nowMs: number): AccessToken {
  const answer = parseObject(body);
  if (status >= 400) {
    // RFC 6749 §5.2: one of a closed list of words; anything else could be free text with anything in it.
    const reason =
      typeof answer?.['error'] === 'string' && /^[a-z_]{1,40}$/.test(answer['error'])
        ? answer['error']
        : `status ${status}`;
    throw new SourceCredentialsError({
      code: 'tokenRefused',
      message: `${new URL(tokenUrl).host} gives no token to this client (${reason}). Check client id, client secret and scope in the integration's settings.`,
      fields: { status, reason },
    });
  }
  const value = answer?.['access_token'];
  if (typeof value !== 'string' || value === '') {
    throw new BadResponseError('tokenMissing', 'The token endpoint answered without an access token.');
  }
  const lifetime = Number(answer?.['expires_in'] ?? ASSUMED_LIFETIME_SECONDS);
  const lifetimeMs = (Number.isFinite(lifetime) && lifetime > 0 ? lifetime : ASSUMED_LIFETIME_SECONDS) * 1000;
  return { value, expiresAtMs: nowMs + lifetimeMs - Math.min(30_000, lifetimeMs / 10) };
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
