import { type LdapEntry, OpenLdapServer } from '#testing';
import type { CompanySource } from './company-source.js';
import { type CompanyPerson, employeeIdOf, fullNameOf } from './one-company.js';

const base = 'ou=people,dc=acme,dc=example';
const dnOf = (number: number): string => `uid=${employeeIdOf(number)},${base}`;

/** In OpenLDAP's server, where nobody's manager is known by more than a DN. */
export async function ldapSource(company: readonly CompanyPerson[]): Promise<CompanySource> {
  const unit: LdapEntry = { dn: base, attributes: { objectClass: 'organizationalUnit', ou: 'people' } };
  const server = await OpenLdapServer.start({ entries: [unit, ...company.map(entryOf)] });
  return {
    connectorId: 'ldap',
    config: {
      url: server.url,
      startTls: false,
      bindDn: server.adminDn,
      baseDn: base,
      attributes: [
        'cn',
        'displayName',
        'mail',
        'employeeNumber',
        'title',
        'departmentNumber',
        'employeeType',
        'roomNumber',
      ],
    },
    secrets: { password: server.password },
    attributes: { 'custom.costCentre': 'roomNumber[0]' },
    restricted: `employeeType[0] == 'restricted'`,
    leave: async (number) => server.delete(dnOf(number)),
    stop: async () => server.stop(),
  };
}

function entryOf(person: CompanyPerson): LdapEntry {
  const { number, managerNumber } = person;
  return {
    dn: dnOf(number),
    attributes: {
      objectClass: ['inetOrgPerson', 'user'],
      uid: person.employeeId,
      cn: fullNameOf(person),
      sn: person.lastName,
      givenName: person.firstName,
      mail: person.email,
      employeeNumber: person.employeeId,
      title: person.title,
      departmentNumber: person.department,
      employeeType: person.isRestricted ? 'restricted' : 'all',
      roomNumber: person.costCentre,
      userAccountControl: person.isActive ? '512' : '514',
      ...(managerNumber === null ? {} : { manager: dnOf(managerNumber) }),
    },
  };
}
