import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { MusterConfig } from '#config';
import type { JsonObject, JsonValue, ScimScope } from '#core';
import {
  maxBulkOperations,
  type NamedDocument,
  listResponse,
  resourceTypeDocuments,
  resourceTypes,
  schemaDocuments,
  ScimError,
  serviceProviderConfig,
} from '#scim';
import type { RequestNotes } from './answered-request.js';
import { readScimBody } from './read-scim-body.js';
import { ScimAccess } from './scim-access.js';
import { ScimBulk } from './scim-bulk.js';
import { ScimErrors, scimMediaType } from './scim-errors.js';
import type { ScimAnswer, ScimRequest } from './scim-request.js';
import { ScimRequests } from './scim-requests.js';
import { ScimResources } from './scim-resources.js';

/** As everywhere in Muster, in bytes. */
const maxBodyBytes = 1024 * 1024;

const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
type HttpMethod = (typeof httpMethods)[number];

type Params = { integration: string; id: string; name: string };
type Handler = (request: ScimRequest, params: Params, notes: RequestNotes) => Promise<ScimAnswer>;

/** What is done for those who ask. */
@Injectable()
export class ScimOperations {
  constructor(
    readonly resources: ScimResources,
    readonly bulk: ScimBulk,
  ) {}
}

/** The addresses below `/scim/v2/{integration}`. Parameters of a query that nobody knows are of no account. */
@Injectable()
export class ScimRoutes {
  constructor(
    private readonly access: ScimAccess,
    private readonly operations: ScimOperations,
    private readonly errors: ScimErrors,
    private readonly requests: ScimRequests,
    private readonly config: MusterConfig,
  ) {}

  /** Adds them to a part of the server of its own: other parts have other bodies, errors and keys. */
  async add(fastify: FastifyInstance): Promise<void> {
    const { access, errors } = this;
    const { resources, bulk } = this.operations;
    const scopes = new WeakMap<FastifyRequest, ScimScope>();
    const notesOf = new RequestNotebook();
    fastify.removeAllContentTypeParsers();
    fastify.addContentTypeParser(
      ['application/scim+json', 'application/json'],
      { parseAs: 'buffer', bodyLimit: maxBodyBytes },
      async (request: FastifyRequest, body: Buffer) => {
        const notes = notesOf.get(request);
        notes.body = { note: 'unreadable', bytes: body.length };
        const value = readScimBody(body);
        notes.body = value === undefined ? null : { value: value as JsonValue };
        return value;
      },
    );
    fastify.setErrorHandler((error, request, reply) => errors.answer(error, request, reply));
    fastify.setNotFoundHandler((request, reply) => {
      errors.answer(new ScimError(404, null, 'There is no such address here.'), request, reply);
    });
    fastify.addHook('onRequest', async (request, reply) => {
      void reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
      const { integration } = request.params as Params;
      const token = await access.identify(request.headers.authorization, integration);
      notesOf.get(request).token = token;
      scopes.set(request, await access.admit(token));
    });
    // Kept before it is sent: what a provider was told, whoever looks into it finds.
    fastify.addHook('onSend', async (request, reply, payload) => {
      const { integration: integrationId } = request.params as Params;
      const { statusCode: status } = reply;
      const notes = notesOf.get(request);
      if (status === 413) notes.body ??= { note: 'tooLarge', bytes: lengthOf(request) };
      const detail = status < 400 ? null : detailOf(payload);
      const path = behindAddress(request.url);
      await this.requests.note({ ...notes, integrationId, method: request.method, path, status, detail });
      return payload;
    });

    const methods = new Map<string, HttpMethod[]>();
    const route = (method: HttpMethod, url: string, handler: Handler): void => {
      methods.set(url, [...(methods.get(url) ?? []), method]);
      fastify.route({
        method,
        url,
        handler: async (request: FastifyRequest, reply: FastifyReply) => {
          const scope = scopes.get(request);
          if (scope === undefined) throw new Error('a request that was not admitted came through');
          const params = request.params as Params;
          const base = this.baseOf(request, params);
          const notes = notesOf.get(request);
          const answer = await handler({ ...readRequest(request), scope, base }, params, notes);
          notes.resourceId = answer.resource?.id ?? null;
          return send(reply, answer);
        },
      });
    };
    for (const type of resourceTypes) {
      const { endpoint } = type;
      route('GET', endpoint, (request) => resources.list(type, request));
      route('POST', `${endpoint}/.search`, (request) => resources.list(type, searched(request)));
      route('POST', endpoint, (request) => resources.create(type, request));
      route('GET', `${endpoint}/:id`, (request, { id }) => resources.read(type, id, request));
      route('PUT', `${endpoint}/:id`, (request, { id }) => resources.replace(type, id, request));
      route('PATCH', `${endpoint}/:id`, (request, { id }) => resources.patch(type, id, request));
      route('DELETE', `${endpoint}/:id`, (request, { id }) => resources.delete(type, id, request));
    }
    route('POST', '/.search', (request) => resources.searchAll(searched(request)));
    route('POST', '/Bulk', (request, _params, { operations }) => bulk.run(request, (done) => operations.push(done)));
    route('GET', '/ServiceProviderConfig', async ({ base }) => ({
      status: 200,
      body: serviceProviderConfig(base, { maxBulkOperations, maxBodyBytes }),
    }));
    route('GET', '/ResourceTypes', async ({ base }) => all(resourceTypeDocuments(base)));
    route('GET', '/ResourceTypes/:name', async ({ base }, { name }) => one(resourceTypeDocuments(base), name));
    route('GET', '/Schemas', async ({ base }) => all(schemaDocuments(base)));
    route('GET', '/Schemas/:name', async ({ base }, { name }) => one(schemaDocuments(base), name));
    for (const [url, known] of methods) refuseOthers(fastify, url, known);
  }

