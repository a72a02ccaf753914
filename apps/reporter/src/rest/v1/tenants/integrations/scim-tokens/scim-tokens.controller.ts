import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ConnectorRegistry } from '#connector-sdk';
import {
  Clock,
  type Integration,
  type IntegrationId,
  maxScimTokens,
  type ScimToken,
  ScimTokenStore,
  SettingsStore,
  type TenantId,
} from '#core';
import { Audit } from '../../../../access/audit.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { line } from '../../../../http/fields.js';
import { notFound, ProblemError } from '../../../../http/problem.errors.js';
import { installedConnector } from '../installed-connector.js';
import { newScimToken } from './new-scim-token.js';

const tokenView = z
  .object({
    id: z.string().describe('The token’s id; not the token.'),
    label: z.string().describe('What it is for.'),
    createdAt: z.string().describe('When it was made.'),
    lastUsedAt: z.string().nullable().describe('Exact to a minute; null: never.'),
  })
  .meta({ id: 'ScimToken' });

const createToken = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integrations/{integration}/scim-tokens',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Make a token with which an identity provider pushes people to this integration',
  description:
    'The token itself is in this answer only: Muster keeps nothing but its hash. An integration has at most two at a time, so that one can be changed for another without a gap.',
  body: z.strictObject({ label: line(100).describe('What it is for, such as the name of the provider.') }),
  status: 201,
  response: tokenView.extend({ token: z.string().describe('The token. Shown this once.') }),
  problems: ['connectorMissing', 'notPushed', 'tooManyTokens'],
});

const listTokens = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/scim-tokens',
  role: 'admin',
  summary: 'The integration’s SCIM tokens, without the tokens themselves',
  response: z.object({ items: z.array(tokenView).describe('At most two, oldest first.') }),
});

const deleteToken = defineEndpoint({
  method: 'DELETE',
  path: '/v1/tenants/{tenant}/integrations/{integration}/scim-tokens/{token}',
  role: 'admin',
  summary: 'Withdraw a SCIM token; it stops working at once',
  status: 204,
});

@Controller()
export class ScimTokensController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly tokens: ScimTokenStore,
    private readonly connectors: ConnectorRegistry,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  @Endpoint(createToken)
  async create({ tenant, params, body, caller }: InputOf<typeof createToken>) {
    const integration = await this.integration(tenant.id, params.integration);
    const { id: integrationId } = integration;
    const connector = installedConnector(this.connectors, integration);
    if (connector.capabilities.push !== true) {
      throw new ProblemError('notPushed', `${connector.title} is read by Muster; nobody pushes people to it.`);
    }
    const { text, token } = newScimToken({ tenantId: tenant.id, integrationId }, { ...body, now: this.clock.now() });
    if ((await this.tokens.create(token)) === 'full') {
      const detail = `This integration has ${String(maxScimTokens)} tokens already. Withdraw one that is not used any more.`;
      throw new ProblemError('tooManyTokens', detail);
    }
    await this.audit.note(caller, tenant.id, 'scimToken.create', token.id, integrationId);
    return { ...toView(token), token: text };
  }

  @Endpoint(listTokens)
  async list({ tenant, params }: InputOf<typeof listTokens>) {
    const { id: integrationId } = await this.integration(tenant.id, params.integration);
    return { items: (await this.tokens.list({ tenantId: tenant.id, integrationId })).map(toView) };
  }

  @Endpoint(deleteToken)
  async delete({ tenant, params, caller }: InputOf<typeof deleteToken>) {
    const { id: integrationId } = await this.integration(tenant.id, params.integration);
    if (!(await this.tokens.delete({ tenantId: tenant.id, integrationId }, params.token))) throw notFound();
    await this.audit.note(caller, tenant.id, 'scimToken.delete', params.token, integrationId);
    return undefined;
  }

  private async integration(tenantId: TenantId, id: IntegrationId): Promise<Integration> {
    const integration = await this.settings.integration(tenantId, id);
    if (integration === null) throw notFound();
    return integration;
  }
}

function toView({ id, label, createdAt, lastUsedAt }: ScimToken): z.input<typeof tokenView> {
  return { id, label, createdAt, lastUsedAt };
}
