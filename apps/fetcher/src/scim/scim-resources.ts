import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import {
  Clock,
  type JsonObject,
  newId,
  type ScimMemberChanges,
  type ScimResource,
  ScimResourceStore,
  type ScimWritten,
} from '#core';
import {
  applyPatch,
  listResponse,
  namesVersion,
  type PatchOperation,
  readMembers,
  readPatch,
  readProjection,
  readResource,
  readWindow,
  type ResourceType,
  resourceTypes,
  ScimError,
  splitMemberChanges,
  versionTag,
} from '#scim';
import { ScimFinder } from './scim-finder.js';
import { locationOf, ScimPresenter } from './scim-presenter.js';
import type { ScimAnswer, ScimRequest } from './scim-request.js';

/** A change that is made to whatever is there is tried again when somebody else was faster. */
const maxTries = 8;
/** A changed group with more members is not answered with: a client adds a hundred thousand one by one. */
const membersAnswered = 100;

/** What a resource is to become, made of what it is. */
interface NextResource {
  attributes: JsonObject;
  members: ScimMemberChanges | null;
}

/** The requests about users and groups (RFC 7644 §3). All reject with `ScimError` for what a client did wrong. */
@Injectable()
export class ScimResources {
  constructor(
    private readonly store: ScimResourceStore,
    private readonly finder: ScimFinder,
    private readonly presenter: ScimPresenter,
    private readonly clock: Clock,
  ) {}

  async create(type: ResourceType, request: ScimRequest): Promise<ScimAnswer> {
    const { attributes, members } = readWhole(request.body, type);
    const id = newId('scimResource');
    const at = this.clock.now();
    const written = await this.store.create(request.scope, { id, type: type.name, attributes, members, at });
    return this.answer(type, request, writtenOf(written), 201);
  }

  async read(type: ResourceType, id: string, request: ScimRequest): Promise<ScimAnswer> {
    const resource = await this.present(type, id, request);
    const isKnown = request.ifNoneMatch !== null && namesVersion(request.ifNoneMatch, resource.version);
    if (isKnown) return { status: 304, resource: this.named(type, resource, request) };
    return this.answer(type, request, resource, 200);
  }

  async list(type: ResourceType, request: ScimRequest): Promise<ScimAnswer> {
    const { scope, base, query } = request;
    const window = readWindow(query);
    const { filter, sortBy, sortOrder } = query;
    const { resources, total } = await this.finder.find(scope, type, { filter, sortBy, sortOrder, window });
    const projection = readProjection(query, type);
    const shown = await this.presenter.several(scope, resources, { base, type, projection });
    return { status: 200, body: listResponse(shown, total, window.offset) };
  }

  /** Users first, then groups, in one list (RFC 7644 §3.4.3). */
  async searchAll(request: ScimRequest): Promise<ScimAnswer> {
    const { scope, base, query } = request;
    const { offset, count } = readWindow(query);
    const { filter, sortBy, sortOrder } = query;
    const shown: JsonObject[] = [];
    let total = 0;
    for (const type of resourceTypes) {
      const window = { offset: Math.max(0, offset - total), count: count - shown.length };
      const found = await this.finder.find(scope, type, { filter, sortBy, sortOrder, window });
      const projection = readProjection(query, type);
      shown.push(...(await this.presenter.several(scope, found.resources, { base, type, projection })));
      total += found.total;
    }
    return { status: 200, body: listResponse(shown, total, offset) };
  }

  async replace(type: ResourceType, id: string, request: ScimRequest): Promise<ScimAnswer> {
    const next = readWhole(request.body, type);
    return this.answer(type, request, await this.change(type, id, request, () => next), 200);
  }

  /** A large group's answer has no body: nobody wants all its members for the one that came in. */
  async patch(type: ResourceType, id: string, request: ScimRequest): Promise<ScimAnswer> {
    const operations = readPatch(request.body, type);
    const { rest, members } = type.name === 'Group' ? splitMemberChanges(operations) : noMembers(operations);
    const changed = await this.change(type, id, request, ({ attributes }) => ({
      attributes: applyPatch(attributes, rest, type),
      members,
    }));
    if (await this.isUnwieldy(type, changed, request)) {
      return { status: 204, resource: this.named(type, changed, request) };
    }
    return this.answer(type, request, changed, 200);
  }

