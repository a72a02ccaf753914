import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ScimRequestLog, SettingsStore, type TenantId } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../../http/page.js';
import { notFound } from '../../../../http/problem.errors.js';
import { requestView, requestWithBodyView, toRequestView, toRequestWithBodyView } from './scim-request-view.js';

const listRequests = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/scim-requests',
  role: 'viewer',
  summary: 'What identity providers have asked and how it was answered, newest first',
  description:
    'Of the last 14 days, those refused included; of each integration the newest 200,000, and of requests without one of its tokens 60 a minute. Each operation of a bulk request is an entry of its own. Holds nobody’s data.',
  query: z.strictObject({
    refused: z.enum(['true', 'false']).optional().describe('`true`: only those answered with 400 or more.'),
    resource: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Only what named or made this user or group, by its SCIM id.'),
    ...pageQuery,
  }),
  response: pageOf(requestView),
});

const getRequest = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/scim-requests/{scimRequest}',
  role: 'admin',
  summary: 'One request of an identity provider with its body, passwords left out',
  response: requestWithBodyView,
});

@Controller()
export class ScimRequestsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly requests: ScimRequestLog,
  ) {}

  @Endpoint(listRequests)
  async list({ tenant, params, query }: InputOf<typeof listRequests>) {
    const scope = await this.scope(tenant.id, params.integration);
    const { limit, cursor, refused, resource } = query;
    const filter = { refused: refused === 'true', ...(resource === undefined ? {} : { resourceId: resource }) };
    const page = { before: decodeCursor(cursor), limit: limit + 1, ...filter };
    return toPage(await this.requests.list(scope, page), limit, ({ id }) => id, toRequestView);
  }

  @Endpoint(getRequest)
  async read({ tenant, params }: InputOf<typeof getRequest>) {
    const scope = await this.scope(tenant.id, params.integration);
    const found = await this.requests.find(scope, params.scimRequest);
    if (found === null) throw notFound();
    return toRequestWithBodyView(found);
  }

  private async scope(tenantId: TenantId, id: InputOf<typeof listRequests>['params']['integration']) {
    const integration = await this.settings.integration(tenantId, id);
    if (integration === null) throw notFound();
    return { tenantId, integrationId: integration.id };
  }
}