  /** As clients reach it: where Muster is said to be, else at whatever name they call it by. */
  private baseOf({ protocol, host }: FastifyRequest, { integration }: Params): string {
    return `${this.config.publicUrl ?? `${protocol}://${host}`}/scim/v2/${integration}`;
  }
}

/** What has been found out about each request so far. */
class RequestNotebook {
  private readonly notes = new WeakMap<FastifyRequest, RequestNotes>();

  get(request: FastifyRequest): RequestNotes {
    let notes = this.notes.get(request);
    if (notes === undefined) {
      notes = { token: null, resourceId: null, body: null, operations: [] };
      this.notes.set(request, notes);
    }
    return notes;
  }
}

/** `/scim/v2/int_1/Users?count=1` → `/Users?count=1` */
function behindAddress(url: string): string {
  return url.replace(/^\/scim\/v2\/[^/?]+/, '');
}

/** The size that a request says it has. */
function lengthOf({ headers }: FastifyRequest): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}

function detailOf(payload: unknown): string | null {
  if (typeof payload !== 'string' || payload === '') return null;
  const { detail } = JSON.parse(payload) as { detail?: unknown };
  return typeof detail === 'string' ? detail : null;
}

function readRequest({ query, body, headers }: FastifyRequest): Omit<ScimRequest, 'scope' | 'base'> {
  const entries = Object.entries(query as Record<string, string | string[]>);
  return {
    query: Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? value[0] : value])),
    body,
    ifMatch: headers['if-match'] ?? null,
    ifNoneMatch: headers['if-none-match'] ?? null,
  };
}

async function send(reply: FastifyReply, { status, body, resource }: ScimAnswer): Promise<FastifyReply> {
  if (resource !== undefined) void reply.headers({ etag: resource.etag, location: resource.location });
  void reply.status(status).header('content-type', scimMediaType);
  return body === undefined ? reply.send() : reply.send(JSON.stringify(body));
}

/** What a search says in its body, as a query would (RFC 7644 §3.4.3). */
function searched(request: ScimRequest): ScimRequest {
  const body = (typeof request.body === 'object' && request.body !== null ? request.body : {}) as JsonObject;
  return { ...request, query: Object.fromEntries(Object.entries(body).map(([name, value]) => [name, asText(value)])) };
}

function asText(value: JsonValue): string | undefined {
  if (Array.isArray(value)) return value.map((element) => String(asText(element))).join(',');
  if (typeof value === 'object') return undefined;
  return String(value);
}

function all(documents: JsonObject[]): ScimAnswer {
  return { status: 200, body: listResponse(documents, documents.length, 0) };
}

function one(documents: NamedDocument[], id: string): ScimAnswer {
  const found = documents.find((document) => document.id.toLowerCase() === id.toLowerCase());
  if (found === undefined) throw new ScimError(404, null, 'There is none of this name.');
  return { status: 200, body: found };
}

/** An address that is known by other methods is not unknown (RFC 9110 §15.5.6). */
function refuseOthers(fastify: FastifyInstance, url: string, known: readonly HttpMethod[]): void {
  const method = httpMethods.filter((one) => !known.includes(one));
  const allow = known.join(', ');
  if (method.length === 0) return;
  fastify.route({
    method,
    url,
    handler: () => {
      throw new ScimError(405, null, `This address knows ${allow}.`, { allow });
    },
  });
}