  private async isUnwieldy(type: ResourceType, { id }: ScimResource, { scope, query }: ScimRequest): Promise<boolean> {
    if (type.name !== 'Group' || query['attributes'] !== undefined) return false;
    const members = await this.store.members(scope, id, { after: null, limit: membersAnswered + 1 });
    return members.length > membersAnswered;
  }

  async delete(type: ResourceType, id: string, request: ScimRequest): Promise<ScimAnswer> {
    const { scope, ifMatch } = request;
    const present = await this.present(type, id, request);
    checkVersion(ifMatch, present);
    const version = ifMatch === null ? null : present.version;
    const gone = { id: present.id, type: type.name, version, at: this.clock.now() };
    const result = await this.store.delete(scope, gone);
    if (result === 'unknown') throw unknownResource();
    if (result === 'stale') throw staleVersion();
    return { status: 204 };
  }

  /** Writes what `next` makes of what is there; what stays as it is is not written, and no sync hears of it. */
  private async change(
    type: ResourceType,
    id: string,
    request: ScimRequest,
    next: (present: ScimResource) => NextResource,
  ): Promise<ScimResource> {
    for (let tries = 1; ; tries += 1) {
      const present = await this.present(type, id, request);
      checkVersion(request.ifMatch, present);
      const { attributes, members } = next(present);
      const isSame = isDeepStrictEqual(attributes, present.attributes);
      if (isSame && (await this.changesNobody(request, present, members))) return present;
      const { version } = present;
      const at = this.clock.now();
      const change = { id: present.id, type: type.name, version, attributes, members, at };
      const written = await this.store.change(request.scope, change);
      if (written.kind !== 'stale' || tries === maxTries) return writtenOf(written);
    }
  }

  private async changesNobody(
    { scope }: ScimRequest,
    { id }: ScimResource,
    members: ScimMemberChanges | null,
  ): Promise<boolean> {
    if (members === null) return true;
    if (!members.clear) return members.put.size === 0 && members.remove.size === 0;
    const present = await this.presenter.membersOf(scope, id);
    return (
      present.length === members.put.size &&
      present.every((member) => isDeepStrictEqual(members.put.get(member.value), member))
    );
  }

  private async present({ name }: ResourceType, id: string, { scope }: ScimRequest): Promise<ScimResource> {
    const resource = await this.store.find(scope, name, id);
    if (resource === null) throw unknownResource();
    return resource;
  }

  private async answer(
    type: ResourceType,
    request: ScimRequest,
    resource: ScimResource,
    status: 200 | 201,
  ): Promise<ScimAnswer> {
    const { scope, base, query } = request;
    const projection = readProjection(query, type);
    const body = await this.presenter.one(scope, resource, { base, type, projection });
    return { status, body, resource: this.named(type, resource, request) };
  }

  private named(type: ResourceType, { id, version }: ScimResource, { base }: ScimRequest) {
    return { id, location: locationOf(id, base, type), etag: versionTag(version) };
  }
}

/** A whole resource as a client wrote it; a group's members apart. */
function readWhole(body: unknown, type: ResourceType): NextResource {
  const { members, ...attributes } = readResource(body, type);
  if (type.name !== 'Group')
    return { attributes: members === undefined ? attributes : { ...attributes, members }, members: null };
  return { attributes, members: { clear: true, put: readMembers(members), remove: new Set() } };
}

function noMembers(operations: PatchOperation[]): { rest: PatchOperation[]; members: null } {
  return { rest: operations, members: null };
}

function checkVersion(ifMatch: string | null, { version }: ScimResource): void {
  if (ifMatch !== null && !namesVersion(ifMatch, version)) throw staleVersion();
}

function writtenOf(written: ScimWritten): ScimResource {
  switch (written.kind) {
    case 'written':
      return written.resource;
    case 'taken':
      throw new ScimError(409, 'uniqueness', 'Another user of this integration has this userName.');
    case 'stale':
      throw staleVersion();
    case 'unknown':
      throw unknownResource();
  }
}

function unknownResource(): ScimError {
  return new ScimError(404, null, 'There is no such resource here. Check its id.');
}

function staleVersion(): ScimError {
  return new ScimError(412, null, 'It was changed meanwhile: read it again, then change it.');
}
