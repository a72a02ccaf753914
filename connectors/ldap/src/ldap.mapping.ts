import type { DefaultMapping } from '#connector-sdk';

/**
 * The attributes that inetOrgPerson (RFC 2798) and Active Directory's user have. Every attribute is a list, of which the first value
 * counts; `@disabled` and `@managerId` are made by the connector.
 *
 * An account that is locked for some time after wrong passwords is still active, and so is one without any account state.
 */
export const ldapDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: `displayName[0] || cn[0] || join(' ', [givenName[0], sn[0]][?@])`,
    email: 'mail[0]',
    employeeId: 'employeeID[0] || employeeNumber[0]',
    active: '"@disabled" != `true`',
    title: 'title[0]',
    department: 'department[0] || departmentNumber[0] || ou[0]',
    location: 'physicalDeliveryOfficeName[0] || l[0]',
    managerSourceId: '"@managerId"',
  },
};
