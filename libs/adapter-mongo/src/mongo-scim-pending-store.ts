import {
  type IntegrationId,
  type ScimGroupMark,
  ScimPendingStore,
  type ScimResource,
  type ScimResourceId,
  type ScimScope,
  type SyncId,
  type TenantId,
} from '#core';
import { key, keysUnder, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { scimMembers, scimResources } from './schemas/scim.js';
import { markPending, toScimResource } from './scim-document.js';

const conditions = { fresh: { fresh: true }, pending: { pending: { $gt: 0 } } };
/** Comes after every kind of resource within an integration. */
const afterKinds = '~';

export class MongoScimPendingStore extends ScimPendingStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  /** Goes from one integration to the next in the index, past all that each has. */
  override async scopes(which: 'fresh' | 'pending', after: ScimScope | null, limit: number): Promise<ScimScope[]> {
    return this.connection.run(async () => {
      const scopes: ScimScope[] = [];
      for (let last = after; scopes.length < limit;) {
        const of = last === null ? {} : { of: { $gt: key(last.tenantId, last.integrationId, afterKinds) } };
        const next = await this.resources
          .find({ ...conditions[which], ...of }, { projection: { of: 1 } })
          .sort({ of: 1 })
          .limit(1)
          .next();
        if (next === null) break;
        const [tenantId = '', integrationId = ''] = next.of.split(':');
        last = { tenantId: tenantId as TenantId, integrationId: integrationId as IntegrationId };
        scopes.push(last);
      }
      return scopes;
    });
  }

  override async groups({ tenantId, integrationId }: ScimScope, limit: number): Promise<ScimGroupMark[]> {
    return this.connection.run(async () => {
      const found = await this.resources
        .find({ of: key(tenantId, integrationId, 'Group'), pending: { $gt: 0 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ id, pending }) => ({ id: id as ScimResourceId, pending }));
    });
  }

  /** The group's own mark goes last: whoever is interrupted before marks its members again. */
  override async spread(
    { tenantId, integrationId }: ScimScope,
    { id, pending }: ScimGroupMark,
    { after, limit }: { after: string | null; limit: number },
  ): Promise<string | null> {
    return this.connection.run(async () => {
      const found = await this.connection
        .collection(scimMembers)
        .find({ _id: keysUnder([tenantId, integrationId, id], after) }, { projection: { _id: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      const members = found.map(({ _id }) => lastPart(_id, [tenantId, integrationId, id]));
      await this.resources.updateMany(
        { _id: { $in: members.map((member) => key(tenantId, integrationId, 'User', member)) } },
        markPending,
      );
      if (members.length === limit) return members.at(-1) ?? null;
      await this.resources.updateOne(
        { _id: key(tenantId, integrationId, 'Group', id), pending },
        { $set: { pending: 0, fresh: false } },
      );
      return null;
    });
  }

  /** What changes between the two steps is left fresh, though this sync has it as it was. */
  override async take(
    { tenantId, integrationId }: ScimScope,
    syncId: SyncId,
    { which, after, limit }: { which: 'fresh' | 'pending'; after: ScimResourceId | null; limit: number },
  ): Promise<ScimResource[]> {
    return this.connection.run(async () => {
      const found = await this.resources
        .find({
          of: key(tenantId, integrationId, 'User'),
          $or: [conditions[which], { takenBy: syncId }],
          _id: keysUnder([tenantId, integrationId, 'User'], after),
        })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      if (found.length === 0) return [];
      await this.resources.bulkWrite(
        found.map(({ _id, pending }) => ({
          updateOne: {
            filter: { _id, pending },
            update: { $set: { takenBy: syncId, taken: pending, fresh: false } },
          },
        })),
        { ordered: false },
      );
      return found.map(toScimResource);
    });
  }

  override async settle({ tenantId, integrationId }: ScimScope, syncId: SyncId): Promise<void> {
    await this.connection.run(() =>
      this.resources.updateMany({ of: key(tenantId, integrationId, 'User'), takenBy: syncId }, [
        { $set: { pending: { $cond: [{ $eq: ['$pending', '$taken'] }, 0, '$pending'] } } },
        { $unset: ['takenBy', 'taken'] },
      ]),
    );
  }

  private get resources() {
    return this.connection.collection(scimResources);
  }
}
