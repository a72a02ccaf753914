import { encodeCursor } from '../../http/page.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const { tenant, adminKey, viewerKey, integration, mapping, planHash, syncs } = story;

const acme = {
  id: tenant,
  name: 'Acme',
  timeZone: 'Europe/Amsterdam',
  deprovisioningDelayDays: 14,
  contacts: ['people-operations@acme.example'],
  revision: 1,
  createdAt: '2026-05-04T08:00:00.000Z',
};

const dashboard = { id: viewerKey, label: 'Dashboard', role: 'viewer', createdAt: '2026-05-04T08:02:00.000Z' };
const administration = { id: adminKey, label: 'Administration', role: 'admin', createdAt: '2026-05-04T08:01:00.000Z' };

/** The audit's newest entries. */
const rejected = {
  id: '42',
  at: '2026-05-11T08:20:05.000Z',
  actor: `key:${adminKey}`,
  action: 'sync.reject',
  target: syncs.live,
  detail: `1 named, held ones included; outcomes: 1; plan: ${planHash.live}`,
};
const saved = {
  id: '43',
  at: '2026-05-11T08:50:00.000Z',
  actor: `key:${adminKey}`,
  action: 'mapping.create',
  target: `${integration}/${String(mapping.draft)}`,
  detail: '',
};

export const tenantExamples: SubjectExamples = {
  schemas: {
    Tenant: [acme],
    ApiKey: [dashboard, administration],
    AuditEntry: [rejected],
  },
  answers: {
    'GET /v1/me': { keyId: viewerKey, label: dashboard.label, role: dashboard.role, tenantId: tenant },
    'GET /v1/tenants': { items: [acme], nextCursor: encodeCursor(tenant) },
    'PATCH /v1/tenants/{tenant}': { ...acme, deprovisioningDelayDays: 30, revision: 2 },
    'GET /v1/tenants/{tenant}/api-keys': { items: [administration, dashboard], nextCursor: encodeCursor(viewerKey) },
    'POST /v1/tenants/{tenant}/api-keys': { ...dashboard, apiKey: 'mus_the-key-itself-which-is-shown-this-once' },
    'GET /v1/tenants/{tenant}/audit': { items: [saved, rejected], nextCursor: encodeCursor(rejected.id) },
  },
};
