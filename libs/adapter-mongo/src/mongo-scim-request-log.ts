import {
  type ScimRequestBody,
  type ScimRequestEntry,
  type ScimRequestFilter,
  ScimRequestLog,
  type ScimRequestToAdd,
  type ScimScope,
  type SyncId,
} from '#core';
import { bytesOf } from './bytes.js';
import { key, keysUnder, lastPart } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { type ScimRequestDocument, scimRequests } from './schemas/scim-requests.js';

/** The parts of an entry that nothing is searched by. `bulk` and `body` are in those that have them. */
type EntryText = Omit<ScimRequestEntry, 'id' | 'isWrite' | 'syncId' | 'resourceId' | 'bulk'> & {
  bulk?: string;
  body?: Omit<ScimRequestBody, 'packed'>;
};

export class MongoScimRequestLog extends ScimRequestLog {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async add(scope: ScimScope, entries: readonly ScimRequestToAdd[]): Promise<void> {
    if (entries.length === 0) return;
    await this.connection.run(() => this.requests.insertMany(entries.map((entry) => toDocument(scope, entry))));
  }

  override async list(
    { tenantId, integrationId }: ScimScope,
    { before, limit, ...filter }: { before: string | null; limit: number } & ScimRequestFilter,
  ): Promise<ScimRequestEntry[]> {
    const parts = [tenantId, integrationId];
    const all = keysUnder(parts);
    const _id = before === null ? all : { $gt: all.$gt, $lt: key(tenantId, integrationId, before) };
    return this.connection.run(async () => {
      const found = await this.requests
        .find({ ...conditionsOf(key(...parts), filter), _id }, { projection: { packed: 0 } })
        .sort({ _id: -1 })
        .limit(limit)
        .toArray();
      return found.map((document) => toEntry(document, parts).entry);
    });
  }

  override async find({ tenantId, integrationId }: ScimScope, id: string): Promise<ScimRequestToAdd | null> {
    return this.connection.run(async () => {
      const found = await this.requests.findOne({ _id: key(tenantId, integrationId, id) });
      if (found === null) return null;
      const { entry, about } = toEntry(found, [tenantId, integrationId]);
      return {
        ...entry,
        body: about === null ? null : { packed: found.packed === undefined ? null : bytesOf(found.packed), ...about },
      };
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

function toDocument({ tenantId, integrationId }: ScimScope, entry: ScimRequestToAdd): ScimRequestDocument {
  const { id, isWrite, syncId, resourceId, bulk, body, ...rest } = entry;
  const { packed, ...about } = body ?? { packed: null };
  const text = {
    ...rest,
    ...(bulk === null ? {} : { bulk }),
    ...(body === null ? {} : { body: about as Omit<ScimRequestBody, 'packed'> }),
  } satisfies EntryText;
  return {
    _id: key(tenantId, integrationId, id),
    of: key(tenantId, integrationId),
    at: rest.at,
    refused: rest.status >= 400,
    waiting: isWrite && syncId === null,
    isWrite,
    syncId,
    ...(resourceId === null ? {} : { resourceId }),
    body: JSON.stringify(text),
    ...(packed === null ? {} : { packed }),
  };
}

/** Whatever has an index of its own is looked up under `of`; else the key tells whose it is. */
function conditionsOf(of: string, { refused, resourceId, syncId, writtenUntil }: ScimRequestFilter) {
  return {
    ...(refused === true || resourceId !== undefined ? { of } : {}),
    ...(refused === true ? { refused: true } : {}),
    ...(resourceId === undefined ? {} : { resourceId }),
    ...(syncId === undefined ? {} : { isWrite: true, syncId: syncId as string }),
    ...(writtenUntil === undefined ? {} : { isWrite: true, at: { $lte: writtenUntil } }),
  };
}

function toEntry(
  { _id, isWrite, syncId, resourceId = '', body }: Omit<ScimRequestDocument, 'packed'>,
  parts: readonly string[],
): { entry: ScimRequestEntry; about: Omit<ScimRequestBody, 'packed'> | null } {
  const { bulk = null, body: about = null, ...rest } = JSON.parse(body) as EntryText;
  const id = lastPart(_id, parts);
  const ofResource = resourceId === '' ? null : resourceId;
  return { entry: { id, ...rest, resourceId: ofResource, bulk, isWrite, syncId: syncId as SyncId | null }, about };
}
