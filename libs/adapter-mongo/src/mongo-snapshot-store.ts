import { mongo } from 'mongoose';
import { SnapshotStore, type JsonValue, type Manifest, type SnapshotPage, type SyncId, type TenantId } from '#core';
import { bytesOf } from './bytes.js';
import { isDuplicateKey } from './duplicate-key.js';
import { key, keysBetween, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import {
  snapshotBodies,
  snapshotPages,
  snapshots,
  type SnapshotDocument,
  type SnapshotPageDocument,
} from './schemas/snapshots.js';

function toPage(found: SnapshotPageDocument | null): SnapshotPage | null {
  if (found === null) return null;
  const { _id, snapshot: _snapshot, cursorAfter, ...page } = found;
  return { ...page, cursorAfter: cursorAfter === null ? null : (JSON.parse(cursorAfter) as JsonValue) };
}

const openHead: Omit<SnapshotDocument, '_id' | 'pages' | 'claim'> = {
  manifest: null,
  extent: null,
  wholeness: null,
  finishedAt: null,
  hasPages: true,
};

/**
 * Links, bodies and one head for each chain. A page moves the head in the transaction that inserts it, and the manifest
 * is a part of the head: whoever comes second with a page, a manifest or a lower claim finds a head that doesn't fit.
 */
export class MongoSnapshotStore extends SnapshotStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async insertPage(
    tenantId: TenantId,
    snapshotOf: SyncId,
    { cursorAfter, ...page }: SnapshotPage,
    body: Uint8Array,
  ): Promise<'inserted' | 'taken' | 'refused'> {
    const head = key(tenantId, snapshotOf);
    const _id = key(tenantId, snapshotOf, page.page);
    return this.connection.transaction(async (session) => {
      if (!(await this.moveHead(head, page, session))) return this.verdict(head, page.page, session);
      await this.pagesCollection.insertOne(
        { _id, snapshot: head, ...page, cursorAfter: cursorAfter === null ? null : JSON.stringify(cursorAfter) },
        { session },
      );
      await this.bodiesCollection.insertOne({ _id, body: new mongo.Binary(body) }, { session });
      return 'inserted';
    });
  }

  /** One write of one document: the head. */
  override async insertManifest(
    tenantId: TenantId,
    syncId: SyncId,
    manifest: Manifest,
    claim: number,
  ): Promise<'inserted' | 'taken' | 'refused'> {
    const _id = key(tenantId, syncId);
    const end = {
      manifest: JSON.stringify(manifest),
      extent: manifest.extent,
      wholeness: manifest.wholeness,
      finishedAt: manifest.finishedAt,
      claim,
    };
    const filter = { _id, manifest: null, claim: { $lte: claim } };
    return this.connection.run(async () => {
      if ((await this.headsCollection.updateOne(filter, { $set: end })).matchedCount === 1) return 'inserted';
      try {
        await this.headsCollection.insertOne({ _id, pages: 0, ...end, hasPages: false });
        return 'inserted';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
      }
      // A page or a manifest came in between, or the claim is too low.
      if ((await this.headsCollection.updateOne(filter, { $set: end })).matchedCount === 1) return 'inserted';
      const head = await this.headsCollection.findOne({ _id });
      return head !== null && head.manifest !== null ? 'taken' : 'refused';
    });
  }

  override async manifest(tenantId: TenantId, syncId: SyncId): Promise<Manifest | null> {
    return this.connection.run(async () => {
      const head = await this.headsCollection.findOne({ _id: key(tenantId, syncId) });
      return head === null || head.manifest === null ? null : (JSON.parse(head.manifest) as Manifest);
    });
  }

  override async lastPage(tenantId: TenantId, snapshotOf: SyncId): Promise<SnapshotPage | null> {
    return this.connection.run(async () =>
      toPage(
        await this.pagesCollection
          .find({ _id: keysUnder([tenantId, snapshotOf]) })
          .sort({ _id: -1 })
          .limit(1)
          .next(),
      ),
    );
  }

  override async pages(
    tenantId: TenantId,
    snapshotOf: SyncId,
    fromPage: number,
    limit: number,
  ): Promise<SnapshotPage[]> {
    return this.connection.run(async () => {
      const found = await this.pagesCollection
        .find({ _id: keysBetween([tenantId, snapshotOf], fromPage) })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      return found.flatMap((page) => toPage(page) ?? []);
    });
  }

  override async page(tenantId: TenantId, snapshotOf: SyncId, page: number): Promise<SnapshotPage | null> {
    return this.connection.run(async () =>
      toPage(await this.pagesCollection.findOne({ _id: key(tenantId, snapshotOf, page) })),
    );
  }

  /** Sequences rise with pages: of those that start at or before it, the last one holds it or none does. */
  override async pageOfSeq(tenantId: TenantId, snapshotOf: SyncId, seq: number): Promise<SnapshotPage | null> {
    return this.connection.run(async () => {
      const found = await this.pagesCollection
        .find({ snapshot: key(tenantId, snapshotOf), firstSeq: { $lte: seq } })
        .sort({ firstSeq: -1, page: -1 })
        .limit(1)
        .next();
      return found !== null && seq < found.firstSeq + found.records ? toPage(found) : null;
    });
  }

  override async body(tenantId: TenantId, snapshotOf: SyncId, page: number): Promise<Uint8Array | null> {
    return this.connection.run(async () => {
      const found = await this.bodiesCollection.findOne({ _id: key(tenantId, snapshotOf, page) });
      return found === null ? null : bytesOf(found.body);
    });
  }

  /** Bodies first, then links, then the mark on the head: what is broken off is found and done again. */
  override async deleteFinishedBefore(instant: string, keep: readonly SyncId[], limit: number): Promise<number> {
    const kept = new Set<string>(keep);
    return this.connection.run(async () => {
      const due: string[] = [];
      const heads = this.headsCollection
        .find({ hasPages: true, finishedAt: { $type: 'string', $lt: instant } }, { projection: { _id: 1 } })
        .sort({ finishedAt: 1 });
      for await (const { _id } of heads) {
        if (due.length >= limit) break;
        if (!kept.has(_id.slice(_id.indexOf(':') + 1))) due.push(_id);
      }
      for (const _id of due) {
        await this.bodiesCollection.deleteMany({ _id: keysUnder([_id]) });
        await this.pagesCollection.deleteMany({ _id: keysUnder([_id]) });
        await this.headsCollection.updateOne({ _id }, { $set: { hasPages: false } });
      }
      return due.length;
    });
  }

  /** True when the page fits behind the last one, under no lower claim and before any manifest. */
  private async moveHead(
    head: string,
    { page, claim }: Pick<SnapshotPage, 'page' | 'claim'>,
    session: mongo.ClientSession,
  ): Promise<boolean> {
    const { matchedCount } = await this.headsCollection.updateOne(
      { _id: head, pages: page, claim: { $lte: claim }, manifest: null },
      { $set: { pages: page + 1, claim } },
      { session },
    );
    if (matchedCount === 1) return true;
    if (page !== 0 || (await this.headsCollection.findOne({ _id: head }, { session })) !== null) return false;
    await this.headsCollection.insertOne({ _id: head, pages: 1, claim, ...openHead }, { session });
    return true;
  }

  private async verdict(head: string, page: number, session: mongo.ClientSession): Promise<'taken' | 'refused'> {
    const present = await this.headsCollection.findOne({ _id: head }, { session });
    return present !== null && page < present.pages ? 'taken' : 'refused';
  }

  private get headsCollection() {
    return this.connection.collection(snapshots);
  }

  private get pagesCollection() {
    return this.connection.collection(snapshotPages);
  }

  private get bodiesCollection() {
    return this.connection.collection(snapshotBodies);
  }
}
