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

/** What an admin fills in about the reports, wherever they lie. */
export const reportSettings = {
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
  markerSuffix: suffix.optional().describe('Read a file X only when the file X plus this suffix is there, e.g. .done'),
  rowCountSuffix: suffix.optional().describe('A file X plus this suffix holds the number of rows, e.g. .count'),
  checksumSuffix: suffix.optional().describe('A file X plus this suffix holds the SHA-256 of X in hex, e.g. .sha256'),
  maxFileMegabytes: z.int().min(1).max(100_000).default(2048).describe('The largest file that is read, in MiB'),
  pgpSenderKey: z
    .string()
    .max(100_000)
    .optional()
    .describe('OpenPGP public key of the sender, armored: every file must be signed by it; needs pgpPrivateKey'),
  ...csvFormatSettings,
};

/** What an admin fills in about them, stored encrypted and never shown again. */
export const reportSecrets = {
  pgpPrivateKey: z
    .string()
    .min(1)
    .max(200_000)
    .optional()
    .describe('OpenPGP private key, armored: every file must be encrypted for it'),
  pgpPreviousPrivateKey: z
    .string()
    .min(1)
    .max(200_000)
    .optional()
    .describe('OpenPGP private key, armored, for which files may be encrypted besides'),
  pgpPassphrase: z.string().min(1).max(1000).optional().describe('Passphrase of the OpenPGP key, if it has one'),
};

const reportObject = z.object(reportSettings);
const reportSecretsObject = z.object(reportSecrets);
export type ReportSecrets = z.output<typeof reportSecretsObject>;
export type ReportSettings = z.output<typeof reportObject> & {
  /** How long a file must keep its size before it is read; left out, it need not. */
  readonly settleSeconds?: number;
};
