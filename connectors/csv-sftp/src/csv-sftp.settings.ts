import { csvFormatSettings } from '#connector-sdk';
import { z } from 'zod';
import { parseFilePattern } from './file-pattern.js';

const suffix = z.string().regex(/^[\w.-]{1,40}$/, 'must be letters, digits, ".", "_" or "-"');

const filePattern = z
  .string()
  .min(1)
  .max(1000)
  .superRefine((pattern, context) => {
    try {
      parseFilePattern(pattern);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is no pattern' });
    }
  });

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
  path: filePattern
    .default('uploads/hr_reports/people_report_YYYY-MM-DD.csv')
    .describe('Where the files are, with the date as YYYY-MM-DD (or YYYYMMDD and the like) and the time as HHmmss'),
  content: z
    .enum(['full', 'delta'])
    .describe('full: every file holds everybody, whoever is missing has left; delta: only who has changed'),
  archiveFolder: suffix
    .regex(/[^.]/, 'must not be "." or ".."')
    .default('archive')
    .describe('Folder beside the files into which applied ones are moved'),
  settleSeconds: z
    .int()
    .min(0)
    .max(600)
    .default(10)
    .describe('How long a file must keep its size before it is read; 0 where files are put there by renaming'),
  markerSuffix: suffix.optional().describe('Read a file X only when the file X plus this suffix is there, e.g. .done'),
  rowCountSuffix: suffix.optional().describe('A file X plus this suffix holds the number of rows, e.g. .count'),
  checksumSuffix: suffix.optional().describe('A file X plus this suffix holds the SHA-256 of X in hex, e.g. .sha256'),
  maxFileMegabytes: z.int().min(1).max(100_000).default(2048).describe('The largest file that is read, in MiB'),
  requestTimeoutSeconds: z.int().min(1).max(300).default(30).describe('How long the server may take for one answer'),
  ...csvFormatSettings,
});

/** As the settings, but stored encrypted and never shown again. A password, a private key, or both. */
export const csvSftpSecrets = z.strictObject({
  password: z.string().min(1).max(1000).optional().describe('Password of the user'),
  privateKey: z.string().min(1).max(20_000).optional().describe('Private key of the user, OpenSSH or PEM'),
  passphrase: z.string().min(1).max(1000).optional().describe('Passphrase of the private key, if it has one'),
});

export type CsvSftpConfig = z.output<typeof csvSftpConfig>;
export type CsvSftpSecrets = z.output<typeof csvSftpSecrets>;
