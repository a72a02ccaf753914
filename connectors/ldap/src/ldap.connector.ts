import { defineConnector } from '#connector-sdk';
import { checkDirectory } from './check-directory.js';
import { fetchPeople } from './fetch-people.js';
import { ldapDefaultMapping } from './ldap.mapping.js';
import { ldapConfig, ldapSecrets } from './ldap.settings.js';
import { ldapSetup } from './ldap.setup.js';

/** A directory that speaks LDAP: OpenLDAP, Active Directory, 389 Directory Server and their like. */
export const ldap = defineConnector({
  id: 'ldap',
  title: 'LDAP or Active Directory',
  description: 'A directory that speaks LDAP, such as OpenLDAP or Active Directory.',
  capabilities: { full: true, person: true, delta: false, resume: false, wholeness: 'endMarker' },
  kind: 'outOfTheBox',
  setupEffort: {
    level: 'low',
    text: 'An account that may read people, and the place in the tree where they are; nothing is changed in the directory.',
  },
  traits: {
    wholeness:
      'The server ends the search with success and says that no page follows. A search that hits a limit, is referred elsewhere or finds nobody proves nothing, nor does one without that word. What the account may not see is not known to be missing.',
  },
  rateBudget: null,
  config: ldapConfig,
  secrets: ldapSecrets,
  decoder: 'json',
  sourceIdExpression: '"@id"',
  defaultMapping: ldapDefaultMapping,
  setup: ldapSetup,
  check: checkDirectory,
  fetch: fetchPeople,
});
