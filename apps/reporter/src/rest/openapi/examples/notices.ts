import { encodeCursor } from '../../http/page.js';
import { story } from './story.js';
import type { SubjectExamples } from './subject-examples.js';

const { tenant, integration, notice, webhook, syncs } = story;

const hook = {
  id: webhook,
  url: 'https://hooks.acme.example/muster',
  integrationId: null,
  createdAt: '2026-05-04T08:10:00.000Z',
};

const held = {
  id: notice,
  kind: 'approvalNeeded',
  integrationId: integration,
  subjectId: syncs.live,
  channel: 'email',
  target: 'hr-systems@acme.example',
  title: '[Acme] Acme HR: changes wait for approval',
  text: [
    'A live sync of Acme HR waits for a person’s word: 46 changes are held.',
    'What holds them: inferredRemovals.',
    'The whole plan: 1 created, 1 updated, 46 deprovisioned.',
    'Look at what is held, then approve or reject it.',
    `https://muster.example/v1/tenants/${tenant}/syncs/${syncs.live}`,
  ].join('\n\n'),
  count: 1,
  state: 'sent',
  tries: 2,
  nextTryAt: null,
  lastError: null,
  happenedAt: '2026-05-11T04:31:10.000Z',
  createdAt: '2026-05-11T04:31:12.000Z',
  endedAt: '2026-05-11T04:31:18.000Z',
};

export const noticeExamples: SubjectExamples = {
  schemas: { Webhook: [hook], Notice: [held] },
  answers: {
    'GET /v1/tenants/{tenant}/webhooks': { items: [hook], nextCursor: null },
    'POST /v1/tenants/{tenant}/webhooks': { ...hook, secret: 'whsec_shown-this-once' },
    'GET /v1/tenants/{tenant}/notices': {
      items: [held],
      nextCursor: encodeCursor(notice),
      email: { enabled: true, message: 'Contacts are told by e-mail.' },
    },
  },
};
