import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { MusterConfig } from '#config';
import {
  type IntegrationId,
  type Notice,
  noticeChannels,
  type NoticeId,
  noticeKinds,
  noticeStates,
  NoticeStore,
} from '#core';
import { noticeText } from '../../../../notices/notice-text.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { time } from '../../words.js';

const noticeState = z
  .enum(noticeStates)
  .describe('`waiting` for its first try or the next one; `sent`; `failed`: given up, after a day or for good reason.');

const noticeView = z
  .object({
    id: z.string().describe('Also the `webhook-id`, the same over all tries.'),
    kind: z.enum(noticeKinds).describe('What it tells of.'),
    integrationId: z.string().nullable().describe('The integration that it concerns.'),
    subjectId: z.string().describe('The sync or integration request; of several put together, the last one.'),
    channel: z.enum(noticeChannels).describe('How it is sent.'),
    target: z.string().describe('An e-mail address, or a webhook’s id.'),
    title: z.string().describe('The subject of the mail.'),
    text: z.string().describe('In plain words: numbers, names of integrations, and what to do; nobody’s values.'),
    count: z.int().describe('How many events it speaks of: of one kind and integration, there is one notice an hour.'),
    state: noticeState,
    tries: z.int().describe('How often sending it was begun.'),
    nextTryAt: time.nullable().describe('Null when it is tried no more.'),
    lastError: z.string().nullable().describe('What went wrong last, and what to do.'),
    happenedAt: time.describe('When that happened of which it tells.'),
    createdAt: time,
    endedAt: time.nullable().describe('When it was sent or given up; null before.'),
  })
  .meta({ id: 'Notice' });

const listNotices = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/notices',
  role: 'viewer',
  summary: 'Who was told of what, newest first',
  description:
    'Contacts and webhooks are told when a request is deployed or live, when a sync fails, and when a plan waits for a person. Kept for 30 days.',
  query: z.strictObject({
    integration: z.string().min(1).max(100).optional().describe('Of this integration only.'),
    state: noticeState.optional(),
    ...pageQuery,
  }),
  response: pageOf(noticeView).extend({
    email: z
      .object({
        enabled: z.boolean().describe('False: contacts are not told.'),
        message: z.string().describe('In plain words.'),
      })
      .describe('Whether this Muster sends e-mail.'),
  }),
});

@Controller()
export class NoticesController {
  constructor(
    private readonly notices: NoticeStore,
    private readonly config: MusterConfig,
  ) {}

  @Endpoint(listNotices)
  async list({ tenant, query: { limit, cursor, integration, state } }: InputOf<typeof listNotices>) {
    const after = decodeCursor(cursor) as NoticeId | null;
    const filter = {
      ...(integration === undefined ? {} : { integrationId: integration as IntegrationId }),
      ...(state === undefined ? {} : { state }),
    };
    const found = await this.notices.notices(tenant.id, filter, after, limit + 1);
    const enabled = this.config.mail !== null;
    const message = enabled
      ? 'Contacts are told by e-mail.'
      : 'E-mail is off: the operator has set no MUSTER_SMTP_URL. Webhooks are told.';
    return { ...toPage(found, limit, ({ id }) => id, toView), email: { enabled, message } };
  }
}

function toView(notice: Notice): z.input<typeof noticeView> {
  const { tenantId: _tenant, data: _data, dueAt: _due, nextTryAt, ...shown } = notice;
  return { ...shown, text: noticeText(notice), nextTryAt: notice.state === 'waiting' ? nextTryAt : null };
}
