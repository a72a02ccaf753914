import { passwordHash } from '#connector-sdk';
import ssh2 from 'ssh2';
import { z } from 'zod';
import { reportSecrets, reportSettings } from '../report.settings.js';

const kinds = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521', 'ssh-rsa'];

const publicKey = z
  .string()
  .max(2_000)
  .refine((text) => {
    const key = ssh2.utils.parseKey(text);
    return !(key instanceof Error) && !key.isPrivateKey() && kinds.includes(key.type);
  }, 'must be a public key as ssh-keygen writes it into a file that ends in .pub: ssh-ed25519 AAAA…');

/** What an admin fills in. */
export const csvInboxConfig = z.strictObject({
  ...reportSettings,
  syncOnArrival: z
    .boolean()
    .default(true)
    .describe('Begin a sync when a report and the files beside it have come; false: they wait for the schedule'),
  arrivalPauseSeconds: z
    .int()
    .min(0)
    .max(3600)
    .default(10)
    .describe('How long nothing more must have come before that sync begins'),
  publicKeys: z
    .array(publicKey)
    .max(16)
    .default([])
    .describe('Public keys, ssh-ed25519 AAAA…, of those who may send files; besides a password or instead of one'),
});

/** As the settings, but never shown again. */
export const csvInboxSecrets = z.strictObject({
  password: passwordHash(
    'Password by which files may be sent, 12 characters or more; only its hash is kept. Left out: by key only',
  ).optional(),
  ...reportSecrets,
});

export type CsvInboxConfig = z.output<typeof csvInboxConfig>;
export type CsvInboxSecrets = z.output<typeof csvInboxSecrets>;
