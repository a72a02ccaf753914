import { Injectable } from '@nestjs/common';
import { Clock, type JsonObject } from '#core';
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
import type { AnsweredInBulk, AnsweredOperation } from './answered-request.js';
import { ScimResources } from './scim-resources.js';
import type { ScimAnswer, ScimRequest } from './scim-request.js';

/** Many requests in one (RFC 7644 §3.7), carried out one after the other; what fails leaves the others as they are. */
@Injectable()
export class ScimBulk {
  constructor(
    private readonly resources: ScimResources,
    private readonly clock: Clock,
  ) {}

  /** @param done is told of each operation that was tried, once it has been answered */
  async run(request: ScimRequest, done: (operation: AnsweredInBulk) => void): Promise<ScimAnswer> {
    const { operations, failOnErrors } = readBulk(request.body);
    const ids = new Map<string, string>();
    const answers: JsonObject[] = [];
    let failures = 0;
    for (const operation of operations) {
      if (failures >= failOnErrors) break;
      const { answer, answered } = await this.answer(operation, request, ids);
      if ('response' in answer) failures += 1;
      answers.push(answer);
      done({ ...answered, at: this.clock.now() });
    }
    return {
      status: 200,
      body: { schemas: ['urn:ietf:params:scim:api:messages:2.0:BulkResponse'], Operations: answers },
    };
  }

  private async answer(
    operation: BulkOperation,
    request: ScimRequest,
    ids: Map<string, string>,
  ): Promise<{ answer: JsonObject; answered: AnsweredOperation }> {
    const { method, bulkId, data } = operation;
    const path = pathOf(operation, ids);
    const asked = { method, path, body: data === null ? null : { value: data } };
    const common = { method, ...(bulkId === null ? {} : { bulkId }) };
    try {
      const { status, resource } = await this.carryOut(operation, request, ids);
      const answered = { ...asked, status, detail: null, resourceId: resource?.id ?? null };
      if (resource === undefined) return { answer: { ...common, status: String(status) }, answered };
      if (bulkId !== null) ids.set(bulkId, resource.id);
      const { location, etag: version } = resource;
      return { answer: { ...common, location, version, status: String(status) }, answered };
    } catch (error) {
      if (!(error instanceof ScimError)) throw error;
      const { status, message: detail } = error;
      return {
        answer: { ...common, status: String(status), response: errorDocument(error) },
        answered: { ...asked, status, detail, resourceId: null },
      };
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

/** With the id of what was made under a bulkId, where something was. */
function pathOf({ path }: BulkOperation, ids: ReadonlyMap<string, string>): string {
  try {
    return resolveBulkPath(path, ids);
  } catch {
    return path;
  }
}

function readPath(path: string): { type: ResourceType; id: string | null } {
  const [, endpoint, id = null] = /^(\/Users|\/Groups)(?:\/([^/]+))?$/.exec(path) ?? [];
  const type = resourceTypes.find((one) => one.endpoint === endpoint);
  if (type === undefined) throw new ScimError(404, null, 'A path is /Users or /Groups, or one of theirs.');
  return { type, id };
}
