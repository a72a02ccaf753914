import { randomBytes } from 'node:crypto';
import { contentHash, newId, type ScimScope, type ScimToken } from '#core';

/** A new token: 256 random bits. The text is shown once, only its hash is kept. */
export function newScimToken(
  scope: ScimScope,
  { label, now }: { label: string; now: string },
): {
  text: string;
  token: ScimToken;
} {
  const text = `mus_scim_${randomBytes(32).toString('base64url')}`;
  const id = newId('scimToken');
  return { text, token: { ...scope, id, label, hash: contentHash(text), createdAt: now, lastUsedAt: null } };
}
