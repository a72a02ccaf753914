import { describe, expect, it } from 'vitest';
import { ConfigurationError, type TenantId } from '#core';
import { AesSecretBox } from './aes-secret-box.js';

const tenant = 'ten_a' as TenantId;
const secrets = { clientSecret: 'žluť 𝟙', nested: { list: [1, null] } };
const box = new AesSecretBox(new Uint8Array(32).fill(1));

describe('AesSecretBox', () => {
  it('gives back what was sealed, and never seals the same way twice', () => {
    const sealed = box.seal(tenant, secrets);
    expect(box.open(tenant, sealed)).toEqual(secrets);
    expect(box.seal(tenant, secrets)).not.toBe(sealed);
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('clientSecret');
  });

  it('opens what was sealed under the master key itself, as older versions did', () => {
    const sealed = 'AQcHBwcHBwcHBwcHB1tA302plj3zX6d3Mr99gSL20YnIZsvf1Ur_Z0LDtEXwhcbtvUYW';
    expect(box.open(tenant, sealed)).toEqual({ clientSecret: 'old' });
    expect(() => box.open('ten_b' as TenantId, sealed)).toThrow(ConfigurationError);
  });

  it('takes nothing sealed under a key of the tenant’s own for something older', () => {
    const sealed = Buffer.from(box.seal(tenant, secrets), 'base64url');
    sealed[0] = 1;
    expect(() => box.open(tenant, sealed.toString('base64url'))).toThrow(ConfigurationError);
  });

  it.each([
    ['for another tenant', (sealed: string) => box.open('ten_b' as TenantId, sealed)],
    ['under another key', (sealed: string) => new AesSecretBox(new Uint8Array(32).fill(2)).open(tenant, sealed)],
    ['with one bit changed', (sealed: string) => box.open(tenant, flip(sealed))],
    ['in another format', (sealed: string) => box.open(tenant, `B${sealed.slice(1)}`)],
    ['as nothing', () => box.open(tenant, '')],
  ])('refuses what was sealed %s', (_how, open) => {
    const sealed = box.seal(tenant, secrets);
    expect(() => open(sealed)).toThrow(ConfigurationError);
    expect(() => open(sealed)).toThrow(expect.objectContaining({ code: 'masterKeyWrong' }));
  });
});

function flip(sealed: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  const last = bytes.length - 1;
  bytes[last] = (bytes[last] ?? 0) ^ 1;
  return bytes.toString('base64url');
}
