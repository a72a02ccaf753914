import type { z } from 'zod';
import { type MappingDefinition, standardAttributes } from '#core';
import { compileMapping, mapRecord } from '#mapping';
import { encodeCursor } from '../../http/page.js';
import { diffMappings } from '../../v1/tenants/integrations/mappings/diff-mappings.js';
import type { mappingView } from '../../v1/tenants/integrations/mappings/mapping-view.js';
import { costCentre } from './attributes.js';
import { records } from './records.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

/** What the active version says. */
export const activeMapping: MappingDefinition = {
  identity: 'connector',
  attributes: {
    fullName: 'legalName.display',
    email: 'contact.workEmail',
    employeeId: 'employeeNumber',
    active: "employment.status != 'T'",
    title: 'employment.jobTitle',
    department: 'employment.orgUnit.name',
    location: "join(', ', [location.site, location.country])",
    managerSourceId: 'manager.workerId',
    hireDate: 'employment.startDate',
    'custom.costCentre': 'employment.costCentre',
  },
  scope: null,
  restricted: { expression: "access.restricted == 'Y'", onMissing: 'keep' },
};

/** The version that is being tried: nobody who works for a vendor, and a name for those without a display name. */
export const draftMapping: MappingDefinition = {
  ...activeMapping,
  attributes: {
    ...activeMapping.attributes,
    fullName: "legalName.display || join(' ', [legalName.given, legalName.family])",
  },
  scope: "employment.type != 'contingent'",
};

const { mapping, integration } = story;

function version(number: number, definition: MappingDefinition, createdAt: string): z.input<typeof mappingView> {
  const active = number === mapping.active;
  return {
    integrationId: integration,
    version: number,
    active,
    ...definition,
    createdAt,
    createdBy: `key:${story.adminKey}`,
  };
}

/** What the draft makes of a record, by the rules of a sync. */
function evaluated(document: (typeof records)['mara']): object {
  const attributes = [...standardAttributes, costCentre];
  const compiled = compileMapping({ definition: draftMapping, attributes, sourceIdExpression: 'workerId' });
  if (!compiled.ok) throw new Error('the mapping of the examples cannot be compiled');
  const { sourceId, inScope, restricted, values, problems } = mapRecord(compiled.mapping, document);
  return {
    sourceId,
    inScope,
    restricted,
    attributes: Object.entries(draftMapping.attributes).map(([name, expression]) => ({
      name,
      expression,
      value: values[name] ?? null,
      problem: null,
    })),
    problems,
  };
}

const active = version(mapping.active, activeMapping, '2026-05-04T08:12:40.000Z');
const draft = version(mapping.draft, draftMapping, '2026-05-11T08:50:00.000Z');
const versions = '/v1/tenants/{tenant}/integrations/{integration}/mappings';

export const mappingExamples: SubjectExamples = {
  schemas: { Mapping: [active, draft] },
  answers: {
    [`GET ${versions}`]: { items: [draft, active], nextCursor: encodeCursor(mapping.active) },
    [`POST ${versions}`]: draft,
    [`POST ${versions}/{version}/activate`]: { ...draft, active: true },
    [`GET ${versions}/{version}/diff/{other}`]: {
      version: mapping.active,
      other: mapping.draft,
      changes: diffMappings(activeMapping, draftMapping),
    },
    [`POST ${versions}/{version}/evaluate`]: evaluated(records.mara),
    'POST /v1/tenants/{tenant}/expressions/evaluate': { value: 'Ada Lovelace', coerced: 'Ada Lovelace' },
  },
};
