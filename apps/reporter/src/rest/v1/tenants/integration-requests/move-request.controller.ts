import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type IntegrationId, SettingsStore, type Tenant } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { namedIntegration, wrongIntegration } from '../integrations/named-integration.js';
import { requestView, stepComment, toRequestAnswer } from './request-view.js';
import { RequestWriter } from './request-writer.js';

const moveRequest = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integration-requests/{request}/move',
  role: 'operator',
  idempotencyKey: 'optional',
  ifMatch: 'required',
  summary: 'Bring a request forward, or decline it',
  description:
    '`scoped` follows `requested`, `deployed` follows `scoped` and names the integration; both may be `declined`. `live` follows by itself once that integration is live.',
  body: z.strictObject({
    to: z.enum(['scoped', 'deployed', 'declined']).describe('The next state.'),
    integrationId: z.string().max(100).optional().describe('With `deployed`: the integration that was made for it.'),
    comment: stepComment.default(''),
  }),
  etag: true,
  response: requestView,
  problems: ['requestMoved'],
});

const withdrawRequest = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integration-requests/{request}/withdraw',
  role: 'admin',
  idempotencyKey: 'optional',
  ifMatch: 'required',
  summary: 'Take a request back, as long as nothing is deployed',
  body: z.strictObject({ comment: stepComment.default('') }),
  etag: true,
  response: requestView,
  problems: ['requestMoved'],
});

@Controller()
export class MoveRequestController {
  constructor(
    private readonly writer: RequestWriter,
    private readonly settings: SettingsStore,
  ) {}

  @Endpoint(moveRequest)
  async move({ tenant, params, body, caller, ifMatch }: InputOf<typeof moveRequest>) {
    const request = await this.writer.seen(tenant.id, params.request, ifMatch);
    const integrationId = await this.integrationOf(tenant, body);
    return toRequestAnswer(await this.writer.move(caller, { ...request, integrationId }, body));
  }

  @Endpoint(withdrawRequest)
  async withdraw({ tenant, params, body, caller, ifMatch }: InputOf<typeof withdrawRequest>) {
    const request = await this.writer.seen(tenant.id, params.request, ifMatch);
    return toRequestAnswer(await this.writer.move(caller, request, { to: 'withdrawn', ...body }));
  }

  /** @throws ProblemError `unprocessable` when the integration is missing, not of this tenant, or said too early */
  private async integrationOf(
    tenant: Tenant,
    { to, integrationId }: { to: string; integrationId?: string | undefined },
  ): Promise<IntegrationId | null> {
    if (to === 'deployed') return namedIntegration(this.settings, tenant.id, integrationId);
    if (integrationId === undefined) return null;
    throw wrongIntegration('Only a deployed request names its integration.');
  }
}
