import { attribute } from './schema-attribute.js';
import type { ResourceSchema } from './resource-schema.js';

/** What an employer knows of a person (RFC 7643 §4.3). */
export const enterpriseUserSchema: ResourceSchema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'What an employer knows of a person',
  attributes: [
    attribute('employeeNumber', 'The number or code that the employer gave.'),
    attribute('costCenter', 'The cost centre.'),
    attribute('organization', 'The organisation.'),
    attribute('division', 'The division.'),
    attribute('department', 'The department.'),
    attribute('manager', 'The person’s manager.', {
      type: 'complex',
      subAttributes: [
        attribute('value', 'The manager’s id.', { caseExact: true }),
        attribute('$ref', 'Where the manager is.', { type: 'reference', caseExact: true, referenceTypes: ['User'] }),
        attribute('displayName', 'The manager’s name.'),
      ],
    }),
  ],
};
