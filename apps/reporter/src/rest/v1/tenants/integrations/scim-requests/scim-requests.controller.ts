import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { type ScimRequestEntry, ScimRequestLog, SettingsStore } from '#core';
import { defineEndpoint, Endpoint, type InputOf } from '../../../../http/endpoint.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../../http/page.js';
import { notFound } from '../../../../http/problem.errors.js';
import { time } from '../../../words.js';

const requestView = z
  .object({
    id: z.string().describe('Rises with time.'),
    at: time.describe('When it was answered.'),
    client: z
      .object({
        tokenId: z.string().describe('The token that it came with.'),
        label: z.string().describe('What the token is for.'),
      })
      .nullable()
      .describe('Who asked; null when it came without a token of this integration.'),
    method: z.string().describe('The HTTP method.'),
    path: z.string().describe('What comes behind the integration’s SCIM address. What may be somebody’s data is `…`.'),
    status: z.int().describe('The HTTP status of the answer.'),
    detail: z.string().nullable().describe('What the client was told was wrong; null when nothing was.'),
    syncId: z
      .string()
      .nullable()
      .describe('The push sync that took what was changed, the first one; null before it has, and where nothing was.'),
  })
  .meta({ id: 'ScimRequest' });

const listRequests = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integrations/{integration}/scim-requests',
  role: 'viewer',
  summary: 'What identity providers have asked and how it was answered, newest first',
  description:
    'Of the last 14 days, those refused included; of each integration the newest 200,000, and of requests without one of its tokens 60 a minute. Holds nobody’s data.',
  query: z.strictObject({
    refused: z.enum(['true', 'false']).optional().describe('`true`: only those answered with 400 or more.'),
    ...pageQuery,
  }),
  response: pageOf(requestView),
});

@Controller()
export class ScimRequestsController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly requests: ScimRequestLog,
  ) {}

  @Endpoint(listRequests)
  async list({ tenant, params, query }: InputOf<typeof listRequests>) {
    const integration = await this.settings.integration(tenant.id, params.integration);
    if (integration === null) throw notFound();
    const { limit, cursor, refused } = query;
    const scope = { tenantId: tenant.id, integrationId: integration.id };
    const page = { before: decodeCursor(cursor), limit: limit + 1, refused: refused === 'true' };
    return toPage(await this.requests.list(scope, page), limit, ({ id }) => id, toView);
  }
}

function toView({ isWrite: _isWrite, ...shown }: ScimRequestEntry): z.input<typeof requestView> {
  return shown;
}
