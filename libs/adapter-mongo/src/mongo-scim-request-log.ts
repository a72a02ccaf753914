import { type ScimRequestEntry, ScimRequestLog, type ScimScope, type SyncId } from '#core';
import { key, keysUnder, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { type ScimRequestDocument, scimRequests } from './schemas/scim-requests.js';

/** The parts of an entry that nothing is searched by. */
type EntryText = Omit<ScimRequestEntry, 'id' | 'isWrite' | 'syncId'>;

export class MongoScimRequestLog extends ScimRequestLog {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async add({ tenantId, integrationId }: ScimScope, entry: ScimRequestEntry): Promise<void> {
    const { id, isWrite, syncId, ...text } = entry;
    const document: ScimRequestDocument = {
      _id: key(tenantId, integrationId, id),
      of: key(tenantId, integrationId),
      at: text.at,
      refused: text.status >= 400,
      waiting: isWrite && syncId === null,
      isWrite,
      syncId,
      body: JSON.stringify(text satisfies EntryText),
    };
    await this.connection.run(() => this.requests.insertOne(document));
  }

  override async list(
    { tenantId, integrationId }: ScimScope,
    { before, limit, refused }: { before: string | null; limit: number; refused: boolean },
  ): Promise<ScimRequestEntry[]> {
    const parts = [tenantId, integrationId];
    const all = keysUnder(parts);
    const _id = before === null ? all : { $gt: all.$gt, $lt: key(tenantId, integrationId, before) };
    return this.connection.run(async () => {
      const found = await this.requests
        .find(refused ? { of: key(...parts), refused: true, _id } : { _id })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id: whole, isWrite, syncId, body }) => ({
        id: lastPart(whole, parts),
        ...(JSON.parse(body) as EntryText),
        isWrite,
        syncId: syncId as SyncId | null,
      }));
    });
  }

  override async attribute({ tenantId, integrationId }: ScimScope, syncId: SyncId): Promise<void> {
    await this.connection.run(() =>
      this.requests.updateMany(
        { of: key(tenantId, integrationId), waiting: true },
        { $set: { syncId, waiting: false } },
      ),
    );
  }

  override async deleteBefore(instant: string, limit: number): Promise<number> {
    return this.connection.run(async () => {
      const old = await this.requests
        .find({ at: { $lt: instant } }, { projection: { _id: 1 } })
        .sort({ at: 1 })
        .limit(limit)
        .toArray();
      if (old.length === 0) return 0;
      const { deletedCount } = await this.requests.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } });
      return deletedCount;
    });
  }

  override async trim(most: number): Promise<void> {
    await this.connection.run(async () => {
      const large = await this.requests
        .aggregate<{ _id: string }>([
          { $group: { _id: '$of', count: { $sum: 1 } } },
          { $match: { count: { $gt: most } } },
        ])
        .toArray();
      for (const { _id: of } of large) {
        const _id = keysUnder([of]);
        const first = await this.requests.find({ _id }).sort({ _id: -1 }).skip(most).limit(1).next();
        if (first !== null) await this.requests.deleteMany({ _id: { $gt: _id.$gt, $lte: first._id } });
      }
    });
  }

  private get requests() {
    return this.connection.collection(scimRequests);
  }
}
