import type { mongo } from 'mongoose';
import type { ScimMember, ScimMemberChanges, ScimResourceId, ScimScope } from '#core';
import { inParts } from './in-parts.js';
import { key, keysUnder, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { scimMembers, scimResources } from './schemas/scim.js';

/** Who is in which group. Within a transaction of the caller's. */
export class ScimMemberships {
  constructor(
    private readonly connection: MongoConnection,
    private readonly session: mongo.ClientSession,
    private readonly scope: ScimScope,
  ) {}

  /** Makes the changes; gives who came in or went out, or is in with other words. */
  async change(groupId: ScimResourceId, { clear, put, remove }: ScimMemberChanges): Promise<string[]> {
    const present = clear ? await this.all(groupId) : await this.some(groupId, [...put.keys(), ...remove]);
    const gone = [...present.keys()].filter((id) => !put.has(id) && (clear || remove.has(id)));
    const written = [...put].filter(([id, member]) => present.get(id) !== JSON.stringify(member));
    for (const ids of inParts(gone)) {
      await this.members.deleteMany({ _id: { $in: ids.map((id) => this.idOf(groupId, id)) } }, this.options);
    }
    for (const some of inParts(written)) {
      await this.members.bulkWrite(
        some.map(([id, member]) => this.upsert(groupId, id, member)),
        { ...this.options, ordered: false },
      );
    }
    return [...gone, ...written.map(([id]) => id)];
  }

  /** Takes somebody out of every group; those groups have a new version. */
  async leaveAll(memberId: ScimResourceId, at: string): Promise<void> {
    const member = this.memberKey(memberId);
    const found = await this.members.find({ member }, { ...this.options, projection: { _id: 1 } }).toArray();
    const { tenantId, integrationId } = this.scope;
    const groups = found.map(({ _id }) => _id.slice(0, _id.length - memberId.length - 1));
    const ids = groups.map((group) =>
      key(tenantId, integrationId, 'Group', lastPart(group, [tenantId, integrationId])),
    );
    for (const some of inParts(ids)) {
      await this.connection
        .collection(scimResources)
        .updateMany({ _id: { $in: some } }, { $inc: { version: 1 }, $set: { updatedAt: at } }, this.options);
    }
    await this.members.deleteMany({ member }, this.options);
  }

  private upsert(groupId: ScimResourceId, id: string, member: ScimMember) {
    const $set = { member: this.memberKey(id), body: JSON.stringify(member) };
    return { updateOne: { filter: { _id: this.idOf(groupId, id) }, update: { $set }, upsert: true } };
  }

  private async all(groupId: ScimResourceId): Promise<Map<string, string>> {
    const { tenantId, integrationId } = this.scope;
    return this.read({ _id: keysUnder([tenantId, integrationId, groupId]) }, groupId);
  }

  private async some(groupId: ScimResourceId, ids: readonly string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (const some of inParts(ids)) {
      const filter = { _id: { $in: some.map((id) => this.idOf(groupId, id)) } };
      for (const [id, body] of await this.read(filter, groupId)) found.set(id, body);
    }
    return found;
  }

  /** By the member's id: the member as JSON. */
  private async read(
    filter: Parameters<ScimMemberships['members']['find']>[0],
    groupId: ScimResourceId,
  ): Promise<Map<string, string>> {
    const { tenantId, integrationId } = this.scope;
    const found = await this.members.find(filter, this.options).toArray();
    return new Map(found.map(({ _id, body }) => [lastPart(_id, [tenantId, integrationId, groupId]), body]));
  }

  private idOf(groupId: ScimResourceId, id: string): string {
    return key(this.scope.tenantId, this.scope.integrationId, groupId, id);
  }

  private memberKey(id: string): string {
    return key(this.scope.tenantId, this.scope.integrationId, id);
  }

  private get members() {
    return this.connection.collection(scimMembers);
  }

  private get options() {
    return { session: this.session };
  }
}
