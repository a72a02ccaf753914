import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ConfigurationError, type JsonObject, SecretBox, type TenantId } from '#core';

const version = 1;
/** NIST SP 800-38D §8.2.2: a random nonce of 96 bits. */
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Seals with AES-256-GCM under the master key. The tenant's id is authenticated with the text, so that one tenant's
 * secrets are of no use in another's row. Sealed form: base64url of version, nonce, tag, ciphertext.
 */
export class AesSecretBox extends SecretBox {
  /** `key`: 32 bytes. */
  constructor(private readonly key: Uint8Array) {
    super();
    if (key.length !== 32) throw new RangeError('the master key has 32 bytes');
  }

  override seal(tenantId: TenantId, secrets: JsonObject): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce, { authTagLength: tagBytes });
    cipher.setAAD(associated(tenantId));
    const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), text]).toString('base64url');
  }

  override open(tenantId: TenantId, sealed: string): JsonObject {
    const bytes = Buffer.from(sealed, 'base64url');
    const textAt = 1 + nonceBytes + tagBytes;
    if (bytes[0] !== version || bytes.length < textAt) throw wrongKey();
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(1, 1 + nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAAD(associated(tenantId));
      decipher.setAuthTag(bytes.subarray(1 + nonceBytes, textAt));
      const text = Buffer.concat([decipher.update(bytes.subarray(textAt)), decipher.final()]);
      return JSON.parse(text.toString('utf8')) as JsonObject;
    } catch {
      throw wrongKey();
    }
  }
}

function associated(tenantId: TenantId): Buffer {
  return Buffer.from(`muster/secrets/${version}/${tenantId}`, 'utf8');
}

function wrongKey(): ConfigurationError {
  return new ConfigurationError(
    'masterKeyWrong',
    'Stored secrets cannot be opened: they were sealed under another master key, or for another tenant. Start Muster with the key they were sealed under, or enter them again.',
  );
}
