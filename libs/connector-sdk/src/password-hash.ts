import { randomBytes, scrypt, scryptSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Of scrypt: 16 MiB of memory and some 50 ms for each try (RFC 7914 §2). */
const cost = { N: 16_384, r: 8, p: 1 };
const keyBytes = 32;
const form = /^\$scrypt\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;

/** A hash that nothing is the password of: for names that do not exist, so that they take as long. */
export const nobodysHash = `$scrypt$${'A'.repeat(22)}$${'A'.repeat(43)}`;

/**
 * A secret with which others log in at Muster: checked where it is set, and from then on only its hash, which no connector can make a
 * password of. Given a hash, it stays what it is: settings are checked again when they are read.
 */
export function passwordHash(description: string) {
  return z
    .string()
    .min(12, 'must be 12 characters or more')
    .max(200)
    .transform((password) => (form.test(password) ? password : hashed(password)))
    .describe(description);
}

function hashed(password: string): string {
  const salt = randomBytes(16);
  const key = scryptSync(password.normalize('NFC'), salt, keyBytes, cost);
  return `$scrypt$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is the one of a hash; takes as long when it is not. */
export async function isPasswordOf(hash: string, password: string): Promise<boolean> {
  const [, salt = '', key = ''] = form.exec(hash) ?? form.exec(nobodysHash) ?? [];
  const made = await new Promise<Buffer>((resolve, reject) => {
    scrypt(password.normalize('NFC'), Buffer.from(salt, 'base64url'), keyBytes, cost, (error, derived) =>
      error === null ? resolve(derived) : reject(error),
    );
  });
  return timingSafeEqual(made, Buffer.from(key, 'base64url')) && hash !== nobodysHash;
}
