import type { Notice, NoticeEvent, Webhook } from '#core';
import { declareCollection } from './collection.js';

export interface NoticeEventDocument extends NoticeEvent {
  /** tenant:subject:state */
  _id: string;
}

export const noticeEvents = declareCollection<NoticeEventDocument>(
  'noticeEvents',
  { _id: String, tenantId: String, kind: String, subjectId: String, state: String, at: String },
  [{ name: 'byInstant', keys: { at: 1, _id: 1 } }],
);

export interface NoticeDocument extends Pick<
  Notice,
  'tenantId' | 'id' | 'integrationId' | 'state' | 'tries' | 'nextTryAt' | 'dueAt' | 'createdAt'
> {
  /** tenant:notice */
  _id: string;
  burst: string;
  /** A `Notice` as JSON; the fields beside it are newer. */
  body: string;
}

export const notices = declareCollection<NoticeDocument>(
  'notices',
  {
    _id: String,
    tenantId: String,
    id: String,
    integrationId: String,
    burst: String,
    state: String,
    tries: Number,
    nextTryAt: String,
    dueAt: String,
    createdAt: String,
    body: String,
  },
  [
    { name: 'due', keys: { nextTryAt: 1 }, partialFilterExpression: { state: 'waiting' } },
    { name: 'byBurst', keys: { tenantId: 1, burst: 1, dueAt: -1 } },
    { name: 'byTime', keys: { tenantId: 1, createdAt: -1, id: -1 } },
    { name: 'byAge', keys: { createdAt: 1 } },
  ],
);

export interface WebhookDocument extends Webhook {
  /** tenant:webhook */
  _id: string;
  sealedSecret: string;
}

export const webhooks = declareCollection<WebhookDocument>('webhooks', {
  _id: String,
  id: String,
  tenantId: String,
  integrationId: String,
  url: String,
  createdAt: String,
  sealedSecret: String,
});
