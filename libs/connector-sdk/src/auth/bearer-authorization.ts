import type { RequestAuthorization } from '../http-request.js';
import { usableCredential } from './usable-credential.js';

export interface BearerToken {
  readonly token: string;
  /** The secret that holds it, for messages. Default: `token`. */
  readonly setting?: string;
}

/**
 * A token that the source gave out once and for all, as a bearer token (RFC 6750 §2.1). For those that expire there are
 * `OAuth2ClientCredentials`, `OAuth2RefreshToken` and `OAuth2JwtBearer`.
 *
 * @throws SourceConfigurationError `unusableCredential` for a token that no header can carry
 */
export function bearerAuthorization({ token, setting = 'token' }: BearerToken): RequestAuthorization {
  const authorization = `Bearer ${usableCredential(token, setting)}`;
  return { headers: async () => ({ authorization }) };
}
