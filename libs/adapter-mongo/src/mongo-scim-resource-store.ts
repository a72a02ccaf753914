import type { mongo } from 'mongoose';
import {
  type JsonObject,
  renamesGroup,
  type ScimChange,
  type ScimGroupName,
  scimGroupName,
  type ScimListPage,
  type ScimMember,
  type ScimMemberChanges,
  type ScimResource,
  type ScimResourceId,
  type ScimResourceName,
  ScimResourceStore,
  type ScimScope,
  type ScimWritten,
} from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import { inParts } from './in-parts.js';
import { key, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { scimMembers, type ScimResourceDocument, scimResources } from './schemas/scim.js';
import { markPending, scimFields, toScimResource } from './scim-document.js';
import { ScimMemberships } from './scim-memberships.js';

/** Undoes a transaction in which a name turned out to be another's. */
class NameTaken extends Error {}

export class MongoScimResourceStore extends ScimResourceStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async create(
    scope: ScimScope,
    { id, type, attributes, members, at }: Parameters<ScimResourceStore['create']>[1],
  ): Promise<ScimWritten> {
    const document: ScimResourceDocument = {
      _id: idOf(scope, type, id),
      of: kindOf(scope, type),
      id,
      type,
      version: 1,
      ...scimFields(scope, type, attributes),
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      pending: Number(type === 'User'),
      fresh: type === 'User',
    };
    return this.write(async (session) => {
      await this.resources.insertOne(document, { session });
      await this.changeMembers(session, scope, id, members);
      return { kind: 'written', resource: toScimResource(document) };
    });
  }

  override async change(
    scope: ScimScope,
    { id, type, version, attributes, members, at }: ScimChange,
  ): Promise<ScimWritten> {
    const { uniqueKey, ...fields } = scimFields(scope, type, attributes);
    return this.write(async (session) => {
      const isMarked = type === 'User' || (await this.renames(session, scope, id, attributes));
      const changed = await this.resources.findOneAndUpdate(
        present(scope, type, id, version),
        {
          $set: {
            ...fields,
            updatedAt: at,
            ...(uniqueKey === undefined ? {} : { uniqueKey }),
            ...(isMarked ? { fresh: true } : {}),
          },
          $inc: { version: 1, pending: Number(isMarked) },
          ...(uniqueKey === undefined ? { $unset: { uniqueKey: '' } } : {}),
        },
        { session, returnDocument: 'after' },
      );
      if (changed === null) return { kind: await this.whyNot(session, scope, type, id) };
      await this.changeMembers(session, scope, id, members);
      return { kind: 'written', resource: toScimResource(changed) };
    });
  }

  override async delete(
    scope: ScimScope,
    { id, type, version, at }: Parameters<ScimResourceStore['delete']>[1],
  ): Promise<'deleted' | 'stale' | 'unknown'> {
    return this.connection.transaction(async (session) => {
      const { matchedCount } = await this.resources.updateOne(
        present(scope, type, id, version),
        {
          $set: { keys: [], updatedAt: at, deletedAt: at, fresh: true },
          $unset: { uniqueKey: '' },
          $inc: { version: 1, pending: 1 },
        },
        { session },
      );
      if (matchedCount === 0) return this.whyNot(session, scope, type, id);
      await new ScimMemberships(this.connection, session, scope).leaveAll(id, at);
      return 'deleted';
    });
  }

  override async find(
    scope: ScimScope,
    type: ScimResourceName,
    id: string,
    { deleted } = { deleted: false },
  ): Promise<ScimResource | null> {
    return this.connection.run(async () => {
      const filter = deleted ? { _id: idOf(scope, type, id) } : present(scope, type, id, null);
      const found = await this.resources.findOne(filter);
      return found === null ? null : toScimResource(found);
    });
  }

  override async findByKey(
    scope: ScimScope,
    type: ScimResourceName,
    wanted: string,
    limit: number,
  ): Promise<ScimResource[]> {
    return this.found({ of: kindOf(scope, type), keys: wanted }, 0, limit);
  }

  override async list(
    scope: ScimScope,
    type: ScimResourceName,
    { after, offset = 0, limit }: ScimListPage,
    { deleted } = { deleted: false },
  ): Promise<ScimResource[]> {
    const _id = keysUnder([scope.tenantId, scope.integrationId, type], after);
    return this.found(deleted ? { _id } : { of: kindOf(scope, type), deletedAt: null, _id }, offset, limit);
  }

  override async count(scope: ScimScope, type: ScimResourceName): Promise<number> {
    return this.connection.run(() => this.resources.countDocuments({ of: kindOf(scope, type), deletedAt: null }));
  }

  override async members(
    { tenantId, integrationId }: ScimScope,
    groupId: ScimResourceId,
    { after, limit }: { after: string | null; limit: number },
  ): Promise<ScimMember[]> {
    return this.connection.run(async () => {
      const found = await this.memberships
        .find({ _id: keysUnder([tenantId, integrationId, groupId], after) })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ body }) => JSON.parse(body) as ScimMember);
    });
  }

  override async groupsOf(
    { tenantId, integrationId }: ScimScope,
    memberIds: readonly string[],
  ): Promise<Map<string, ScimGroupName[]>> {
    const memberIdOf = new Map(memberIds.map((id) => [key(tenantId, integrationId, id), id]));
    return this.connection.run(async () => {
      const found = await this.memberships
        .aggregate<{ member: string; group: ScimResourceDocument }>([
          { $match: { member: { $in: [...memberIdOf.keys()] } } },
          // `tenant:integration:group`: what stands before the member's id, which may hold anything.
          { $set: { parts: { $slice: [{ $split: ['$_id', ':'] }, 3] } } },
          {
            $lookup: {
              from: scimResources.name,
              let: {
                id: {
                  $concat: [
                    { $arrayElemAt: ['$parts', 0] },
                    ':',
                    { $arrayElemAt: ['$parts', 1] },
                    ':Group:',
                    { $arrayElemAt: ['$parts', 2] },
                  ],
                },
              },
              pipeline: [{ $match: { $expr: { $eq: ['$_id', '$$id'] }, deletedAt: null } }],
              as: 'group',
            },
          },
          { $unwind: '$group' },
          { $sort: { member: 1, 'group._id': 1 } },
          { $project: { member: 1, group: 1 } },
        ])
        .toArray();
      const groups = new Map<string, ScimGroupName[]>();
      for (const { member, group } of found) {
        const id = memberIdOf.get(member) ?? '';
        const name = scimGroupName(group.id as ScimResourceId, JSON.parse(group.body) as JsonObject);
        groups.set(id, [...(groups.get(id) ?? []), name]);
      }
      return groups;
    });
  }

  override async forgetDeletedBefore(instant: string, limit: number): Promise<number> {
    return this.connection.run(async () => {
      const gone = await this.resources
        .find({ deletedAt: { $type: 'string', $lt: instant } })
        .limit(limit)
        .toArray();
      for (const { _id, of, id, type } of gone) {
        const scope = of.slice(0, of.length - type.length - 1).split(':');
        // Members first: whoever is interrupted between the two does both again.
        await this.memberships.deleteMany({ _id: keysUnder([...scope, id]) });
        await this.resources.deleteOne({ _id });
      }
      return gone.length;
    });
  }

  private async found(
    filter: Parameters<MongoScimResourceStore['resources']['find']>[0],
    offset: number,
    limit: number,
  ): Promise<ScimResource[]> {
    return this.connection.run(async () => {
      const found = await this.resources.find(filter).sort({ _id: 1 }).skip(offset).limit(limit).toArray();
      return found.map(toScimResource);
    });
  }

  /** A name that is taken ends the transaction on the server: nothing more can be asked in it. */
  private async write(work: (session: mongo.ClientSession) => Promise<ScimWritten>): Promise<ScimWritten> {
    try {
      return await this.connection.transaction(async (session) => {
        try {
          return await work(session);
        } catch (error) {
          throw isDuplicateKey(error) ? new NameTaken() : error;
        }
      });
    } catch (error) {
      if (error instanceof NameTaken) return { kind: 'taken' };
      throw error;
    }
  }

  private async changeMembers(
    session: mongo.ClientSession,
    scope: ScimScope,
    groupId: ScimResourceId,
    changes: ScimMemberChanges | null,
  ): Promise<void> {
    if (changes === null) return;
    const affected = await new ScimMemberships(this.connection, session, scope).change(groupId, changes);
    for (const some of inParts(affected)) {
      const ids = some.map((id) => idOf(scope, 'User', id));
      await this.resources.updateMany({ _id: { $in: ids } }, markPending, { session });
    }
  }

  private async renames(
    session: mongo.ClientSession,
    scope: ScimScope,
    id: ScimResourceId,
    attributes: JsonObject,
  ): Promise<boolean> {
    const found = await this.resources.findOne(present(scope, 'Group', id, null), { session, projection: { body: 1 } });
    return found !== null && renamesGroup('Group', JSON.parse(found.body) as JsonObject, attributes);
  }

  private async whyNot(
    session: mongo.ClientSession,
    scope: ScimScope,
    type: ScimResourceName,
    id: string,
  ): Promise<'stale' | 'unknown'> {
    const found = await this.resources.findOne(present(scope, type, id, null), { session, projection: { _id: 1 } });
    return found === null ? 'unknown' : 'stale';
  }

  private get resources() {
    return this.connection.collection(scimResources);
  }

  private get memberships() {
    return this.connection.collection(scimMembers);
  }
}

function idOf({ tenantId, integrationId }: ScimScope, type: ScimResourceName, id: string): string {
  return key(tenantId, integrationId, type, id);
}

function kindOf({ tenantId, integrationId }: ScimScope, type: ScimResourceName): string {
  return key(tenantId, integrationId, type);
}

function present(scope: ScimScope, type: ScimResourceName, id: string, version: number | null) {
  return { _id: idOf(scope, type, id), deletedAt: null, ...(version === null ? {} : { version }) };
}
