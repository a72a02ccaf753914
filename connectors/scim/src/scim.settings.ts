import { z } from 'zod';

export const providers = ['okta', 'entra', 'onelogin', 'other'] as const;

/** What an admin fills in. */
export const scimConfig = z.strictObject({
  provider: z.enum(providers).default('other').describe('Who pushes people: decides which set-up steps are shown'),
});

/** None: the provider’s tokens are made by Muster. */
export const scimSecrets = z.strictObject({});

export type ScimConfig = z.output<typeof scimConfig>;
export type ScimSecrets = z.output<typeof scimSecrets>;
