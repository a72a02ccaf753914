import type { mongo } from 'mongoose';
import type {
  Drift,
  IntegrationId,
  Link,
  ManagerReference,
  TenantId,
  User,
  UserId,
  UserListFilter,
  UserStatus,
  UserWrite,
} from '#core';
import { DirectoryStore } from '#core';
import { WriteSlots } from './write-slots.js';
import { DirectoryBatch } from './directory-batch.js';
import { ManagersFound } from './managers-found.js';
import { isDuplicateKey } from './duplicate-key.js';
import { byKeyHash } from './key-hash.js';
import { key, keysUnder, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { links, parkedReferences, userCounts, users } from './schemas/directory.js';
import { newestTurns } from './turns.js';
import { listUsers } from './user-list.js';
import { putLink, toLink, toLinkDocument, searchTextOf, toUser, toUserDocument } from './user-document.js';

/** A duplicate key that a careful look does not explain was set in between: another look sees it. */
const carefulTries = 3;

/**
 * Users, links and counts. Every write of users is one transaction with its links and counts: a slice is there as a whole
 * or not at all. After a crash, or an answer to the commit that was lost, the slice comes again; a user that carries this
 * very outcome in `lastWrites` counts as applied, and nothing is counted twice.
 */
export class MongoDirectoryStore extends DirectoryStore {
  private readonly slots = new WriteSlots();

  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async hasUsers(tenantId: TenantId): Promise<boolean> {
    return this.connection.run(
      async () =>
        (await this.usersCollection.findOne({ _id: keysUnder([tenantId]) }, { projection: { _id: 1 } })) !== null,
    );
  }

  override async links(
    tenantId: TenantId,
    integrationId: IntegrationId,
    sourceIds: readonly string[],
  ): Promise<Map<string, Link>> {
    return this.connection.run(async () => {
      const ids = sourceIds.map((sourceId) => key(tenantId, integrationId, sourceId));
      const found = await this.linksCollection.find({ _id: { $in: ids } }).toArray();
      return new Map(
        found.map((document) => {
          const { integrationId: _integrationId, ...link } = toLink(tenantId, document);
          return [link.sourceId, link];
        }),
      );
    });
  }

  override async users(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, User>> {
    return this.connection.run(async () => {
      const found = await this.usersCollection.find({ _id: { $in: keysOf(tenantId, ids) } }).toArray();
      return new Map(found.map(toUser).map((user) => [user.id, user]));
    });
  }

  override async activeVersions(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, number>> {
    return this.connection.run(async () => {
      const found = await this.usersCollection
        .find({ _id: { $in: keysOf(tenantId, ids) }, status: 'active' }, { projection: { version: 1 } })
        .toArray();
      return new Map(found.map(({ _id, version }) => [userIdOf(tenantId, _id), version]));
    });
  }

  override async searchTexts(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, string>> {
    if (ids.length === 0) return new Map();
    return this.connection.run(async () => {
      const found = await this.usersCollection
        .find({ _id: { $in: keysOf(tenantId, ids) } }, { projection: { search: 1, body: 1 } })
        .toArray();
      return new Map(found.map((user) => [userIdOf(tenantId, user._id), searchTextOf(user)]));
    });
  }

  override async byEmailKeys(tenantId: TenantId, keys: readonly string[]): Promise<Map<string, UserId>> {
    const wanted = byKeyHash(keys);
    return this.connection.run(async () => {
      const found = await this.usersCollection
        .find(
          { tenantId, status: 'active', emailKey: { $in: [...wanted.keys()] } },
          { projection: { emailKey: 1 }, hint: 'byEmail' },
        )
        .toArray();
      return new Map(found.map(({ _id, emailKey }) => [wanted.get(emailKey ?? '') ?? '', userIdOf(tenantId, _id)]));
    });
  }

  /** The active holder first, then the others in order of id. */
  override async byEmployeeIdKeys(
    tenantId: TenantId,
    keys: readonly string[],
    now: string,
  ): Promise<Map<string, UserId[]>> {
    const wanted = byKeyHash(keys);
    const employeeIdKey = { $in: [...wanted.keys()] };
    const projection = { employeeIdKey: 1 };
    return this.connection.run(async () => {
      const [active, gone] = await Promise.all([
        this.usersCollection
          .find({ tenantId, status: 'active', employeeIdKey }, { projection, hint: 'byEmployeeId' })
          .toArray(),
        this.usersCollection
          .find(
            { tenantId, status: 'deactivated', employeeIdKey, anonymizeAfter: { $gt: Date.parse(now) } },
            { projection, hint: 'goneByEmployeeId' },
          )
          .sort({ _id: 1 })
          .toArray(),
      ]);
      const holders = new Map<string, UserId[]>();
      for (const { _id, employeeIdKey: stored } of [...active, ...gone]) {
        const found = wanted.get(stored ?? '');
        if (found === undefined) continue;
        const present = holders.get(found);
        if (present === undefined) holders.set(found, [userIdOf(tenantId, _id)]);
        else present.push(userIdOf(tenantId, _id));
      }
      return holders;
    });
  }

  override async linksOfUsers(
    tenantId: TenantId,
    ids: readonly UserId[],
  ): Promise<Map<UserId, (Link & { integrationId: IntegrationId })[]>> {
    return this.connection.run(async () => {
      const found = await this.linksCollection
        .find({ user: { $in: keysOf(tenantId, ids) } })
        .sort({ _id: 1 })
        .toArray();
      const byUser = new Map<UserId, (Link & { integrationId: IntegrationId })[]>();
      for (const document of found) {
        const link = toLink(tenantId, document);
        const present = byUser.get(link.userId);
        if (present === undefined) byUser.set(link.userId, [link]);
        else present.push(link);
      }
      return byUser;
    });
  }

  override async presentLinks(
    tenantId: TenantId,
    integrationId: IntegrationId,
    afterSourceId: string | null,
    limit: number,
  ): Promise<{ sourceId: string; userId: UserId }[]> {
    return this.connection.run(async () => {
      const found = await this.linksCollection
        .find({ _id: keysUnder([tenantId, integrationId], afterSourceId), present: true }, { projection: { user: 1 } })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, user }) => ({
        sourceId: lastPart(_id, [tenantId, integrationId]),
        userId: userIdOf(tenantId, user),
      }));
    });
  }

  override async countActiveOwned(tenantId: TenantId, integrationId: IntegrationId): Promise<number> {
    return this.connection.run(async () => {
      const parts = await this.countsCollection.find({ _id: keysUnder([tenantId, integrationId, 'active']) }).toArray();
      return parts.reduce((sum, part) => sum + part.users, 0);
    });
  }

  override async countInferredRemovalsSince(
    tenantId: TenantId,
    integrationId: IntegrationId,
    since: string,
  ): Promise<number> {
    return this.connection.run(() =>
      this.usersCollection.countDocuments(
        {
          tenantId,
          owner: integrationId,
          removalInferred: true,
          deactivatedAt: { $gte: Date.parse(since) },
        },
        { hint: 'removed' },
      ),
    );
  }

  override async write(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]> {
    if (writes.length === 0) return [];
    try {
      return await this.batch(tenantId, (batch) => batch.writeHopefully(writes));
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
    return this.look(tenantId, (batch) => batch.writeCarefully(writes));
  }

  override async writeTransfer(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]> {
    return this.look(tenantId, (batch) => batch.writeTransfer(writes));
  }

  /**
   * New links and existing ones are told apart first: inserts cost a third of upserts. One transaction, because many
   * updates of their own would each be a commit.
   */
  override async writeLinks(
    tenantId: TenantId,
    integrationId: IntegrationId,
    turn: number,
    written: readonly Link[],
  ): Promise<boolean> {
    if (written.length === 0) return true;
    const documents = new Map(
      written.map((link) => {
        const document = toLinkDocument(tenantId, integrationId, link);
        return [document._id, document];
      }),
    );
    return this.connection.transaction(async (session) => {
      const turns = await newestTurns(this.connection, session, tenantId, [integrationId]);
      if (turn < (turns.get(integrationId) ?? 0)) return false;
      const stored = await this.linksCollection
        .find({ _id: { $in: [...documents.keys()] } }, { session, projection: { _id: 1 } })
        .toArray();
      const known = new Set(stored.map(({ _id }) => _id));
      const all = [...documents.values()];
      const fresh = all.filter(({ _id }) => !known.has(_id));
      const present = all.filter(({ _id }) => known.has(_id));
      if (fresh.length > 0) await this.linksCollection.insertMany(fresh, { session });
      if (present.length > 0) await this.linksCollection.bulkWrite(present.map(putLink), { session });
      return true;
    });
  }

  override async parkedReferences(
    tenantId: TenantId,
    after: UserId | null,
    limit: number,
  ): Promise<{ userId: UserId; owner: IntegrationId | null; reference: ManagerReference }[]> {
    return this.connection.run(async () => {
      const found = await this.parkedCollection
        .find({ _id: keysUnder([tenantId], after) })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, owner, managerBy, managerKey }) => ({
        userId: userIdOf(tenantId, _id),
        owner,
        reference: { by: managerBy, key: managerKey, userId: null },
      }));
    });
  }

  override async resolveReferences(
    tenantId: TenantId,
    resolved: readonly { userId: UserId; reference: ManagerReference; managerId: UserId }[],
  ): Promise<void> {
    if (resolved.length === 0) return;
    const found = [...ManagersFound.of(tenantId, resolved)];
    await this.connection.transaction(async (session) => {
      for (const { users: waiting, by, keys, managerIds } of found) {
        // Whose reference has changed since it was read keeps what is there now.
        const filter = { _id: { $in: waiting }, managerBy: by, managerKey: { $in: keys } };
        const managerId = { $arrayElemAt: [managerIds, { $indexOfArray: [keys, '$managerKey'] }] };
        await this.usersCollection.updateMany({ ...filter, managerId: null }, [{ $set: { managerId } }], { session });
        await this.parkedCollection.deleteMany(filter, { session });
      }
    });
  }

  override async dueForAnonymisation(now: string, limit: number): Promise<{ tenantId: TenantId; userId: UserId }[]> {
    return this.connection.run(async () => {
      const found = await this.usersCollection
        .find(
          { status: 'deactivated', anonymizeAfter: { $lte: Date.parse(now) } },
          { projection: { tenantId: 1 }, hint: 'due' },
        )
        .sort({ anonymizeAfter: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id, tenantId }) => ({ tenantId, userId: userIdOf(tenantId, _id) }));
    });
  }

  /** Raises the version, so that a plan made before drifts. Others' references to the user stay. */
  override async anonymise(tenantId: TenantId, userId: UserId, now: string): Promise<boolean> {
    const _id = key(tenantId, userId);
    return this.batch(tenantId, async (batch, session) => {
      const found = await this.usersCollection.findOne({ _id }, { session });
      if (found?.status !== 'deactivated') return false;
      if (found.anonymizeAfter === null || found.anonymizeAfter > Date.parse(now)) return false;
      const user = toUser(found);
      const emptied: User = {
        ...user,
        version: user.version + 1,
        status: 'anonymized',
        attributes: {},
        manager: null,
        updatedAt: now,
      };
      const { _id: _same, ...replacement } = toUserDocument(tenantId, emptied);
      await this.usersCollection.replaceOne({ _id }, replacement, { session });
      await this.linksCollection.deleteMany({ user: _id }, { session });
      await this.parkedCollection.deleteOne({ _id }, { session });
      batch.count(user.owner, 'deactivated', -1);
      batch.count(user.owner, 'anonymized', 1);
      await batch.finish();
      return true;
    });
  }

  override async user(tenantId: TenantId, id: UserId): Promise<User | null> {
    return this.connection.run(async () => {
      const found = await this.usersCollection.findOne({ _id: key(tenantId, id) });
      return found === null ? null : toUser(found);
    });
  }

  override async listUsers(
    tenantId: TenantId,
    filter: UserListFilter,
    after: UserId | null,
    limit: number,
  ): Promise<User[]> {
    return this.connection.run(() => listUsers(this.usersCollection, tenantId, filter, after, limit));
  }

  override async countByStatus(tenantId: TenantId): Promise<Record<UserStatus, number>> {
    return this.connection.run(async () => {
      const counts: Record<UserStatus, number> = { active: 0, deactivated: 0, anonymized: 0 };
      const parts = this.countsCollection.find({ _id: keysUnder([tenantId]) });
      for await (const { status, users: by } of parts) counts[status] += by;
      return counts;
    });
  }

  private async look(tenantId: TenantId, work: (batch: DirectoryBatch) => Promise<Drift[]>): Promise<Drift[]> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.batch(tenantId, work);
      } catch (error) {
        if (!isDuplicateKey(error) || tries >= carefulTries) throw error;
      }
    }
  }

  private async batch<T>(
    tenantId: TenantId,
    work: (batch: DirectoryBatch, session: mongo.ClientSession) => Promise<T>,
  ): Promise<T> {
    return this.slots.use((part) =>
      this.connection.transaction((session) =>
        work(new DirectoryBatch(this.connection, session, tenantId, part), session),
      ),
    );
  }

  private get usersCollection() {
    return this.connection.collection(users);
  }

  private get linksCollection() {
    return this.connection.collection(links);
  }

  private get parkedCollection() {
    return this.connection.collection(parkedReferences);
  }

  private get countsCollection() {
    return this.connection.collection(userCounts);
  }
}

function keysOf(tenantId: TenantId, ids: readonly UserId[]): string[] {
  return ids.map((id) => key(tenantId, id));
}

function userIdOf(tenantId: TenantId, _id: string): UserId {
  return lastPart(_id, [tenantId]) as UserId;
}
