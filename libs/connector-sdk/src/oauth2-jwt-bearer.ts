import type { JwtKey } from './auth/jwt-key.js';
import { signJwt } from './auth/sign-jwt.js';
import { HeldToken } from './held-token.js';
import type { HttpClient } from './http-client.js';
import type { RequestAuthorization } from './http-request.js';
import type { JsonValue } from './json-value.js';
import { askForToken } from './oauth2-token-endpoint.js';
import type { OAuth2ClientKey, OAuth2ClientSecret, OAuth2Endpoint } from './oauth2-token-endpoint.js';

export interface OAuth2JwtBearerOptions extends OAuth2Endpoint {
  /** Signs the assertion. */
  readonly key: JwtKey;
  /** Who says so: mostly the client id. */
  readonly issuer: string;
  /** For whom access is asked: mostly a user of the source, or the issuer. */
  readonly subject: string;
  /** Whom the assertion is for. Default: the token endpoint's address. */
  readonly audience?: string;
  /** Further claims of the assertion, for sources that want something there, such as `scope`. */
  readonly claims?: Readonly<Record<string, JsonValue>>;
  readonly scope?: string;
  /** Further parameters of the request for a token, such as `client_id`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Where the client must prove itself besides. Default: the assertion says it all (RFC 7523 §3.1). */
  readonly client?: OAuth2ClientSecret | OAuth2ClientKey;
}

/**
 * A signed assertion that is exchanged for an access token (RFC 7523 §2.1) as a request's authorization; the token is held as by
 * `OAuth2ClientCredentials`. Each request for a token is signed anew.
 */
export class OAuth2JwtBearer implements RequestAuthorization {
  private readonly held: HeldToken;

  constructor(http: HttpClient, options: OAuth2JwtBearerOptions) {
    const { now = Date.now, client = null } = options;
    const grant = async () => grantOf(options, now());
    const settings = 'private key, issuer, subject and scope';
    this.held = new HeldToken(async () => askForToken(http, options, { client, grant, settings, isTimed: true }), now);
  }

  async headers(): Promise<Record<string, string>> {
    return { authorization: `Bearer ${await this.token()}` };
  }

  renew(): void {
    this.held.drop();
  }

  /**
   * @throws SourceCredentialsError `tokenRefused` when the token endpoint refuses the assertion; SourceRetriableError `clockWrong` when it
   *   does so for its time; SourceConfigurationError `privateKeyUnusable`, `certificateUnusable`
   */
  async token(): Promise<string> {
    return this.held.value();
  }
}

async function grantOf(
  { key, issuer, subject, claims, scope, parameters, tokenUrl, audience = tokenUrl }: OAuth2JwtBearerOptions,
  nowMs: number,
): Promise<Record<string, string>> {
  return {
    ...parameters,
    grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
    assertion: await signJwt(key, { issuer, subject, audience, nowMs, ...(claims === undefined ? {} : { claims }) }),
    ...(scope === undefined ? {} : { scope }),
  };
}
