import { encodeCursor } from '../../http/page.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const { adminKey, operatorKey, integration, request } = story;

/** What is asked for; also a body to send. */
export const wantedExample = {
  sourceSystem: 'Acme HR',
  documentationUrl: 'https://hr.acme.example/api/docs',
  authentication: 'OAuth 2 client credentials, and each request signed with HMAC-SHA256',
  payloadShape: 'JSON, pages of up to 1,000 workers with a declared total',
  wantedFields: ['legal name', 'work e-mail', 'employee number', 'cost centre'],
  volume: '412 workers, 2 KiB each',
  frequency: 'every 6 hours',
  connectivity: 'from the Internet, from fixed addresses only',
  note: 'Contingent workers come from the same list.',
};

const requested = { state: 'requested', at: '2026-04-13T09:00:00.000Z', by: `key:${adminKey}`, comment: '' };
const scoped = {
  state: 'scoped',
  at: '2026-04-14T13:30:00.000Z',
  by: `key:${operatorKey}`,
  comment: 'A connector of a few files; two weeks.',
};
const deployed = {
  state: 'deployed',
  at: '2026-05-04T08:05:12.000Z',
  by: `key:${operatorKey}`,
  comment: 'Try it with a dry sync.',
};
const live = { state: 'live', at: '2026-05-04T08:41:05.000Z', by: 'muster', comment: '' };
const withdrawn = {
  state: 'withdrawn',
  at: '2026-04-13T10:00:00.000Z',
  by: `key:${adminKey}`,
  comment: 'We stay with CSV.',
};

const asked = { id: request, ...wantedExample, createdAt: requested.at };
const fresh = { ...asked, state: 'requested', integrationId: null, steps: [requested], revision: 1 };
const done = {
  ...asked,
  state: 'live',
  integrationId: integration,
  steps: [requested, scoped, deployed, live],
  revision: 4,
};

const base = '/v1/tenants/{tenant}/integration-requests';

export const integrationRequestExamples: SubjectExamples = {
  schemas: { IntegrationRequest: [done] },
  answers: {
    [`GET ${base}`]: { items: [done], nextCursor: encodeCursor(request) },
    [`POST ${base}`]: fresh,
    [`PATCH ${base}/{request}`]: { ...fresh, frequency: 'every hour', revision: 2 },
    [`POST ${base}/{request}/move`]: {
      ...asked,
      state: 'deployed',
      integrationId: integration,
      steps: [requested, scoped, deployed],
      revision: 3,
    },
    [`POST ${base}/{request}/withdraw`]: {
      ...asked,
      state: 'withdrawn',
      integrationId: null,
      steps: [requested, withdrawn],
      revision: 2,
    },
  },
};
