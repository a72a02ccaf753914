import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { Clock, type IntegrationRequest, type IntegrationRequestId, IntegrationRequestStore } from '#core';
import { Audit } from '../../../access/audit.js';
import { callerName } from '../../../http/caller.js';
import { defineEndpoint, Endpoint, type InputOf } from '../../../http/endpoint.js';
import { decodeCursor, pageOf, pageQuery, toPage } from '../../../http/page.js';
import { notFound, ProblemError } from '../../../http/problem.errors.js';
import { idOfMade } from '../../../http/repeatable-requests.js';
import { requestState, requestView, toRequestAnswer, toRequestView, wantedFields } from './request-view.js';
import { RequestWriter } from './request-writer.js';

const createRequest = defineEndpoint({
  method: 'POST',
  path: '/v1/tenants/{tenant}/integration-requests',
  role: 'admin',
  idempotencyKey: 'optional',
  summary: 'Ask for an integration that no connector makes yet',
  body: z.strictObject({
    ...wantedFields,
    documentationUrl: wantedFields.documentationUrl.default(null),
    note: wantedFields.note.default(''),
  }),
  status: 201,
  etag: true,
  response: requestView,
});

const listRequests = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integration-requests',
  role: 'viewer',
  summary: 'What the tenant has asked for, newest first',
  query: z.strictObject({ state: requestState.optional(), ...pageQuery }),
  response: pageOf(requestView),
});

const getRequest = defineEndpoint({
  method: 'GET',
  path: '/v1/tenants/{tenant}/integration-requests/{request}',
  role: 'viewer',
  summary: 'One request, with who brought it how far',
  etag: true,
  response: requestView,
});

const updateRequest = defineEndpoint({
  method: 'PATCH',
  path: '/v1/tenants/{tenant}/integration-requests/{request}',
  role: 'admin',
  summary: 'Change what is asked for, as long as nobody has taken it up',
  description: 'Fields that are left out stay. Once a request is `scoped`, withdraw it and ask anew.',
  ifMatch: 'required',
  body: z.strictObject(wantedFields).partial(),
  etag: true,
  response: requestView,
  problems: ['requestMoved'],
});

@Controller()
export class IntegrationRequestsController {
  constructor(
    private readonly requests: IntegrationRequestStore,
    private readonly writer: RequestWriter,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  @Endpoint(createRequest)
  async create({ tenant, body, caller, repeatSeed }: InputOf<typeof createRequest>) {
    const id = idOfMade('integrationRequest', repeatSeed);
    const made = repeatSeed === null ? null : await this.requests.request(tenant.id, id);
    if (made !== null) return toRequestAnswer(made);
    const createdAt = this.clock.now();
    const request: IntegrationRequest = {
      id,
      tenantId: tenant.id,
      wanted: body,
      state: 'requested',
      integrationId: null,
      steps: [{ state: 'requested', at: createdAt, by: callerName(caller), comment: '' }],
      revision: 1,
      createdAt,
    };
    await this.requests.create(request);
    await this.audit.note(caller, tenant.id, 'integrationRequest.create', id);
    return toRequestAnswer(request);
  }

  @Endpoint(listRequests)
  async list({ tenant, query: { limit, cursor, state } }: InputOf<typeof listRequests>) {
    const after = decodeCursor(cursor) as IntegrationRequestId | null;
    const filter = state === undefined ? {} : { state };
    const found = await this.requests.requests(tenant.id, filter, after, limit + 1);
    return toPage(found, limit, ({ id }) => id, toRequestView);
  }

  @Endpoint(getRequest)
  async read({ tenant, params }: InputOf<typeof getRequest>) {
    const request = await this.requests.request(tenant.id, params.request);
    if (request === null) throw notFound();
    return toRequestAnswer(request);
  }

  @Endpoint(updateRequest)
  async update({ tenant, params, body, caller, ifMatch }: InputOf<typeof updateRequest>) {
    const request = await this.writer.seen(tenant.id, params.request, ifMatch);
    if (request.state !== 'requested') {
      const detail = `The request is ${request.state}: what it asks for stands. Withdraw it and ask anew, or speak with the operator.`;
      throw new ProblemError('requestMoved', detail);
    }
    const given = Object.entries(body).filter(([, value]) => value !== undefined);
    const changed = { ...request, wanted: { ...request.wanted, ...Object.fromEntries(given) } };
    return toRequestAnswer(
      await this.writer.write(caller, changed, {
        action: 'integrationRequest.update',
        detail: given.map(([name]) => name).join(', '),
      }),
    );
  }
}
