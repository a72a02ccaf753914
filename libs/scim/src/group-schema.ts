import { attribute } from './schema-attribute.js';
import type { ResourceSchema } from './resource-schema.js';

/** A group and who belongs to it (RFC 7643 §4.2). */
export const groupSchema: ResourceSchema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A group of people',
  attributes: [
    attribute('displayName', 'The group’s name.', { required: true }),
    attribute('members', 'Who belongs to the group.', {
      type: 'complex',
      multiValued: true,
      subAttributes: [
        attribute('value', 'The member’s id.', { mutability: 'immutable', caseExact: true }),
        attribute('$ref', 'Where the member is.', {
          type: 'reference',
          mutability: 'immutable',
          caseExact: true,
          referenceTypes: ['User', 'Group'],
        }),
        attribute('display', 'The member’s name.'),
        attribute('type', 'What the member is.', { mutability: 'immutable', canonicalValues: ['User', 'Group'] }),
      ],
    }),
  ],
};
