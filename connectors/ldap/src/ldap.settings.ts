import { z } from 'zod';
import { parseFilter } from './directory-filter.js';

/** RFC 4512 §2.5: a name or an object identifier, with options. */
const attributeName = z
  .string()
  .max(200)
  .regex(/^([A-Za-z][A-Za-z0-9-]*|\d+(\.\d+)+)(;[A-Za-z0-9-]+)*$/, 'must be the name of one attribute, e.g. mail')
  .refine(
    (name) => !secretAttributes.has(name.toLowerCase().split(';')[0] ?? ''),
    'holds passwords, which Muster does not read',
  );

/** Where directories keep passwords, readable to whoever is allowed too much. */
const secretAttributes = new Set([
  'userpassword',
  '2.5.4.35',
  'unicodepwd',
  'sambantpassword',
  'sambalmpassword',
  'krbprincipalkey',
  'ms-mcs-admpwd',
  'mslaps-password',
]);

const filter = z
  .string()
  .min(1)
  .max(4000)
  .superRefine((text, context) => {
    try {
      parseFilter(text);
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'is no filter' });
    }
  });

/** No user info (it would be a secret that everyone can read), and no base: that has its own setting. */
const serverUrl = z
  .string()
  .max(500)
  .regex(/^ldaps?:\/\/[^/?#@\s]+\/?$/, 'must be ldaps://HOST or ldap://HOST, with a port where it is not the usual one')
  .refine((text) => URL.canParse(text) && new URL(text).hostname !== '', 'must be an address');

const defaultAttributes = [
  'cn',
  'displayName',
  'givenName',
  'sn',
  'mail',
  'employeeNumber',
  'employeeID',
  'title',
  'department',
  'departmentNumber',
  'ou',
  'l',
  'physicalDeliveryOfficeName',
];

/** What an admin fills in. */
export const ldapConfig = z.strictObject({
  url: serverUrl.describe('Address of the server: ldaps://HOST, or ldap://HOST with STARTTLS'),
  startTls: z
    .boolean()
    .default(true)
    .describe(
      'For ldap://: encrypt the connection by STARTTLS before logging in. false: the password is sent in clear',
    ),
  directory: z
    .enum(['ldap', 'activeDirectory'])
    .default('ldap')
    .describe('Decides the defaults of filter and idAttribute'),
  bindDn: z
    .string()
    .min(1)
    .max(1000)
    .describe(
      'Whom to log in as: a DN, in Active Directory also name@domain, e.g. cn=muster,ou=services,dc=acme,dc=example',
    ),
  baseDn: z
    .string()
    .min(1)
    .max(1000)
    .describe('The part of the tree that holds the people, e.g. ou=people,dc=acme,dc=example'),
  filter: filter
    .optional()
    .describe(
      'Which entries are people (RFC 4515). Default: (&(objectClass=person)), in Active Directory (&(objectCategory=person)(objectClass=user))',
    ),
  idAttribute: attributeName
    .optional()
    .describe('Holds the id that a person keeps for good. Default: entryUUID, in Active Directory objectGUID'),
  attributes: z
    .array(attributeName)
    .min(1)
    .max(200)
    .default(defaultAttributes)
    .describe('The attributes to read; no others are asked for'),
  binaryAttributes: z
    .array(attributeName)
    .max(20)
    .default([])
    .describe('Which of the attributes are bytes, to be given as Base64, e.g. thumbnailPhoto'),
  managerAttribute: attributeName
    .nullable()
    .default('manager')
    .describe('Holds the DN of a person’s manager, whose id is looked up; null to leave that out'),
  ignoreReferrals: z
    .boolean()
    .default(false)
    .describe(
      'Whether the parts of the tree that other servers hold can be done without. false: while there are any, nobody is removed',
    ),
  pageSize: z.int().min(1).max(5000).default(500).describe('How many people to ask for at a time'),
  requestTimeoutSeconds: z.int().min(1).max(600).default(60).describe('How long the server may take for one page'),
});

/** As the settings, but stored encrypted and never shown again. An empty password would log in as nobody (RFC 4513 §5.1.2). */
export const ldapSecrets = z.strictObject({
  password: z.string().min(1).max(1000).describe('Password of the user of bindDn'),
});

export type LdapConfig = z.output<typeof ldapConfig>;
export type LdapSecrets = z.output<typeof ldapSecrets>;

export function filterOf({ filter: own, directory }: Pick<LdapConfig, 'filter' | 'directory'>): string {
  return (
    own ??
    (directory === 'activeDirectory' ? '(&(objectCategory=person)(objectClass=user))' : '(&(objectClass=person))')
  );
}

export function idAttributeOf({ idAttribute, directory }: Pick<LdapConfig, 'idAttribute' | 'directory'>): string {
  return idAttribute ?? (directory === 'activeDirectory' ? 'objectGUID' : 'entryUUID');
}

/** Where the server is; an address without brackets. The usual ports are 636 for ldaps and 389 for ldap. */
export function serverOf({ url }: Pick<LdapConfig, 'url'>): { host: string; port: number; tls: boolean } {
  const { protocol, hostname, port } = new URL(url);
  const tls = protocol === 'ldaps:';
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || (tls ? 636 : 389), tls };
}
