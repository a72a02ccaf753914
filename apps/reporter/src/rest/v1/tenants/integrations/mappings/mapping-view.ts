import { z } from 'zod';
import { identities, type MappingVersion } from '#core';

export const restrictedIndicator = z
  .strictObject({
    expression: z.string().describe('JMESPath; gives a boolean.'),
    onMissing: z.enum(['keep', 'restricted', 'regular']).describe('What a missing or blank indicator means.'),
  })
  .nullable();

export const mappingFields = {
  identity: z.enum(identities).describe('Where a record holds the source’s own id of the person.'),
  attributes: z.record(z.string(), z.string()).describe('Attribute to JMESPath expression over the record document.'),
  scope: z.string().nullable().describe('JMESPath: who is in scope. Null: everyone.'),
  restricted: restrictedIndicator,
};

export const mappingView = z
  .object({
    integrationId: z.string(),
    version: z.int(),
    active: z.boolean(),
    ...mappingFields,
    createdAt: z.string(),
    createdBy: z.string(),
  })
  .meta({ id: 'Mapping' });

export function toMappingView(mapping: MappingVersion, activeVersion: number | null): z.input<typeof mappingView> {
  const { integrationId, version, definition, createdAt, createdBy } = mapping;
  return { integrationId, version, active: version === activeVersion, ...definition, createdAt, createdBy };
}
