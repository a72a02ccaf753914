import type { mongo } from 'mongoose';
import type { Drift, IntegrationId, TenantId, UserId, UserStatus, UserWrite } from '#core';
import { KeyHolders } from './key-holders.js';
import { key, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import {
  links,
  parkedReferences,
  userCounts,
  users,
  type LinkDocument,
  type ParkedReferenceDocument,
  type UserDocument,
} from './schemas/directory.js';
import { newestTurns } from './turns.js';
import { putLink, toLinkDocument, toParkedReference, toUserDocument, wasWrittenBy } from './user-document.js';

/** What must be known of a stored user to judge a write of it. */
type Head = Pick<UserDocument, '_id' | 'version' | 'status' | 'owner' | 'emailKey' | 'employeeIdKey' | 'lastWrites'>;

const headProjection = { version: 1, status: 1, owner: 1, emailKey: 1, employeeIdKey: 1, lastWrites: 1 };

/** The writes of one transaction to one tenant's directory. {@link finish} keeps the counts exact. */
export class DirectoryBatch {
  private readonly documents = new Map<UserWrite, UserDocument>();
  private turns: ReadonlyMap<IntegrationId, number> = new Map();
  /** Users as they are, and as the writes accepted so far leave them. */
  private readonly heads = new Map<string, Head>();
  private readonly deltas = new Map<string, { status: UserStatus; by: number }>();

  constructor(
    private readonly connection: MongoConnection,
    private readonly session: mongo.ClientSession,
    private readonly tenantId: TenantId,
    /** Which of a count's documents this batch adds to. */
    private readonly part: number,
  ) {}

  /**
   * Writes as if every key were free and every created user and link new, which on a first sync they are: nothing is
   * read for a create. Rejects with a duplicate key error when something stood in the way.
   */
  async writeHopefully(writes: readonly UserWrite[]): Promise<Drift[]> {
    await this.readTurns(writes);
    if (writes.some((write) => this.isLate(write))) return this.writeCarefully(writes);
    const creates = writes.filter((write) => write.expectedVersion === null);
    const updates = writes.filter((write) => write.expectedVersion !== null);
    await this.readHeads(updates);
    const drifts: Drift[] = [];
    const fitting: UserWrite[] = [];
    for (const write of updates) {
      const verdict = this.judge(write);
      if (verdict === 'version') drifts.push({ seq: write.seq, cause: 'version' });
      if (verdict !== null) continue;
      this.accept(write);
      fitting.push(write);
    }
    if (creates.length > 0) {
      for (const write of creates) this.accept(write);
      const documents = creates.map((write) => this.document(write));
      const newLinks = this.linkDocuments(creates);
      if (newLinks.length > 0) await this.links.insertMany(newLinks, { session: this.session });
      await this.findManagers(documents);
      await this.users.insertMany(documents, { session: this.session });
      const parked = documents.flatMap((document) => toParkedReference(document) ?? []);
      if (parked.length > 0) await this.parked.insertMany(parked, { session: this.session });
    }
    await this.put(fitting);
    await this.finish();
    return drifts;
  }

  /** Looks at versions and keys first, and decides write after write as if each were made alone. */
  async writeCarefully(writes: readonly UserWrite[]): Promise<Drift[]> {
    await this.readTurns(writes);
    await this.readHeads(writes);
    const keys = new KeyHolders(await this.holders(writes));
    const drifts: Drift[] = [];
    const fitting: UserWrite[] = [];
    for (const write of writes) {
      const verdict = this.judge(write);
      if (verdict === 'applied') continue;
      const document = this.document(write);
      const cause = verdict ?? keys.takenOf(document);
      if (cause !== null) {
        drifts.push({ seq: write.seq, cause });
        continue;
      }
      const before = this.heads.get(document._id);
      if (before !== undefined) keys.release(before);
      keys.take(document);
      this.accept(write);
      fitting.push(write);
    }
    await this.put(fitting);
    await this.finish();
    return drifts;
  }

  /** All or none: whoever is in it lets go of their keys first. Nothing is written when anything drifts. */
  async writeTransfer(writes: readonly UserWrite[]): Promise<Drift[]> {
    await this.readTurns(writes);
    await this.readHeads(writes);
    const open = writes.filter((write) => this.judge(write) !== 'applied');
    const moved = open.filter((write) => this.judge(write) === 'version');
    if (moved.length > 0) return moved.map((write) => ({ seq: write.seq, cause: 'version' }));
    const members = new Set(open.map((write) => this.document(write)._id));
    const strangers = (await this.holders(open)).filter((holder) => !members.has(holder._id));
    const keys = new KeyHolders(strangers);
    const drifts = open.flatMap((write): Drift[] => {
      const cause = keys.takenOf(this.document(write));
      if (cause !== null) return [{ seq: write.seq, cause }];
      keys.take(this.document(write));
      return [];
    });
    if (drifts.length > 0) return drifts;
    for (const write of open) this.accept(write);
    await this.users.updateMany(
      { _id: { $in: [...members] } },
      { $set: { emailKey: null, employeeIdKey: null } },
      { session: this.session },
    );
    await this.put(open);
    await this.finish();
    return [];
  }

  /** Counts `by` more (or fewer) users. */
  count(owner: IntegrationId | null, status: UserStatus, by: number): void {
    const name = key(this.tenantId, owner ?? '-', status);
    this.deltas.set(name, { status, by: (this.deltas.get(name)?.by ?? 0) + by });
  }

  async finish(): Promise<void> {
    const changed = [...this.deltas].filter(([, { by }]) => by !== 0);
    this.deltas.clear();
    if (changed.length === 0) return;
    await this.connection.collection(userCounts).bulkWrite(
      changed.map(([name, { status, by }]) => ({
        updateOne: {
          filter: { _id: key(name, this.part) },
          update: { $inc: { users: by }, $setOnInsert: { status } },
          upsert: true,
        },
      })),
      { session: this.session },
    );
  }

  /** What keeps a write from fitting, by version or turn; `applied` when this very outcome has been applied. */
  private judge(write: UserWrite): 'version' | 'applied' | null {
    const head = this.heads.get(this.document(write)._id);
    if (head !== undefined && head.version !== write.expectedVersion && wasWrittenBy(head.lastWrites, write)) {
      return 'applied';
    }
    return (head?.version ?? null) === write.expectedVersion && !this.isLate(write) ? null : 'version';
  }

  private isLate({ integrationId, turn }: UserWrite): boolean {
    return turn < (this.turns.get(integrationId) ?? 0);
  }

  /** A later write of the same user meets what this one leaves. */
  private accept(write: UserWrite): void {
    const document = this.document(write);
    const before = this.heads.get(document._id);
    if (before !== undefined) this.count(before.owner, before.status, -1);
    this.count(document.owner, document.status, 1);
    this.heads.set(document._id, document);
  }

  /** In the order of the writes: one may need the key that another lets go. */
  private async put(fitting: readonly UserWrite[]): Promise<void> {
    if (fitting.length === 0) return;
    const newLinks = this.linkDocuments(fitting);
    if (newLinks.length > 0) await this.links.bulkWrite(newLinks.map(putLink), { session: this.session });
    await this.findManagers(fitting.map((write) => this.document(write)));
    await this.users.bulkWrite(
      fitting.map((write): mongo.AnyBulkWriteOperation<UserDocument> => {
        const document = this.document(write);
        if (write.expectedVersion === null) return { insertOne: { document } };
        const { _id, ...fields } = document;
        return { updateOne: { filter: { _id }, update: { $set: fields } } };
      }),
      { session: this.session },
    );
    await this.park(fitting.map((write) => this.document(write)));
  }

  /**
   * Points users at managers who are named by source id and linked by now, these writes included: what is not parked need
   * not be found later. Keys that change hands cannot be looked up before the sync's end; a link stays with its user.
   */
  private async findManagers(documents: readonly UserDocument[]): Promise<void> {
    const { tenantId, session } = this;
    const waiting = documents.flatMap((document) => {
      const { managerBy, managerKey, managerId, owner } = document;
      if (managerBy !== 'managerSourceId' || managerKey === null || managerId !== null || owner === null) return [];
      return [{ document, link: key(tenantId, owner, managerKey) }];
    });
    if (waiting.length === 0) return;
    const wanted = [...new Set(waiting.map(({ link }) => link))];
    const found = await this.links.find({ _id: { $in: wanted } }, { session, projection: { user: 1 } }).toArray();
    const holders = new Map(found.map(({ _id, user }) => [_id, user]));
    for (const { document, link } of waiting) {
      const manager = holders.get(link);
      if (manager !== undefined && manager !== document._id) {
        document.managerId = lastPart(manager, [tenantId]) as UserId;
      }
    }
  }

  private async park(documents: readonly UserDocument[]): Promise<void> {
    const operations: mongo.AnyBulkWriteOperation<ParkedReferenceDocument>[] = [];
    const settled: string[] = [];
    for (const document of documents) {
      const reference = toParkedReference(document);
      if (reference === null) {
        settled.push(document._id);
        continue;
      }
      const { _id, ...fields } = reference;
      operations.push({ updateOne: { filter: { _id }, update: { $set: fields }, upsert: true } });
    }
    if (settled.length > 0) operations.push({ deleteMany: { filter: { _id: { $in: settled } } } });
    await this.parked.bulkWrite(operations, { session: this.session });
  }

  private document(write: UserWrite): UserDocument {
    let document = this.documents.get(write);
    if (document === undefined) {
      document = toUserDocument(this.tenantId, write.user);
      this.documents.set(write, document);
    }
    return document;
  }

  private linkDocuments(writes: readonly UserWrite[]): LinkDocument[] {
    return writes.flatMap(({ link, integrationId }) =>
      link === null ? [] : [toLinkDocument(this.tenantId, integrationId, link)],
    );
  }

  private async readTurns(writes: readonly UserWrite[]): Promise<void> {
    const integrationIds = writes.map(({ integrationId }) => integrationId);
    this.turns = await newestTurns(this.connection, this.session, this.tenantId, integrationIds);
  }

  private async readHeads(writes: readonly UserWrite[]): Promise<void> {
    if (writes.length === 0) return;
    const found = await this.users
      .find(
        { _id: { $in: writes.map((write) => this.document(write)._id) } },
        { session: this.session, projection: headProjection },
      )
      .toArray();
    for (const head of found) this.heads.set(head._id, head);
  }

  /** Active users who hold a key that one of the writes wants. */
  private async holders(writes: readonly UserWrite[]): Promise<Head[]> {
    const { tenantId, session } = this;
    const wanted = writes.map((write) => this.document(write)).filter(({ status }) => status === 'active');
    const emails = wanted.flatMap(({ emailKey }) => emailKey ?? []);
    const employeeIds = wanted.flatMap(({ employeeIdKey }) => employeeIdKey ?? []);
    const read = async (filter: mongo.Filter<UserDocument>, hint: string): Promise<Head[]> =>
      this.users
        .find({ tenantId, status: 'active', ...filter }, { session, projection: headProjection, hint })
        .toArray();
    return [
      ...(emails.length === 0 ? [] : await read({ emailKey: { $in: emails } }, 'byEmail')),
      ...(employeeIds.length === 0 ? [] : await read({ employeeIdKey: { $in: employeeIds } }, 'byEmployeeId')),
    ];
  }

  private get users() {
    return this.connection.collection(users);
  }

  private get parked() {
    return this.connection.collection(parkedReferences);
  }

  private get links() {
    return this.connection.collection(links);
  }
}
