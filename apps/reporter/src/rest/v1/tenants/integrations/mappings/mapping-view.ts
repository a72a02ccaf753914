import { z } from 'zod';
import { identities, type MappingVersion } from '#core';
import { time } from '../../../words.js';

export const restrictedIndicator = z
  .strictObject({
    expression: z.string().describe('JMESPath; gives a boolean.'),
    onMissing: z.enum(['keep', 'restricted', 'regular']).describe('What a missing or blank indicator means.'),
  })
  .nullable()
  .describe('Whose access is restricted; administrators’ never is. Null: the role is left alone.');

export const mappingFields = {
  identity: z.enum(identities).describe('Where a record holds the source’s own id of the person.'),
  attributes: z.record(z.string(), z.string()).describe('Attribute to JMESPath expression over the record document.'),
  scope: z.string().nullable().describe('JMESPath: who is in scope. Null: everyone.'),
  restricted: restrictedIndicator,
};

export const mappingView = z
  .object({
    integrationId: z.string(),
    version: z.int().describe('Its number: 1, 2, …'),
    active: z.boolean().describe('New syncs use it.'),
    ...mappingFields,
    createdAt: time,
    createdBy: z.string().describe('`key:` and the id of an API key.'),
  })
  .meta({ id: 'Mapping' });

export function toMappingView(mapping: MappingVersion, activeVersion: number | null): z.input<typeof mappingView> {
  const { integrationId, version, definition, createdAt, createdBy } = mapping;
  return { integrationId, version, active: version === activeVersion, ...definition, createdAt, createdBy };
}
