import type { z } from 'zod';
import { defaultSafeguardLimits } from '#core';
import { encodeCursor } from '../../http/page.js';
import type { integrationView } from '../../v1/tenants/integrations/integration-view.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const { integration: id, syncs, times } = story;

/** As it is right after it was connected. */
const connected: z.input<typeof integrationView> = {
  id,
  name: 'Acme HR',
  connectorId: story.connector,
  config: {
    baseUrl: 'https://hr.acme.example',
    clientId: 'muster',
    scope: 'workers.read',
    pageSize: 500,
    requestTimeoutSeconds: 30,
  },
  secretsSet: ['clientSecret', 'signingKey'],
  enabled: true,
  precedence: 'primary',
  standing: 'observe',
  onLeavingScope: 'deprovision',
  safeguards: { ...defaultSafeguardLimits },
  contacts: ['hr-systems@acme.example'],
  rateBudget: null,
  schedule: {
    mode: 'dry',
    every: 6,
    effectiveMode: 'dry',
    runsDryBecause: null,
    nextRunAt: '2026-05-04T12:00:00.000Z',
    isRetry: false,
    consecutiveFailures: 0,
    lastRun: null,
    lastRefused: null,
  },
  paused: null,
  activeMappingVersion: null,
  revision: 1,
  createdAt: times.connected,
  lastSync: null,
};

/** As it is a week later. */
const atWork: z.input<typeof integrationView> = {
  ...connected,
  standing: 'live',
  schedule: {
    mode: 'live',
    cron: '30 6 * * MON-FRI',
    timeZone: 'Europe/Amsterdam',
    effectiveMode: 'live',
    runsDryBecause: null,
    nextRunAt: '2026-05-12T04:30:00.000Z',
    isRetry: false,
    consecutiveFailures: 0,
    lastRun: { at: times.live, syncId: syncs.live },
    lastRefused: null,
  },
  rateBudget: { requestsPerMinute: 600, burst: 10 },
  activeMappingVersion: story.mapping.active,
  revision: 4,
  lastSync: {
    id: syncs.dry,
    mode: 'dry',
    state: 'completed',
    createdAt: times.dry,
    endedAt: '2026-05-11T08:05:02.530Z',
  },
};

const workerFields = [
  'workerId',
  'legalName',
  'contact',
  'jobTitle',
  'department',
  'location',
  'managerWorkerId',
  'employmentStatus',
  'startDate',
  'endDate',
  'costCentre',
];

const check = {
  id: story.check,
  integrationId: id,
  requestedAt: '2026-05-04T08:06:00.000Z',
  finishedAt: '2026-05-04T08:06:00.412Z',
  ok: true,
  steps: [
    { step: 'configuration', ok: true, message: 'The settings are complete.' },
    { step: 'dns', ok: true, message: 'hr.acme.example has 2 addresses.' },
    { step: 'connect', ok: true, message: 'hr.acme.example accepts connections on port 443.' },
    { step: 'credentials', ok: true, message: 'The HR system accepts client id and client secret.' },
    { step: 'firstPage', ok: true, message: 'The HR system lists 412 workers.' },
    { step: 'sample', ok: true, message: 'The first worker has an id and 11 fields.', fields: workerFields },
  ].map((step) => ({ fields: [], moreFields: 0, ...step })),
};

const setup = {
  integrationId: id,
  connectorId: story.connector,
  outboundAddresses: ['203.0.113.7'],
  steps: [
    {
      title: 'Register Muster as a client',
      text: 'Register an OAuth client for the client-credentials grant. Its secret goes into Muster, as clientSecret.',
      values: [
        { label: 'Client id', value: 'muster' },
        { label: 'Scope', value: 'workers.read' },
        { label: 'Token endpoint', value: 'https://hr.acme.example/oauth/token' },
      ],
    },
    {
      title: 'Issue a signing key',
      text: 'Every request carries the header X-Acme-Signature. The key that it is made with goes into Muster, as signingKey.',
      values: [],
    },
    {
      title: 'Let Muster’s requests through',
      text: 'Muster’s fetcher calls these addresses from its own network; nothing calls Muster. It connects from the addresses below and no others.',
      values: [
        { label: 'Address', value: 'https://hr.acme.example' },
        { label: 'Muster connects from', value: '203.0.113.7' },
      ],
    },
  ],
};

const rateBudget = {
  requestsPerMinute: 600,
  burst: 10,
  origin: 'integration',
  left: 3,
  paused: {
    until: '2026-05-11T08:05:12.000Z',
    since: '2026-05-11T08:05:02.000Z',
    status: 429,
    message:
      'The source says that it is asked too often (429) and when to come back. Until then nobody asks it; nothing is to be done.',
  },
  lastSync: { id: syncs.dry, waitedSeconds: 1.2, requests: 14 },
};

const publicKeys = [
  {
    secret: 'privateKey',
    kind: 'ssh',
    use: 'current',
    publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJr0m7Zl8Xo2dWzqk3n4cYpV1sT6uH9bLgQeRfAaMxBd muster',
    fingerprint: 'SHA256:5cQmZ0yXw1bT7uVn3kLr9pEaHsJdGf2oWi8NqYtUzRM',
  },
  {
    secret: 'nextPrivateKey',
    kind: 'ssh',
    use: 'next',
    publicKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGv8K1wQ4hTn6yUe0sXoZb2cJmRrLp7DfAiVt3gNq9Ew muster',
    fingerprint: 'SHA256:q2Vw8LxNz4RtYb0sMk6uJd1CeFhGa9Po3TiXnUr7WyE',
  },
] as const;

/** A field that has a value in `filled` of 418 records. */
function field(path: (string | null)[], expression: string, types: string[], filled: number, first?: string) {
  const fillRate = Math.round((filled / 418) * 10_000) / 10_000;
  return { path, expression, firstExpression: first ?? null, types, filled, fillRate };
}

const payloadFields = {
  syncId: syncs.dry,
  recordsRead: 418,
  unreadable: 0,
  truncated: false,
  items: [
    field(['workerId'], 'workerId', ['string'], 418),
    field(['legalName', 'display'], 'legalName.display', ['string'], 415),
    field(['employment', 'endDate'], 'employment.endDate', ['string', 'null'], 6),
    field(['customFields', null, 'key'], 'customFields[*].key', ['string'], 402, 'customFields[0].key'),
  ],
  nextCursor: null,
};

const one = '/v1/tenants/{tenant}/integrations/{integration}';

export const integrationExamples: SubjectExamples = {
  schemas: {
    Integration: [atWork, connected],
    ConnectionCheck: [check],
    RateBudget: [rateBudget],
    PublicKey: [...publicKeys],
  },
  answers: {
    'GET /v1/tenants/{tenant}/integrations': { items: [atWork], nextCursor: encodeCursor(id) },
    'POST /v1/tenants/{tenant}/integrations': connected,
    [`POST ${one}/check 202`]: { ...check, finishedAt: null, ok: null, steps: [] },
    [`GET ${one}/rate-budget`]: rateBudget,
    [`GET ${one}/setup`]: setup,
    [`GET ${one}/key-pairs`]: { items: [...publicKeys] },
    [`POST ${one}/key-pairs`]: { items: [...publicKeys] },
    [`GET ${one}/payload-fields`]: payloadFields,
  },
};
