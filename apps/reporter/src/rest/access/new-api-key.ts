import { randomBytes } from 'node:crypto';
import { type ApiKey, type ApiKeyRole, contentHash, newId, type TenantId } from '#core';

/** A new key: 256 random bits. The text is shown once, only its hash is kept. */
export function newApiKey(options: { tenantId: TenantId | null; role: ApiKeyRole; label: string; now: string }): {
  text: string;
  key: ApiKey;
} {
  const text = `mus_${randomBytes(32).toString('base64url')}`;
  return { text, key: apiKeyFor(text, options) };
}

/** The stored form of a key whose text is given. */
export function apiKeyFor(
  text: string,
  { tenantId, role, label, now }: { tenantId: TenantId | null; role: ApiKeyRole; label: string; now: string },
): ApiKey {
  return { id: newId('apiKey'), tenantId, role, label, hash: contentHash(text), createdAt: now };
}
