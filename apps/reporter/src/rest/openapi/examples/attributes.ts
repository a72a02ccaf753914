import { type AttributeDefinition, standardAttributes } from '#core';
import type { SubjectExamples } from './subject-examples.js';

/** An attribute of the tenant's own. */
export const costCentre: AttributeDefinition = {
  name: 'custom.costCentre',
  label: 'Cost centre',
  type: 'string',
  required: false,
  whenBlank: 'keep',
  excludeFromCsvExport: true,
  standard: false,
};

export const attributeExamples: SubjectExamples = {
  schemas: { Attribute: [costCentre] },
  answers: {
    'GET /v1/tenants/{tenant}/attributes': {
      items: [costCentre, ...standardAttributes].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
      nextCursor: null,
    },
  },
};
