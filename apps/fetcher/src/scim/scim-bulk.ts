import { Injectable } from '@nestjs/common';
import type { JsonObject } from '#core';
import {
  type BulkOperation,
  errorDocument,
  readBulk,
  resolveBulkIds,
  resolveBulkPath,
  type ResourceType,
  resourceTypes,
  ScimError,
} from '#scim';
import { ScimResources } from './scim-resources.js';
import type { ScimAnswer, ScimRequest } from './scim-request.js';

/** Many requests in one (RFC 7644 §3.7), carried out one after the other; what fails leaves the others as they are. */
@Injectable()
export class ScimBulk {
  constructor(private readonly resources: ScimResources) {}

  async run(request: ScimRequest): Promise<ScimAnswer> {
    const { operations, failOnErrors } = readBulk(request.body);
    const ids = new Map<string, string>();
    const answers: JsonObject[] = [];
    let failures = 0;
    for (const operation of operations) {
      if (failures >= failOnErrors) break;
      const answer = await this.answer(operation, request, ids);
      if ('response' in answer) failures += 1;
      answers.push(answer);
    }
    return {
      status: 200,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'], Operations: answers },
    };
  }

  private async answer(operation: BulkOperation, request: ScimRequest, ids: Map<string, string>): Promise<JsonObject> {
    const { method, bulkId } = operation;
    const common = { method, ...(bulkId === null ? {} : { bulkId }) };
    try {
      const { status, resource } = await this.carryOut(operation, request, ids);
      if (resource === undefined) return { ...common, status: String(status) };
      if (bulkId !== null) ids.set(bulkId, resource.id);
      return { ...common, location: resource.location, version: resource.etag, status: String(status) };
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      return { ...common, status: String(error.status), response: errorDocument(error) };
    }
  }

  private async carryOut(
    { method, path: given, version, data }: BulkOperation,
    { scope, base, query }: ScimRequest,
    ids: ReadonlyMap<string, string>,
  ): Promise<ScimAnswer> {
    const { type, id } = readPath(resolveBulkPath(given, ids));
    const body = resolveBulkIds(data, ids);
    const request: ScimRequest = { scope, base, query, body, ifMatch: version, ifNoneMatch: null };
    if (method === 'POST' && id === null) return this.resources.create(type, request);
    if (method === 'PUT' && id !== null) return this.resources.replace(type, id, request);
    if (method === 'PATCH' && id !== null) return this.resources.patch(type, id, request);
    if (method === 'DELETE' && id !== null) return this.resources.delete(type, id, request);
    throw new ScimError(405, null, 'POST takes /Users or /Groups; PUT, PATCH and DELETE take one of theirs.');
  }
}

function readPath(path: string): { type: ResourceType; id: string | null } {
  const [, endpoint, id = null] = /^(\/Users|\/Groups)(?:\/([^/]+))?$/.exec(path) ?? [];
  const type = resourceTypes.find((one) => one.endpoint === endpoint);
  if (type === undefined) throw new ScimError(404, null, 'A path is /Users or /Groups, or one of theirs.');
  return { type, id };
}
