/** By operation: a body as somebody would send it. */
export const bodyExamples: Readonly<Record<string, object>> = {
  'POST /v1/tenants': { name: 'Acme', timeZone: 'Europe/Amsterdam', deprovisioningDelayDays: 14 },
  'PATCH /v1/tenants/{tenant}': { deprovisioningDelayDays: 30 },
  'POST /v1/tenants/{tenant}/api-keys': { label: 'Dashboard', role: 'viewer' },
  'PUT /v1/tenants/{tenant}/attributes/{name}': {
    type: 'string',
    label: 'Cost centre',
    whenBlank: 'keep',
    excludeFromCsvExport: true,
  },
  'POST /v1/tenants/{tenant}/integrations': {
    name: 'Acme HR',
    connectorId: 'acme-hr',
    config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
    secrets: { clientSecret: 'a secret', signingKey: 'another secret' },
    contacts: ['hr-systems@acme.example'],
    schedule: { mode: 'dry', every: 6 },
  },
  'PATCH /v1/tenants/{tenant}/integrations/{integration}': {
    secrets: { clientSecret: 'the new secret' },
    schedule: { mode: 'live', cron: '30 6 * * MON-FRI', timeZone: 'Europe/Amsterdam' },
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings': {
    attributes: {
      fullName: 'legalName.display',
      email: 'contact.workEmail',
      employeeId: 'employeeNumber',
      active: "employment.status != 'TERMINATED'",
    },
    scope: "employment.type != 'CONTRACTOR'",
    restricted: { expression: "access.restricted == 'Y'", onMissing: 'keep' },
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate': {
    syncId: 'syn_0123456789abcdef',
    seq: 17,
  },
  'POST /v1/tenants/{tenant}/expressions/evaluate': {
    expression: "join(' ', [name.first, name.last])",
    payload: { name: { first: 'Ada', last: 'Lovelace' } },
    type: 'string',
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/syncs': {
    mode: 'dry',
    only: 'failed',
    replayOfSyncId: 'syn_0123456789abcdef',
  },
  'POST /v1/tenants/{tenant}/syncs/{sync}/approve': {
    filter: { outcome: 'created' },
    planHash: '6b86b273ff34fce19d6b804eff5a3f57',
    comment: 'New colleagues of May.',
  },
  'POST /v1/tenants/{tenant}/syncs/{sync}/reject': {
    outcomeIds: ['out_0123456789abcdef_42'],
    planHash: '6b86b273ff34fce19d6b804eff5a3f57',
    comment: 'Still with us.',
  },
  'POST /v1/tenants/{tenant}/syncs/{sync}/undo': { mode: 'dry' },
  'PATCH /v1/tenants/{tenant}/users/{user}': { attributes: { title: 'Head of Sales' }, role: 'restricted' },
};
