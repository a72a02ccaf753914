import { httpAddress } from '#connector-sdk';
import { z } from 'zod';

const realmName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^/\\?#%]+$/, 'must be the name of a realm, not an address')
  .refine((name) => !/^\.{1,2}$/.test(name), 'must be the name of a realm');

/** What an admin fills in. */
export const keycloakConfig = z.strictObject({
  baseUrl: httpAddress
    .max(2000)
    .describe(
      'Address of the server, with the path that it is served under if there is one, e.g. https://sso.acme.example or https://sso.acme.example/auth',
    ),
  realm: realmName.describe('The realm whose users are read'),
  clientId: z.string().min(1).max(255).describe('Client with a service account that may view users'),
  clientRealm: realmName.optional().describe('The realm that the client is in, when it is another one, e.g. master'),
  withGroups: z
    .boolean()
    .default(false)
    .describe('Whether to read who is in which group, by which access can be opened: every group’s members are listed'),
  pageSize: z.int().min(1).max(1000).default(200).describe('Users per page'),
  requestTimeoutSeconds: z.int().min(1).max(600).default(60).describe('How long one page may take'),
});

/** As the settings, but stored encrypted and never shown again. */
export const keycloakSecrets = z.strictObject({
  clientSecret: z.string().min(1).max(1000).describe('Client secret, of the client’s tab Credentials'),
});

export type KeycloakConfig = z.output<typeof keycloakConfig>;
export type KeycloakSecrets = z.output<typeof keycloakSecrets>;
