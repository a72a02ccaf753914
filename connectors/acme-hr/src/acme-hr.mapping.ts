import type { DefaultMapping } from '#connector-sdk';

/** JMESPath over one worker document. Blank parts of a name or place are left out instead of failing the person. */
export const acmeHrDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: "legalName.display || join(' ', [legalName.given, legalName.family][?@])",
    email: 'contact.workEmail',
    employeeId: 'employeeNumber',
    active: "employment.status != 'T'",
    title: 'employment.jobTitle',
    department: 'employment.orgUnit.name',
    location: "join(', ', [location.site, location.country][?@])",
    managerSourceId: 'manager.workerId',
    hireDate: 'employment.startDate',
    terminationDate: 'employment.endDate',
    pictureUrl: 'photo.url',
    'custom.costCentre': 'employment.costCentre',
    'custom.contractor': 'contingent != `null`',
  },
  restricted: "access.restricted == 'Y'",
};
