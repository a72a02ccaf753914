/** RFC 7518 §3.1 and RFC 8037 §3.1: those that sign with a private key and that token endpoints take. */
export const JWT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const;
export type JwtAlgorithm = (typeof JWT_ALGORITHMS)[number];

/** A private key that signs JSON web tokens, and how the other side finds the public one. */
export interface JwtKey {
  /** PEM, not encrypted: PKCS#8, as `openssl genpkey` writes it. */
  readonly privateKey: string;
  /** The secret that holds it, for messages. Default: `privateKey`. */
  readonly setting?: string;
  readonly algorithm: JwtAlgorithm;
  /** The header `kid`: what the other side calls the public key. */
  readonly keyId?: string;
  /** PEM of the certificate of that key, for endpoints that know it by its SHA-256 thumbprint (the header `x5t#S256`), such as Entra's. */
  readonly certificate?: string;
}
