import { z } from 'zod';
import { takesId } from './person-report-url.js';

const GIB = 1024 ** 3;

/** No user info (it would be a secret that everyone can read); a query holds the report's prompts. */
const reportAddress = z
  .url({ protocol: /^https?$/, hostname: /.+/ })
  .max(4000)
  .refine((address) => isBare(address), 'must hold no user name, password or fragment');

function isBare(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, hash } = new URL(address);
  return username === '' && password === '' && hash === '';
}

/** What an admin fills in. */
export const workdayConfig = z
  .strictObject({
    reportUrl: reportAddress.describe(
      'Address of the report of everybody, as Workday shows it under Web Service, View URLs: https://HOST/ccx/service/customreport2/TENANT/OWNER/REPORT with its prompts. JSON is asked for whatever format it names',
    ),
    personReportUrl: reportAddress
      .optional()
      .describe(
        'Address of a report of one person, for syncs of one person, at the same host: with {id} where the id belongs, e.g. …/REPORT?Employee_ID={id}',
      ),
    idKey: z
      .string()
      .min(1)
      .max(200)
      .default('Employee_ID')
      .describe('The key of an entry that holds the person’s immutable id, e.g. Employee_ID or workdayID'),
    signIn: z
      .enum(['user', 'refreshToken'])
      .default('user')
      .describe('user: as an integration system user with a password. refreshToken: OAuth 2.0'),
    username: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('The integration system user with the tenant: ISU_Muster@tenant (signIn user)'),
    clientId: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Client id of the API client for integrations (signIn refreshToken)'),
    tokenUrl: reportAddress
      .optional()
      .describe(
        'Token endpoint, when it is not https://HOST/ccx/oauth2/TENANT/token of the report’s own host and tenant',
      ),
    firstAnswerSeconds: z
      .int()
      .min(1)
      .max(3600)
      .default(1800)
      .describe('How long Workday may work on a report before it begins to send it'),
    idleSeconds: z
      .int()
      .min(1)
      .max(1800)
      .default(300)
      .describe('How long Workday may be silent in the middle of a report'),
    maxReportBytes: z
      .int()
      .min(1)
      .max(64 * GIB)
      .default(4 * GIB)
      .describe('The largest report that is read, in bytes'),
  })
  .refine(({ personReportUrl }) => personReportUrl === undefined || takesId(personReportUrl), {
    path: ['personReportUrl'],
    message: 'must have {id} in its path or query',
  })
  .refine(({ reportUrl, personReportUrl }) => personReportUrl === undefined || isSameHost(reportUrl, personReportUrl), {
    path: ['personReportUrl'],
    message: 'must be at the same host as reportUrl: it is sent the same credentials',
  })
  .refine(({ signIn, username }) => signIn !== 'user' || username !== undefined, {
    path: ['username'],
    message: 'is needed to sign in as a user',
  })
  .refine(({ signIn, clientId }) => signIn !== 'refreshToken' || clientId !== undefined, {
    path: ['clientId'],
    message: 'is needed to sign in with a refresh token',
  })
  .refine(
    ({ signIn, tokenUrl, reportUrl }) =>
      signIn !== 'refreshToken' || tokenUrl !== undefined || tenantOf(reportUrl) !== null,
    { path: ['tokenUrl'], message: 'is needed: reportUrl does not say which tenant it is of' },
  );

/** As the settings, but stored encrypted and never shown again. */
export const workdaySecrets = z.strictObject({
  password: z.string().min(1).max(500).optional().describe('Password of the integration system user (signIn user)'),
  clientSecret: z.string().min(1).max(500).optional().describe('Client secret of the API client (signIn refreshToken)'),
  refreshToken: z
    .string()
    .min(1)
    .max(4000)
    .optional()
    .describe(
      'Refresh token of the integration system user (signIn refreshToken); Muster stores each one that Workday gives in its place',
    ),
});

export type WorkdayConfig = z.output<typeof workdayConfig>;
export type WorkdaySecrets = z.output<typeof workdaySecrets>;

/** Where tokens are asked for. Null when the report's address does not say which tenant it is of. */
export function tokenUrlOf({ tokenUrl, reportUrl }: Pick<WorkdayConfig, 'tokenUrl' | 'reportUrl'>): string | null {
  if (tokenUrl !== undefined) return tokenUrl;
  const tenant = tenantOf(reportUrl);
  return tenant === null ? null : new URL(`/ccx/oauth2/${tenant}/token`, reportUrl).href;
}

/** `/ccx/service/customreport2/TENANT/OWNER/REPORT` */
function tenantOf(reportUrl: string): string | null {
  if (!URL.canParse(reportUrl)) return null;
  return /^\/ccx\/service\/customreport2\/([^/]+)\//.exec(new URL(reportUrl).pathname)?.[1] ?? null;
}

function isSameHost(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}
