import { letMusterThrough, type SetupStep, type SetupTarget } from '#connector-sdk';
import { filterOf, idAttributeOf, type LdapConfig, serverOf } from './ldap.settings.js';

/** What whoever runs the directory does before Muster can read. */
export function ldapSetup(target: SetupTarget<LdapConfig>): SetupStep[] {
  const { config } = target;
  const { host, port, tls } = serverOf(config);
  const isEncrypted = tls || config.startTls;
  return [
    ...(config.directory === 'activeDirectory' ? activeDirectorySteps(config) : openLdapSteps(config)),
    {
      title: 'Give the server a certificate that Muster trusts',
      text: isEncrypted
        ? 'The certificate names the host of the address. Where an authority of your own signed it, Muster’s operator names that authority in MUSTER_EGRESS_CA_FILE.'
        : 'The connection is not encrypted: the password and everything about people can be read on the way. Use ldaps://, or set startTls.',
      values: [{ label: 'Host', value: host }],
    },
    letMusterThrough(target, {
      title: 'Let Muster through',
      text: 'Muster’s fetcher connects to the server from its own network; nothing connects to Muster. A server on a private network is allowed by Muster’s operator in MUSTER_EGRESS_ALLOW.',
      values: [{ label: 'Server', value: `${host}:${port}` }],
    }),
    {
      title: 'Confirm who the people are',
      text: 'The filter fits everybody who is to have access and nobody else: service accounts and mailboxes of rooms would become people. People who have left stay within it, with their account disabled, or go from it.',
      values: [
        { label: 'Base', value: config.baseDn },
        { label: 'Filter', value: filterOf(config) },
        { label: 'Attribute with the immutable id', value: idAttributeOf(config) },
      ],
    },
  ];
}

function openLdapSteps({ bindDn, baseDn, pageSize }: LdapConfig): SetupStep[] {
  return [
    {
      title: 'Create an entry for Muster',
      text: 'An entry with a password of its own (objectClass simpleSecurityObject and organizationalRole) that nobody else uses. The password goes into Muster.',
      values: [{ label: 'DN', value: bindDn }],
    },
    {
      title: 'Let it read people',
      text: 'An access rule ahead of the others (olcAccess, or access in slapd.conf). What it may not see looks as if it were not there, and whoever it stops seeing would look like a leaver: give it the whole base.',
      values: [{ label: 'Rule', value: `to dn.subtree="${baseDn}" by dn.exact="${bindDn}" read by * break` }],
    },
    {
      title: 'Lift its limits',
      text: 'slapd sends everybody at most 500 entries of one search, pages or not. Lift that for this entry (olcLimits, or limits in slapd.conf), or no sync will be whole.',
      values: [
        { label: 'Limits', value: `dn.exact="${bindDn}" size=unlimited size.pr=${pageSize} size.prtotal=unlimited` },
      ],
    },
  ];
}

function activeDirectorySteps({ bindDn, baseDn }: LdapConfig): SetupStep[] {
  return [
    {
      title: 'Create a user for Muster',
      text: 'In Active Directory Users and Computers: a user with “Password never expires” and without “User must change password at next logon”, a member of Domain Users alone. Interactive logon can be denied to it. The password goes into Muster.',
      values: [{ label: 'User', value: bindDn }],
    },
    {
      title: 'Let it read people',
      text: 'Domain Users may read what is needed unless that was taken from them (List Object mode, denied rights). Where it was: delegate “Read all user information” on the base to this user.',
      values: [{ label: 'Base', value: baseDn }],
    },
    {
      title: 'Choose the base',
      text: 'At the top of a domain the server refers to other servers for its DNS zones and configuration, and then no sync counts as whole: choose the organizational unit that holds the people, or set ignoreReferrals. Child domains are integrations of their own.',
    },
  ];
}
