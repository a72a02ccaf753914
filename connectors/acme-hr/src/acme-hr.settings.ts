import { httpAddress } from '#connector-sdk';
import { z } from 'zod';

/** What an admin fills in. */
export const acmeHrConfig = z.strictObject({
  baseUrl: httpAddress.describe('Address of the HR system, without the path of its API, e.g. https://hr.acme.example'),
  tokenUrl: httpAddress
    .optional()
    .describe('Address of the token endpoint, when it is not /oauth/token at the base address'),
  clientId: z.string().min(1).max(200).describe('Client id that the HR team registered for Muster'),
  scope: z.string().min(1).max(200).default('workers.read').describe('OAuth scope to ask for'),
  pageSize: z.int().min(1).max(1000).default(500).describe('Workers per page; the HR system allows up to 1,000'),
  requestTimeoutSeconds: z.int().min(1).max(300).default(30).describe('How long one request may take'),
});

/** As the settings, but stored encrypted and never shown again. */
export const acmeHrSecrets = z.strictObject({
  clientSecret: z.string().min(1).max(500).describe('Client secret that belongs to the client id'),
  signingKey: z.string().min(1).max(500).describe('Key for the signature header X-Acme-Signature'),
});

export type AcmeHrConfig = z.output<typeof acmeHrConfig>;
export type AcmeHrSecrets = z.output<typeof acmeHrSecrets>;
