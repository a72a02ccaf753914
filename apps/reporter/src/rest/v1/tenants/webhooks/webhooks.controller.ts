import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock, SecretBox, SettingsStore, type Webhook, WebhookStore } from '#core';
import { openWebhookSecret, sealWebhookSecret } from '../../../../notices/webhook-secret.js';
import { newWebhookSecret } from '../../../../notices/webhook-signature.js';
import { Audit } from '../../../access/audit.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { idOfMade } from '../../../http/repeatable-requests.js';
import { time } from '../../words.js';
import { namedIntegration } from '../integrations/named-integration.js';

const most = 20;

const webhookView = z
  .object({
    id: z.string(),
    url: z.string().describe('Where notices are posted.'),
    integrationId: z.string().nullable().describe('Only what concerns this integration; null: everything.'),
    createdAt: time,
  })
  .meta({ id: 'Webhook' });

const createWebhook = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/webhooks',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Have notices posted to an address',
  description:
    'Each is signed as Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`): the secret is in this answer only. Any 2xx says that the notice is there; otherwise it is sent again for a day, under the same `webhook-id`. At most 20 a tenant.',
  body: z.strictObject({
    url: z
      .url({ protocol: /^https?$/, error: 'An address that starts with https:// is expected.' })
      .max(2000)
      .refine(isPlain, 'Leave out name, password and fragment: receivers verify the signature.')
      .describe('Public, unless the operator allows others; https, so that nobody reads along.'),
    integrationId: z
      .string()
      .max(100)
      .nullable()
      .default(null)
      .describe('Only what concerns this integration; null: everything.'),
  }),
  status: 201,
  response: webhookView.extend({
    secret: z.string().describe('`whsec_…`: what receivers verify signatures with. Shown this once.'),
  }),
});

const listWebhooks = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/webhooks',
  role: 'admin',
  summary: 'The tenant’s webhooks, without their secrets',
  response: z.object({ items: z.array(webhookView), nextCursor: z.null() }),
});

const deleteWebhook = defineEndpoint({
  method: 'DELETE',
  path: '/v1/tenants/{tenant}/webhooks/{webhook}',
  role: 'admin',
  summary: 'Have notices posted there no more',
  status: 204,
});

@Controller()
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhookStore,
    private readonly settings: SettingsStore,
    private readonly box: SecretBox,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  @Endpoint(createWebhook)
  async create({ tenant, body, caller, repeatSeed }: InputOf<typeof createWebhook>) {
    const id = idOfMade('webhook', repeatSeed);
    const made = repeatSeed === null ? null : await this.webhooks.withSecret(tenant.id, id);
    if (made !== null) {
      return { ...toView(made.webhook), secret: openWebhookSecret(this.box, tenant.id, made.sealedSecret) };
    }
    const integrationId =
      body.integrationId === null ? null : await namedIntegration(this.settings, tenant.id, body.integrationId);
    if ((await this.webhooks.webhooks(tenant.id)).length >= most) {
      const message = `A tenant has at most ${String(most)} webhooks. Delete one that is not needed any more.`;
      throw new ProblemError('unprocessable', message, [{ pointer: '/url', code: 'notAllowed', message }]);
    }
    const secret = newWebhookSecret();
    const webhook: Webhook = { id, tenantId: tenant.id, integrationId, url: body.url, createdAt: this.clock.now() };
    await this.webhooks.create(webhook, sealWebhookSecret(this.box, tenant.id, secret));
    // Not its address: that may hold a key of the receiver's.
    await this.audit.note(caller, tenant.id, 'webhook.create', id, integrationId ?? '');
    return { ...toView(webhook), secret };
  }

  @Endpoint(listWebhooks)
  async list({ tenant }: InputOf<typeof listWebhooks>) {
    return { items: (await this.webhooks.webhooks(tenant.id)).map(toView), nextCursor: null };
  }

  @Endpoint(deleteWebhook)
  async delete({ tenant, params, caller }: InputOf<typeof deleteWebhook>) {
    if (!(await this.webhooks.delete(tenant.id, params.webhook))) throw notFound();
    await this.audit.note(caller, tenant.id, 'webhook.delete', params.webhook);
    return undefined;
  }
}

function isPlain(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password, hash } = new URL(address);
  return username === '' && password === '' && hash === '';
}

function toView({ id, url, integrationId, createdAt }: Webhook): z.input<typeof webhookView> {
  return { id, url, integrationId, createdAt };
}
