import { HeldToken } from './held-token.js';
import type { HttpClient } from './http-client.js';
import type { RequestAuthorization } from './http-request.js';
import { askForToken } from './oauth2-token-endpoint.js';
import type { OAuth2Client } from './oauth2-token-endpoint.js';

export type OAuth2ClientCredentialsOptions = OAuth2Client & {
  readonly scope?: string;
  /** Further parameters of the request for a token, such as `resource`. */
  readonly parameters?: Readonly<Record<string, string>>;
};

/**
 * OAuth 2.0 client credentials (RFC 6749 §4.4) as a request's authorization; the client proves itself by a secret or by a private key. The token is kept in memory only, shared by
 * concurrent requests, renewed shortly before it expires and after a 401; a second 401 in a row is a `SourceCredentialsError`.
 */
export class OAuth2ClientCredentials implements RequestAuthorization {
  private readonly held: HeldToken;

  constructor(http: HttpClient, options: OAuth2ClientCredentialsOptions) {
    const { scope, parameters, now = Date.now } = options;
    const form = { ...parameters, grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) };
    const grant = async () => form;
    const settings = `client id, ${options.clientKey === undefined ? 'client secret' : 'private key'} and scope`;
    this.held = new HeldToken(async () => askForToken(http, options, { client: options, grant, settings }), now);
  }

  async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.token()}` };
  }

  renew(): void {
    this.held.drop();
  }

  /**
   * @throws SourceCredentialsError `tokenRefused` when the token endpoint refuses the client; with a private key also
   *   SourceConfigurationError `privateKeyUnusable`, `certificateUnusable`, SourceRetriableError `clockWrong`
   */
  async token(): Promise<string> {
    return this.held.value();
  }
}
