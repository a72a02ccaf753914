import { mapping, planHash, wanted } from './seed-tenant.js';

/** A connection that an admin may make: its connector is out of the box. */
export const ldapConnection = {
  connectorId: 'ldap',
  config: {
    url: 'ldaps://ldap.acme.example',
    directory: 'ldap',
    bindDn: 'cn=muster,dc=acme,dc=example',
    baseDn: 'ou=people,dc=acme,dc=example',
  },
  secrets: { password: 'x' },
};

/** By operation, `METHOD /path`: a body that is accepted, where an empty one is not. */
export const validBodies: Record<string, object> = {
  'POST /v1/tenants': { name: 'Another' },
  'POST /v1/tenants/{tenant}/api-keys': { label: 'key' },
  'PUT /v1/tenants/{tenant}/attributes/{name}': { type: 'string' },
  'POST /v1/tenants/{tenant}/integrations': {
    name: 'x',
    ...ldapConnection,
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings': mapping,
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate': { payload: {} },
  'POST /v1/tenants/{tenant}/webhooks': { url: 'https://hooks.acme.example' },
  'POST /v1/tenants/{tenant}/integration-requests': wanted,
  'POST /v1/tenants/{tenant}/integration-requests/{request}/move': { to: 'scoped' },
  'POST /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': { label: 'Okta' },
  'POST /v1/tenants/{tenant}/integrations/{integration}/key-pairs': { kind: 'ssh' },
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
