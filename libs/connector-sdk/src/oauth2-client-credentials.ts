import { HeldToken } from './held-token.js';
import type { HttpClient } from './http-client.js';
import type { RequestAuthorization } from './http-request.js';
import { askForToken } from './oauth2-token-endpoint.js';
import type { OAuth2Client } from './oauth2-token-endpoint.js';

export interface OAuth2ClientCredentialsOptions extends OAuth2Client {
  readonly scope?: string;
}

/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4) as a request's authorization. The token is kept in memory only, shared by
 * concurrent requests, renewed shortly before it expires and after a 401; a second 401 in a row is a `SourceCredentialsError`.
 */
export class OAuth2ClientCredentials implements RequestAuthorization {
  private readonly held: HeldToken;

  constructor(http: HttpClient, options: OAuth2ClientCredentialsOptions) {
    const { scope, now = Date.now } = options;
    const grant = { grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
    const settings = 'client id, client secret and scope';
    this.held = new HeldToken(async () => askForToken(http, options, { grant, settings }), now);
  }

  async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.token()}` };
  }

  renew(): void {
    this.held.drop();
  }

  /** @throws SourceCredentialsError `tokenRefused` when the token endpoint refuses the client */
  async token(): Promise<string> {
    return this.held.value();
  }
}
