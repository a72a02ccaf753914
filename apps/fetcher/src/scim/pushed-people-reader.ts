import { Injectable } from '@nestjs/common';
import type { PushedPeople, PushedRecord } from '#connector-sdk';
import {
  type JsonObject,
  type ScimGroupName,
  type ScimResource,
  ScimResourceStore,
  type ScimScope,
  scimUniqueKey,
} from '#core';

/** What was pushed to an integration, as its connector reads it. */
@Injectable()
export class PushedPeopleReader {
  constructor(private readonly store: ScimResourceStore) {}

  of(scope: ScimScope): PushedPeople {
    return {
      list: async (from, limit) => {
        const people = await this.store.list(scope, 'User', { after: from, limit }, { deleted: true });
        const records = await this.recordsOf(scope, await this.withoutMadeAnew(scope, people));
        return { records, next: people.length < limit ? null : (people.at(-1)?.id ?? null) };
      },
      find: async (id) => {
        const person = await this.store.find(scope, 'User', id, { deleted: true });
        const [record = null] =
          person === null ? [] : await this.recordsOf(scope, await this.withoutMadeAnew(scope, [person]));
        return record;
      },
    };
  }

  /** As they are now, with the names of their groups, in their order. */
  async recordsOf(scope: ScimScope, people: readonly ScimResource[]): Promise<PushedRecord[]> {
    const groups = await this.store.groupsOf(
      scope,
      people.map(({ id }) => id),
    );
    return people.map((person) => toRecord(person, groups.get(person.id) ?? []));
  }

  private async withoutMadeAnew(scope: ScimScope, people: readonly ScimResource[]): Promise<ScimResource[]> {
    const left: ScimResource[] = [];
    for (const person of people) if (!(await this.isMadeAnew(scope, person))) left.push(person);
    return left;
  }

  /** Deleted, and pushed again as somebody new: two records of one person would contradict each other. */
  private async isMadeAnew(scope: ScimScope, { type, attributes, deletedAt }: ScimResource): Promise<boolean> {
    const name = deletedAt === null ? null : scimUniqueKey(type, attributes);
    return name !== null && (await this.store.findByKey(scope, type, name, 1)).length > 0;
  }
}

/** Bytes that are the same for as long as the person and the names of their groups are. */
function toRecord(
  { id, attributes, createdAt, deletedAt }: ScimResource,
  groups: readonly ScimGroupName[],
): PushedRecord {
  const record: JsonObject = {
    id,
    ...attributes,
    ...(groups.length === 0
      ? {}
      : { groups: groups.map((group) => ({ value: group.id, display: group.displayName })) }),
    meta: { resourceType: 'User', created: createdAt },
    ...(deletedAt === null ? {} : { active: false, deletedAt }),
  };
  const bytes = Buffer.from(JSON.stringify(record));
  return { sourceId: id, bytes, ...(deletedAt === null ? {} : { gone: true }) };
}
