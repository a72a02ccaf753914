import { enterpriseUserSchema } from './enterprise-user-schema.js';
import { groupSchema } from './group-schema.js';
import type { ResourceSchema } from './resource-schema.js';
import { attribute, type SchemaAttribute } from './schema-attribute.js';
import { userSchema } from './user-schema.js';

/** A kind of resource: where it is served and what it has. */
export interface ResourceType {
  name: 'User' | 'Group';
  /** Below the service's address. */
  endpoint: '/Users' | '/Groups';
  description: string;
  schema: ResourceSchema;
  extensions: readonly ResourceSchema[];
}

export const userType: ResourceType = {
  name: 'User',
  endpoint: '/Users',
  description: 'A person',
  schema: userSchema,
  extensions: [enterpriseUserSchema],
};

export const groupType: ResourceType = {
  name: 'Group',
  endpoint: '/Groups',
  description: 'A group of people',
  schema: groupSchema,
  extensions: [],
};

/** Every kind that is served. */
export const resourceTypes: readonly ResourceType[] = [userType, groupType];

const instant = { type: 'dateTime', mutability: 'readOnly' } as const;

/** What every resource has, whatever its kind (RFC 7643 §3.1); in no schema of its own. */
const commonAttributes: readonly SchemaAttribute[] = [
  attribute('schemas', 'The schemas that the resource’s attributes come from.', {
    multiValued: true,
    caseExact: true,
    returned: 'always',
  }),
  attribute('id', 'The resource’s id here.', {
    caseExact: true,
    mutability: 'readOnly',
    returned: 'always',
    uniqueness: 'server',
  }),
  attribute('externalId', 'The id that the identity provider gave.', { caseExact: true }),
  attribute('meta', 'What is known about the resource itself.', {
    type: 'complex',
    mutability: 'readOnly',
    subAttributes: [
      attribute('resourceType', 'Its kind.', { mutability: 'readOnly', caseExact: true }),
      attribute('created', 'When it came about.', instant),
      attribute('lastModified', 'When it was last changed.', instant),
      attribute('location', 'Where it is.', { type: 'reference', mutability: 'readOnly', caseExact: true }),
      attribute('version', 'Its version, as in ETag.', { mutability: 'readOnly', caseExact: true }),
    ],
  }),
];

/** The attributes at the top of a resource of this kind: common and core ones. */
export function topAttributes({ schema }: ResourceType): readonly SchemaAttribute[] {
  return [...commonAttributes, ...schema.attributes];
}
