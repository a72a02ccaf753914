import { randomUUID } from 'node:crypto';
import type { JsonValue } from '../json-value.js';
import type { JwtKey } from './jwt-key.js';
import { certificateThumbprint, signingKey } from './signing-key.js';

/** Long enough for a clock that is a little late, short enough that one which was seen is soon worth nothing. */
const LIFETIME_SECONDS = 120;

export interface JwtClaims {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
  /** Further claims by name; they do not replace the others. */
  readonly claims?: Readonly<Record<string, JsonValue>>;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/**
 * A signed JSON web token (RFC 7519) for a token endpoint (RFC 7523 §3): good for two minutes and, by its `jti`, for one use.
 *
 * @throws SourceConfigurationError `privateKeyUnusable`, `certificateUnusable`
 */
export async function signJwt(key: JwtKey, { issuer, subject, audience, claims, nowMs }: JwtClaims): Promise<string> {
  const { algorithm, keyId, certificate } = key;
  const privateKey = signingKey(key);
  // Connectors that sign nothing, which are most, do not load it.
  const { SignJWT } = await import('jose');
  const now = Math.floor(nowMs / 1000);
  return new SignJWT({ ...claims, iss: issuer, sub: subject, aud: audience, jti: randomUUID() })
    .setProtectedHeader({
      alg: algorithm,
      typ: 'JWT',
      ...(keyId === undefined ? {} : { kid: keyId }),
      ...(certificate === undefined ? {} : { 'x5t#S256': certificateThumbprint(certificate, privateKey) }),
    })
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + LIFETIME_SECONDS)
    .sign(privateKey);
}
