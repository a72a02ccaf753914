import { Injectable } from '@nestjs/common';
import {
  type JsonObject,
  type ScimGroupName,
  type ScimMember,
  type ScimResource,
  type ScimResourceId,
  ScimResourceStore,
  type ScimScope,
} from '#core';
import { type Projection, projectAttributes, type ResourceType, shows, versionTag } from '#scim';

/** Members read at once. */
const membersAtOnce = 1_000;
/** A list stops after the group with which it has this many members: the client asks for the rest (RFC 7644 §3.4.2.4). */
const membersPerList = 20_000;

/** Puts resources together as clients see them: with what the server adds, without what they don't want to see. */
@Injectable()
export class ScimPresenter {
  constructor(private readonly store: ScimResourceStore) {}

  async one(
    scope: ScimScope,
    resource: ScimResource,
    { base, type, projection }: { base: string; type: ResourceType; projection: Projection },
  ): Promise<JsonObject> {
    const [shown = {}] = await this.several(scope, [resource], { base, type, projection });
    return shown;
  }

  /** In their order; of groups with very many members fewer than asked for, at least one. */
  async several(
    scope: ScimScope,
    resources: readonly ScimResource[],
    { base, type, projection }: { base: string; type: ResourceType; projection: Projection },
  ): Promise<JsonObject[]> {
    const groups =
      type.name === 'User' && shows(projection, 'groups')
        ? await this.store.groupsOf(
            scope,
            resources.map(({ id }) => id),
          )
        : new Map<string, ScimGroupName[]>();
    const withMembers = type.name === 'Group' && shows(projection, 'members');
    const shown: JsonObject[] = [];
    let count = 0;
    for (const resource of resources) {
      if (count >= membersPerList) break;
      const members = withMembers ? await this.membersOf(scope, resource.id) : [];
      count += members.length;
      const whole = {
        ...wholeResource(resource, base, type),
        ...(members.length === 0 ? {} : { members }),
        ...groupsAttribute(groups.get(resource.id) ?? [], base),
      };
      shown.push(projectAttributes(whole, projection, type));
    }
    return shown;
  }

  /** All of a group's members, in order of their ids. */
  async membersOf(scope: ScimScope, id: ScimResourceId): Promise<ScimMember[]> {
    const members: ScimMember[] = [];
    for (let after: string | null = null; ;) {
      const page: ScimMember[] = await this.store.members(scope, id, { after, limit: membersAtOnce });
      members.push(...page);
      after = page.at(-1)?.value ?? null;
      if (page.length < membersAtOnce) return members;
    }
  }
}

/** A resource with its id and what is known of it, without members or groups. */
export function wholeResource(resource: ScimResource, base: string, type: ResourceType): JsonObject {
  const { schemas = [], ...attributes } = resource.attributes;
  return {
    schemas,
    id: resource.id,
    ...attributes,
    meta: {
      resourceType: type.name,
      created: resource.createdAt,
      lastModified: resource.updatedAt,
      location: locationOf(resource.id, base, type),
      version: versionTag(resource.version),
    },
  };
}

export function locationOf(id: string, base: string, { endpoint }: ResourceType): string {
  return `${base}${endpoint}/${id}`;
}

export function groupsAttribute(groups: readonly ScimGroupName[], base: string): JsonObject {
  if (groups.length === 0) return {};
  return {
    groups: groups.map(({ id, displayName }) => ({
      value: id,
      $ref: `${base}/Groups/${id}`,
      display: displayName,
      type: 'direct',
    })),
  };
}
