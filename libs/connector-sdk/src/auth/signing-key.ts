import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SourceConfigurationError } from '../source.errors.js';
import type { JwtKey } from './jwt-key.js';

/** RFC 7518 §3.3: RSA keys of 2048 bits or more. */
const LEAST_RSA_BITS = 2048;

const NEEDS = {
  RS256: 'an RSA key of 2048 bits or more',
  PS256: 'an RSA key of 2048 bits or more',
  ES256: 'an elliptic curve key on P-256',
  EdDSA: 'an Ed25519 key',
};

/**
 * The private key as Node holds it, found fit for its algorithm.
 *
 * @throws SourceConfigurationError `privateKeyUnusable`, which names the setting and says what it takes, and never shows the key
 */
export function signingKey({ privateKey, setting = 'privateKey', algorithm }: JwtKey): KeyObject {
  const unusable = (why: string): SourceConfigurationError =>
    new SourceConfigurationError({
      code: 'privateKeyUnusable',
      message: `${setting} ${why} Enter the private key anew in the integration's settings.`,
      fields: { setting, algorithm },
    });
  let key: KeyObject;
  try {
    key = createPrivateKey(privateKey);
  } catch {
    // The error of the library is left out: what it says of a text that may be a key is not ours to show.
    throw unusable(
      /-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(privateKey)
        ? 'is encrypted: it is needed without a passphrase (openssl pkcs8 -topk8 -nocrypt).'
        : 'holds no private key: it must be PEM with its line breaks, from -----BEGIN PRIVATE KEY----- to -----END PRIVATE KEY-----.',
    );
  }
  if (!isFit(key, algorithm)) throw unusable(`holds another kind of key: ${algorithm} needs ${NEEDS[algorithm]}.`);
  return key;
}

/**
 * The SHA-256 thumbprint of the key's certificate in base64url, for the header `x5t#S256` (RFC 7515 §4.1.8).
 *
 * @throws SourceConfigurationError `certificateUnusable` for what is no certificate, or that of another key
 */
export function certificateThumbprint(certificate: string, key: KeyObject): string {
  let parsed: X509Certificate;
  try {
    parsed = new X509Certificate(certificate);
  } catch {
    throw certificateUnusable(
      'holds no certificate: it must be PEM with its line breaks, from -----BEGIN CERTIFICATE----- on',
    );
  }
  if (!parsed.checkPrivateKey(key)) throw certificateUnusable('belongs to another key than the private key beside it');
  return Buffer.from(parsed.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
}

function certificateUnusable(why: string): SourceConfigurationError {
  return new SourceConfigurationError({
    code: 'certificateUnusable',
    message: `The certificate ${why}. Enter it anew in the integration's settings.`,
  });
}

function isFit({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject, algorithm: JwtKey['algorithm']): boolean {
  if (algorithm === 'EdDSA') return asymmetricKeyType === 'ed25519';
  if (algorithm === 'ES256') return asymmetricKeyType === 'ec' && asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS;
}
