import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type AuditFilter, SettingsStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { instant } from '../../../http/fields.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { time } from '../../words.js';

const auditEntry = z
  .object({
    id: z.string(),
    at: time.describe('When it was done.'),
    actor: z.string().describe('`key:` and the id of an API key; `sender` of files, or `muster` itself.'),
    action: z.string().describe('What was done: `integration.update`, `sync.approve`, …'),
    target: z.string().describe('The id of what it was done to.'),
    detail: z.string().describe('Names of fields, numbers and ids; never a secret or a person’s value.'),
  })
  .meta({ id: 'AuditEntry' });

const listAudit = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/audit',
  role: 'admin',
  summary: 'Who changed which setting or decided what, newest first',
  query: z.strictObject({
    actor: z.string().min(1).max(200).optional().describe('Of this actor only, as entries name it.'),
    action: z.string().min(1).max(100).optional().describe('Of this action, or of all on one kind of thing: `sync.*`.'),
    target: z.string().min(1).max(200).optional().describe('On the thing of this id.'),
    from: instant.optional().describe('At this instant or after.'),
    to: instant.optional().describe('Before this instant.'),
    ...pageQuery,
  }),
  response: pageOf(auditEntry),
});

@Controller()
export class AuditController {
  constructor(private readonly settings: SettingsStore) {}

  @Endpoint(listAudit)
  async list({ tenant, query }: InputOf<typeof listAudit>) {
    const { limit, cursor, actor, action, target, from, to } = query;
    const filter: AuditFilter = {
      ...(actor === undefined ? {} : { by: actor }),
      ...(action === undefined ? {} : action.endsWith('.*') ? { kind: action.slice(0, -2) } : { action }),
      ...(target === undefined ? {} : { subject: target }),
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    };
    const found = await this.settings.audit(tenant.id, filter, { after: decodeCursor(cursor), limit: limit + 1 });
    return toPage(
      found,
      limit,
      ({ id }) => id,
      ({ id, at, by, action: done, subject, detail }) => ({ id, at, actor: by, action: done, target: subject, detail }),
    );
  }
}
