import { httpAddress } from '#connector-sdk';
import { z } from 'zod';

const MIB = 1024 ** 2;

/** `/ccx/service/TENANT/Human_Resources/VERSION`, whatever the host puts in front of it. */
const SERVICE_PATH = /\/Human_Resources\/(v\d{2}\.\d)$/;

const serviceAddress = httpAddress
  .max(2000)
  .refine(
    (address) => !URL.canParse(address) || SERVICE_PATH.test(new URL(address).pathname),
    'must end in /Human_Resources/ and a version, e.g. /Human_Resources/v45.0',
  );

const xmlName = /^[A-Za-z][A-Za-z0-9_]*$/;

/** What an admin fills in. */
export const workdaySoapConfig = z.strictObject({
  serviceUrl: serviceAddress.describe(
    'Address of the web service Human_Resources with its version: https://HOST/ccx/service/TENANT/Human_Resources/v45.0',
  ),
  username: z.string().min(1).max(200).describe('The integration system user with the tenant: ISU_Muster@tenant'),
  idType: z
    .string()
    .max(100)
    .regex(xmlName, 'must be a type of id, e.g. WID')
    .default('WID')
    .describe('Which of a worker’s ids is the immutable one: WID (of everybody), or Employee_ID (of employees alone)'),
  responseGroups: z
    .array(z.string().max(100).regex(xmlName, 'must be an element of Response_Group, e.g. Include_Roles'))
    .min(1)
    .max(60)
    .default([
      'Include_Reference',
      'Include_Personal_Information',
      'Include_Employment_Information',
      'Include_Organizations',
    ])
    .describe('Which parts of a worker to ask for: elements of Response_Group, in the order of Workday’s own schema'),
  excludeInactive: z
    .boolean()
    .default(false)
    .describe(
      'Leaves out those who have left. They then count as gone; without it the mapping sees that they are inactive',
    ),
  excludeContingent: z.boolean().default(false).describe('Leaves out contingent workers'),
  pageSize: z.int().min(1).max(999).default(100).describe('Workers per page; Workday allows up to 999'),
  requestTimeoutSeconds: z.int().min(1).max(1800).default(300).describe('How long one page may take'),
  maxPageBytes: z
    .int()
    .min(1)
    .max(512 * MIB)
    .default(64 * MIB)
    .describe('The largest page that is read, in bytes; a page is held in memory'),
});

/** As the settings, but stored encrypted and never shown again. */
export const workdaySoapSecrets = z.strictObject({
  password: z.string().min(1).max(500).describe('Password of the integration system user'),
});

export type WorkdaySoapConfig = z.output<typeof workdaySoapConfig>;
export type WorkdaySoapSecrets = z.output<typeof workdaySoapSecrets>;

/** The version that requests name, e.g. `v45.0`. */
export function versionOf({ serviceUrl }: Pick<WorkdaySoapConfig, 'serviceUrl'>): string {
  return SERVICE_PATH.exec(new URL(serviceUrl).pathname)?.[1] ?? '';
}
