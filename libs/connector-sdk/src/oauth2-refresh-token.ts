import { setTimeout as sleepFor } from 'node:timers/promises';
import { HeldToken } from './held-token.js';
import type { HttpClient } from './http-client.js';
import type { RequestAuthorization } from './http-request.js';
import { askForToken } from './oauth2-token-endpoint.js';
import type { AccessToken, OAuth2Client } from './oauth2-token-endpoint.js';
import type { OwnSecrets } from './own-secrets.js';
import { SourceCredentialsError } from './source.errors.js';

export type OAuth2RefreshTokenOptions = OAuth2Client & {
  /** Under which name the refresh token is one of the integration's secrets. */
  readonly secretName: string;
  /** As the integration's secrets had it when they were read. */
  readonly refreshToken: string;
  readonly ownSecrets: OwnSecrets;
  /** Waits for another process to store what it got; tests give one that returns at once. */
  readonly sleep?: (ms: number) => Promise<unknown>;
};

/** How long whoever was first may take to store the token that came instead of the one that was refused. */
const STORED_WITHIN_MS = [0, 250, 750, 2000];

/**
 * An OAuth 2.0 refresh token (RFC 6749 §6) as a request's authorization; the access token is held as by
 * `OAuth2ClientCredentials`. A new refresh token in an answer is stored before the access token beside it is used, so that
 * no crash leaves the integration with one that the server has taken back.
 *
 * Where two processes use a rotating token at once, the server refuses one of them: that one takes what the other has
 * stored meanwhile and tries once more.
 */
export class OAuth2RefreshToken implements RequestAuthorization {
  private readonly held: HeldToken;
  private refreshToken: string;

  constructor(
    private readonly http: HttpClient,
    private readonly options: OAuth2RefreshTokenOptions,
  ) {
    this.refreshToken = options.refreshToken;
    this.held = new HeldToken(async () => this.issue(), options.now ?? Date.now);
  }

  async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.token()}` };
  }

  renew(): void {
    this.held.drop();
  }

  /** @throws SourceCredentialsError `tokenRefused` when the token endpoint refuses the client or the refresh token */
  async token(): Promise<string> {
    return this.held.value();
  }

  private async issue(): Promise<AccessToken> {
    try {
      return await this.use(this.refreshToken);
    } catch (error) {
      if (!(error instanceof SourceCredentialsError) || error.fields['reason'] !== 'invalid_grant') throw error;
      const newer = await this.newerToken();
      if (newer === null) throw error;
      return this.use(newer);
    }
  }

  private async use(refreshToken: string): Promise<AccessToken> {
    const { ownSecrets, secretName } = this.options;
    const grant = async () => ({ grant_type: 'refresh_token', refresh_token: refreshToken });
    const { options } = this;
    const settings = `client id, ${options.clientKey === undefined ? 'client secret' : 'private key'} and refresh token`;
    const token = await askForToken(this.http, options, { client: options, grant, settings, mayRotate: true });
    this.refreshToken = refreshToken;
    const next = token.refreshToken;
    if (next === undefined || next === refreshToken) return token;
    const stored = await ownSecrets.replace(secretName, { from: refreshToken, to: next });
    this.refreshToken = stored === 'replaced' ? next : ((await ownSecrets.read(secretName)) ?? next);
    return token;
  }

  /** What is stored by now instead of the token that was refused; null when that one still is. */
  private async newerToken(): Promise<string | null> {
    const { ownSecrets, secretName, sleep = sleepFor } = this.options;
    for (const ms of STORED_WITHIN_MS) {
      if (ms > 0) await sleep(ms);
      const stored = await ownSecrets.read(secretName);
      if (stored !== null && stored !== this.refreshToken) return stored;
    }
    return null;
  }
}
