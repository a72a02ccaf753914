import type { DefaultMapping } from '#connector-sdk';

/**
 * A user's own fields, and attributes by the names that they are often given. An attribute is a list, of which the first
 * value counts; whoever names attributes otherwise changes the expression.
 */
export const keycloakDefaultMapping: DefaultMapping = {
  attributes: {
    fullName: `attributes.displayName[0] || join(' ', [firstName, lastName][?@]) || username`,
    email: 'email',
    employeeId: 'attributes.employeeId[0] || attributes.employeeID[0] || attributes.employeeNumber[0]',
    active: 'enabled != `false`',
    title: 'attributes.title[0] || attributes.jobTitle[0]',
    department: 'attributes.department[0]',
    location: 'attributes.location[0]',
    managerEmail: 'attributes.managerEmail[0]',
    managerEmployeeId: 'attributes.managerEmployeeId[0] || attributes.managerId[0]',
  },
};
