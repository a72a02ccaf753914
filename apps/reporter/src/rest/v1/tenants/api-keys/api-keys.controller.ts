import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type ApiKey, Clock, SettingsStore } from '#core';
import { Audit } from '../../../access/audit.js';
import { newApiKey } from '../../../access/new-api-key.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { line } from '../../../http/fields.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound } from '../../../http/problem.errors.js';
import { apiKeyRole, time } from '../../words.js';

const apiKeyView = z
  .object({
    id: z.string().describe('Not the key.'),
    label: z.string().describe('What it is for.'),
    role: apiKeyRole,
    createdAt: time,
  })
  .meta({ id: 'ApiKey' });

const createKey = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/api-keys',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Make an API key for this tenant',
  description: 'The key itself is in this answer only: Muster keeps nothing but its hash.',
  body: z.strictObject({
    label: line(100).describe('What it is for.'),
    role: z
      .enum(['viewer', 'admin'])
      .default('viewer')
      .describe('`viewer` reads, without raw records and exports; `admin` also changes and decides.'),
  }),
  status: 201,
  response: apiKeyView.extend({ apiKey: z.string().describe('The key. Shown this once.') }),
});

const listKeys = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/api-keys',
  role: 'admin',
  summary: 'The tenant’s API keys, without the keys themselves',
  query: z.strictObject(pageQuery),
  response: pageOf(apiKeyView),
});

const deleteKey = defineEndpoint({
  method: 'DELETE',
  path: '/v1/tenants/{tenant}/api-keys/{key}',
  role: 'admin',
  summary: 'Withdraw an API key; it stops working at once',
  status: 204,
});

@Controller()
export class ApiKeysController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  @Endpoint(createKey)
  async create({ tenant, body, caller }: InputOf<typeof createKey>) {
    const { text, key } = newApiKey({ tenantId: tenant.id, ...body, now: this.clock.now() });
    await this.settings.createApiKey(key);
    await this.audit.note(caller, tenant.id, 'apiKey.create', key.id, key.role);
    return { ...toView(key), apiKey: text };
  }

  @Endpoint(listKeys)
  async list({ tenant, query: { limit, cursor } }: InputOf<typeof listKeys>) {
    const keys = await this.settings.apiKeys(tenant.id, { after: decodeCursor(cursor), limit: limit + 1 });
    return toPage(keys, limit, ({ id }) => id, toView);
  }

  @Endpoint(deleteKey)
  async delete({ tenant, params, caller }: InputOf<typeof deleteKey>) {
    if (!(await this.settings.deleteApiKey(tenant.id, params.key))) throw notFound();
    await this.audit.note(caller, tenant.id, 'apiKey.delete', params.key);
    return undefined;
  }
}

function toView({ id, label, role, createdAt }: ApiKey): z.input<typeof apiKeyView> {
  return { id, label, role, createdAt };
}
