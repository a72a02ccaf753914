import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const token = {
  id: story.scim.token,
  label: 'Okta, from June 2026',
  createdAt: '2026-06-01T07:30:00.000Z',
  lastUsedAt: '2026-06-02T09:14:00.000Z',
};

export const scimExamples: SubjectExamples = {
  schemas: { ScimToken: [token] },
  answers: {
    'GET /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': { items: [token] },
    'POST /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': {
      ...token,
      lastUsedAt: null,
      token: 'mus_scim_the-token-itself-which-is-shown-this-once',
    },
  },
};
