import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type JsonObject, scimKey, type ScimResource, ScimResourceStore, type ScimScope } from '#core';
import {
  asksAbout,
  compileScimFilter,
  type ListWindow,
  membersNamed,
  narrowScimFilter,
  parseScimFilter,
  type ResourceType,
  ScimError,
  type ScimFilter,
  type ScimLookup,
  sortResources,
} from '#scim';
import { groupsAttribute, wholeResource } from './scim-presenter.js';

/** Resources of one key that are looked at. */
const maxOfOneKey = 1_000;
const walkedAtOnce = 500;
/** Resources that a filter without an index goes through, and those that are sorted: some seconds of work. */
const maxWalked = 50_000;
const maxSorted = 5_000;

export interface FoundResources {
  resources: ScimResource[];
  /** All that fit, in the window or not. */
  total: number;
}

/** What a client asks a list for. */
export interface ScimListQuery {
  filter: string | undefined;
  sortBy: string | undefined;
  sortOrder: string | undefined;
  window: ListWindow;
}

/** Finds the resources that a client asks for: by an index where the filter has an equality for one, else by going through them. */
@Injectable()
export class ScimFinder {
  constructor(private readonly store: ScimResourceStore) {}

  /** @throws ScimError 400 `invalidFilter`; 400 `tooMany` when answering takes more than it may */
  async find(
    scope: ScimScope,
    type: ResourceType,
    { filter: text, sortBy, sortOrder, window: { offset, count } }: ScimListQuery,
  ): Promise<FoundResources> {
    const filter = text === undefined || text.trim() === '' ? null : parseScimFilter(text, type);
    if (sortBy !== undefined && sortBy !== '') {
      return this.sorted(scope, type, filter, { sortBy, sortOrder, offset, count });
    }
    if (filter === null) {
      const total = await this.store.count(scope, type.name);
      const page = { after: null, offset, limit: count };
      return { resources: count === 0 ? [] : await this.store.list(scope, type.name, page), total };
    }
    const resources: ScimResource[] = [];
    let total = 0;
    for await (const resource of this.fitting(scope, type, filter)) {
      if (total >= offset && resources.length < count) resources.push(resource);
      total += 1;
    }
    return { resources, total };
  }

  private async sorted(
    scope: ScimScope,
    type: ResourceType,
    filter: ScimFilter | null,
    { sortBy, sortOrder, offset, count }: { sortBy: string; sortOrder: string | undefined } & ListWindow,
  ): Promise<FoundResources> {
    const found = new Map<JsonObject, ScimResource>();
    for await (const resource of filter === null ? this.all(scope, type) : this.fitting(scope, type, filter)) {
      found.set(wholeResource(resource, '', type), resource);
      if (found.size > maxSorted) throw tooMany(`Sorting more than ${String(maxSorted)} resources`);
    }
    const sorted = sortResources([...found.keys()], { sortBy, sortOrder }, type);
    return {
      resources: present(sorted.slice(offset, offset + count).map((whole) => found.get(whole) ?? null)),
      total: found.size,
    };
  }

  private async *fitting(scope: ScimScope, type: ResourceType, filter: ScimFilter): AsyncGenerator<ScimResource> {
    const holds = compileScimFilter(filter);
    const lookup = narrowScimFilter(filter);
    const pages = lookup === null ? this.pages(scope, type) : [await this.lookedUp(scope, type, lookup)];
    const members = type.name === 'Group' ? await this.membersAskedFor(scope, filter) : null;
    const withGroups = type.name === 'User' && asksAbout(filter, 'groups');
    for await (const page of pages) {
      const ids = page.map(({ id }) => id);
      const groups = withGroups ? await this.store.groupsOf(scope, ids) : null;
      for (const resource of page) {
        const { id } = resource;
        const whole = {
          ...wholeResource(resource, '', type),
          ...(members === null ? {} : { members: (members.get(id) ?? []).map((value): JsonObject => ({ value })) }),
          ...groupsAttribute(groups?.get(id) ?? [], ''),
        };
        if (holds(whole)) yield resource;
      }
    }
  }

  private async *all(scope: ScimScope, type: ResourceType): AsyncGenerator<ScimResource> {
    for await (const page of this.pages(scope, type)) yield* page;
  }

  private async *pages(scope: ScimScope, type: ResourceType): AsyncGenerator<ScimResource[]> {
    let walked = 0;
    for (let after: string | null = null; ;) {
      const page: ScimResource[] = await this.store.list(scope, type.name, { after, limit: walkedAtOnce });
      yield page;
      if (page.length < walkedAtOnce) return;
      walked += page.length;
      if (walked > maxWalked) throw tooMany('Going through all resources');
      after = page.at(-1)?.id ?? null;
      // Everything else of this process goes on between two pages.
      await setImmediate();
    }
  }

  private async lookedUp(scope: ScimScope, { name }: ResourceType, { by, value }: ScimLookup): Promise<ScimResource[]> {
    if (by === 'id') return present([await this.store.find(scope, name, value)]);
    if (by === 'member') {
      const groups = (await this.store.groupsOf(scope, [value])).get(value) ?? [];
      return present(await Promise.all(groups.map(({ id }) => this.store.find(scope, name, id))));
    }
    const found = await this.store.findByKey(scope, name, scimKey(by, value), maxOfOneKey + 1);
    if (found.length > maxOfOneKey) throw tooMany(`More than ${String(maxOfOneKey)} resources of one value`);
    return found;
  }

  /** By group: which of the members that a filter asks about are in it. */
  private async membersAskedFor(scope: ScimScope, filter: ScimFilter): Promise<Map<string, string[]>> {
    const ids = membersNamed(filter);
    if (ids === null) throw ScimError.bad('invalidFilter', 'Groups are found by members.value eq "…" alone.');
    const inGroups = new Map<string, string[]>();
    for (const [member, groups] of await this.store.groupsOf(scope, ids)) {
      for (const { id } of groups) inGroups.set(id, [...(inGroups.get(id) ?? []), member]);
    }
    return inGroups;
  }
}

function present(found: readonly (ScimResource | null)[]): ScimResource[] {
  return found.filter((resource) => resource !== null);
}

function tooMany(what: string): ScimError {
  return ScimError.bad(
    'tooMany',
    `${what} takes more than a request may. Ask by an equality: userName eq "…", externalId eq "…", id eq "…".`,
  );
}
