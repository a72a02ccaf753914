import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { ConfigurationError, type JsonObject, SecretBox, type TenantId } from '#core';

/** 2: under a key of the tenant's own. 1, which is still opened: under the master key itself. */
const version = 2;
const keyBytes = 32;
/** NIST SP 800-38D §8.2.2: a random nonce of 96 bits, for 2^32 texts under one key at most. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals with AES-256-GCM under a data key of the tenant's own, which the master key gives by HKDF-SHA-256 (RFC 5869). The
 * tenant's id is authenticated with the text, too: one tenant's secrets are of no use in another's row. Sealed form:
 * base64url of version, nonce, tag, ciphertext.
 */
export class AesSecretBox extends SecretBox {
  /** `masterKey`: 32 bytes. */
  constructor(private readonly masterKey: Uint8Array) {
    super();
    if (masterKey.length !== keyBytes) throw new RangeError('the master key has 32 bytes');
  }

  override seal(tenantId: TenantId, secrets: JsonObject): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.keyOf(tenantId, version), nonce, { authTagLength: tagBytes });
    cipher.setAAD(associated(tenantId, version));
    const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), text]).toString('base64url');
  }

  override open(tenantId: TenantId, sealed: string): JsonObject {
    const bytes = Buffer.from(sealed, 'base64url');
    const textAt = 1 + nonceBytes + tagBytes;
    const sealedAs = bytes[0];
    if ((sealedAs !== 1 && sealedAs !== version) || bytes.length < textAt) throw wrongKey();
    try {
      const nonce = bytes.subarray(1, 1 + nonceBytes);
      const key = this.keyOf(tenantId, sealedAs);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(associated(tenantId, sealedAs));
      decipher.setAuthTag(bytes.subarray(1 + nonceBytes, textAt));
      const text = Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as JsonObject;
    } catch {
      throw wrongKey();
    }
  }

  private keyOf(tenantId: TenantId, sealedAs: number): Uint8Array {
    if (sealedAs === 1) return this.masterKey;
    return new Uint8Array(hkdfSync('sha256', this.masterKey, '', `muster/data-key/${tenantId}`, keyBytes));
  }
}

function associated(tenantId: TenantId, sealedAs: number): Buffer {
  return Buffer.from(`muster/secrets/${String(sealedAs)}/${tenantId}`, 'utf8');
}

function wrongKey(): ConfigurationError {
  return new ConfigurationError(
    'masterKeyWrong',
    'Stored secrets cannot be opened: they were sealed under another master key, or for another tenant. Start Muster with the key they were sealed under, or enter them again.',
  );
}
