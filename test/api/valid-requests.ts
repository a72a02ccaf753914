import { mapping, planHash } from './seed-tenant.js';

/** By operation, `METHOD /path`: a body that is accepted, where an empty one is not. */
export const validBodies: Record<string, object> = {
  'POST /v1/tenants': { name: 'Another' },
  'POST /v1/tenants/{tenant}/api-keys': { label: 'key' },
  'PUT /v1/tenants/{tenant}/attributes/{name}': { type: 'string' },
  'POST /v1/tenants/{tenant}/integrations': {
    name: 'x',
    connectorId: 'acme-hr',
    config: { baseUrl: 'https://hr.acme.example', clientId: 'x' },
    secrets: { clientSecret: 'x', signingKey: 'x' },
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings': mapping,
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate': { payload: {} },
  'POST /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': { label: 'Okta' },
  'POST /v1/tenants/{tenant}/expressions/evaluate': { expression: 'a', payload: {} },
  'POST /v1/tenants/{tenant}/syncs/{sync}/approve': { all: true, planHash },
  'POST /v1/tenants/{tenant}/syncs/{sync}/reject': { all: true, planHash },
  'PATCH /v1/tenants/{tenant}/users/{user}': { attributes: { title: 'Boss' } },
};

/** By operation: the query that it does not do without. */
export const neededQueries: Record<string, string> = {
  'GET /v1/tenants/{tenant}/people': '?q=a',
  'GET /v1/tenants/{tenant}/reports/users': '?groupBy=department',
};
