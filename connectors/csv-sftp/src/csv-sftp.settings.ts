import { z } from 'zod';
import { reportSecrets, reportSettings } from './report.settings.js';

/** What an admin fills in. */
export const csvSftpConfig = z.strictObject({
  host: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,253}$/, 'must be a host name or an address, without sftp://')
    .refine((host) => !host.includes(':') || z.ipv6().safeParse(host).success, 'must have its port in the setting port')
    .describe('Host name or address of the SFTP server, e.g. sftp.acme.example'),
  port: z.int().min(1).max(65_535).default(22).describe('Port of the SFTP server'),
  user: z.string().min(1).max(200).describe('Name to log in with'),
  hostKeyFingerprints: z
    .array(
      z.string().regex(/^(SHA256:)?[A-Za-z0-9+/]{43}=?$/, 'must be a SHA256 fingerprint as ssh-keygen -l shows it'),
    )
    .max(8)
    .default([])
    .describe('SHA256 fingerprints of the host keys to trust; a check shows the one that the server presents'),
  ...reportSettings,
  settleSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('How long a file must keep its size before it is read; 0 where files are put there by renaming'),
  requestTimeoutSeconds: z.int().min(1).max(300).default(30).describe('How long the server may take for one answer'),
});

/** As the settings, but stored encrypted and never shown again. A password, a private key, or both. */
export const csvSftpSecrets = z.strictObject({
  password: z.string().min(1).max(1000).optional().describe('Password of the user'),
  privateKey: z.string().min(1).max(20_000).optional().describe('Private key of the user, OpenSSH or PEM'),
  nextPrivateKey: z
    .string()
    .min(1)
    .max(20_000)
    .optional()
    .describe('Private key that is tried first, and takes the place of privateKey once the server has accepted it'),
  passphrase: z.string().min(1).max(1000).optional().describe('Passphrase of the private key, if it has one'),
  ...reportSecrets,
});

export type CsvSftpConfig = z.output<typeof csvSftpConfig>;
export type CsvSftpSecrets = z.output<typeof csvSftpSecrets>;
