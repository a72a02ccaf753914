import { wantedExample } from './examples/integration-requests.js';
import { draftMapping } from './examples/mappings.js';
import { story } from './examples/story.js';

/** By operation: a body as somebody would send it. */
export const bodyExamples: Readonly<Record<string, object>> = {
  'POST /v1/tenants': {
    name: 'Acme',
    timeZone: 'Europe/Amsterdam',
    deprovisioningDelayDays: 14,
    contacts: ['people-operations@acme.example'],
  },
  'PATCH /v1/tenants/{tenant}': { deprovisioningDelayDays: 30 },
  'POST /v1/tenants/{tenant}/api-keys': { label: 'Dashboard', role: 'viewer' },
  'POST /v1/tenants/{tenant}/integrations/{integration}/scim-tokens': { label: 'Okta, from June 2026' },
  'POST /v1/tenants/{tenant}/integrations/{integration}/key-pairs': { kind: 'ssh' },
  'PUT /v1/tenants/{tenant}/attributes/{name}': {
    type: 'string',
    label: 'Cost centre',
    whenBlank: 'keep',
    excludeFromCsvExport: true,
  },
  'POST /v1/tenants/{tenant}/webhooks': { url: 'https://hooks.acme.example/muster' },
  'POST /v1/tenants/{tenant}/integration-requests': wantedExample,
  'PATCH /v1/tenants/{tenant}/integration-requests/{request}': { frequency: 'every hour' },
  'POST /v1/tenants/{tenant}/integration-requests/{request}/move': {
    to: 'deployed',
    integrationId: story.integration,
    comment: 'Try it with a dry sync.',
  },
  'POST /v1/tenants/{tenant}/integration-requests/{request}/withdraw': { comment: 'We stay with CSV.' },
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
    attributes: draftMapping.attributes,
    scope: draftMapping.scope,
    restricted: draftMapping.restricted,
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/mappings/{version}/evaluate': {
    syncId: story.syncs.live,
    seq: story.people.mara.seq,
  },
  'POST /v1/tenants/{tenant}/expressions/evaluate': {
    expression: "join(' ', [name.first, name.last])",
    payload: { name: { first: 'Ada', last: 'Lovelace' } },
    type: 'string',
  },
  'POST /v1/tenants/{tenant}/integrations/{integration}/syncs': {
    mode: 'dry',
    only: 'failed',
    replayOfSyncId: story.syncs.live,
  },
  'POST /v1/tenants/{tenant}/syncs/{sync}/approve': {
    filter: { outcome: 'created' },
    planHash: story.planHash.first,
    comment: 'New colleagues of May.',
  },
  'POST /v1/tenants/{tenant}/syncs/{sync}/reject': {
    outcomeIds: [story.outcomes.tomasRemoved],
    planHash: story.planHash.live,
    comment: 'Still with us.',
  },
  'POST /v1/tenants/{tenant}/syncs/{sync}/undo': { mode: 'dry' },
  'POST /v1/tenants/{tenant}/users/{user}/sync': { mode: 'dry' },
  'PATCH /v1/tenants/{tenant}/users/{user}': { attributes: { title: 'Head of Sales' }, role: 'restricted' },
};
