import type { SettlementChunk, SettlementHeader, Slice, SliceList, SyncId, TenantId } from '#core';
import { SettlementStore, StaleClaimError } from '#core';
import { cutBody, joinBody, restIds } from './body-parts.js';
import { isDuplicateKey } from './duplicate-key.js';
import { key, keysBetween, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { settlementChunks, settlementRounds, settlementSlices, settlements } from './schemas/settlements.js';
import { packJson, unpackJson } from './zstd-json.js';

/**
 * Headers, packed chunks and the slice lists of each apply round. The header's key is unique: the first insert wins. An
 * edit of a round's slices and its seal write the same document, so that no edit slips behind the seal.
 */
export class MongoSettlementStore extends SettlementStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async putChunk(
    tenantId: TenantId,
    syncId: SyncId,
    attempt: string,
    index: number,
    chunk: SettlementChunk,
  ): Promise<void> {
    const _id = key(tenantId, syncId, attempt, index);
    const { first, rest } = cutBody(packJson(chunk));
    const ids = restIds(_id, rest.length);
    await this.connection.run(async () => {
      for (const [part, body] of rest.entries()) {
        await this.chunksCollection.replaceOne({ _id: ids[part] ?? '' }, { body }, { upsert: true });
      }
      await this.chunksCollection.replaceOne({ _id }, { body: first, rest: rest.length }, { upsert: true });
    });
  }

  /**
   * Throws `StaleClaimError` when a header of a higher claim is there. The same attempt's header may come again; the
   * chunks of other attempts go after the header is durable, now or then.
   */
  override async putHeader(tenantId: TenantId, syncId: SyncId, header: SettlementHeader): Promise<'written' | 'taken'> {
    const { attempt, claim } = header;
    const _id = key(tenantId, syncId);
    return this.connection.run(async () => {
      try {
        await this.headersCollection.insertOne({ _id, attempt, claim, body: JSON.stringify(header) });
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const present = await this.headersCollection.findOne({ _id });
        if (present?.attempt !== attempt) {
          if (present !== null && claim < present.claim) {
            throw new StaleClaimError('claimStale', `sync ${syncId} was settled under a higher claim`, {
              syncId,
              claim,
            });
          }
          return 'taken';
        }
      }
      const own = keysUnder([tenantId, syncId, attempt]);
      const all = keysUnder([tenantId, syncId]);
      await this.chunksCollection.deleteMany({
        $or: [{ _id: { $gt: all.$gt, $lte: own.$gt } }, { _id: { $gte: own.$lt, $lt: all.$lt } }],
      });
      return 'written';
    });
  }

  override async header(tenantId: TenantId, syncId: SyncId): Promise<SettlementHeader | null> {
    return this.connection.run(async () => {
      const found = await this.headersCollection.findOne({ _id: key(tenantId, syncId) });
      return found === null ? null : (JSON.parse(found.body) as SettlementHeader);
    });
  }

  override async chunk(
    tenantId: TenantId,
    syncId: SyncId,
    attempt: string,
    index: number,
  ): Promise<SettlementChunk | null> {
    return this.connection.run(async () => {
      const _id = key(tenantId, syncId, attempt, index);
      const found = await this.chunksCollection.findOne({ _id });
      if (found === null) return null;
      const { body, rest = 0 } = found;
      const parts = rest === 0 ? [] : await this.chunksCollection.find({ _id: { $in: restIds(_id, rest) } }).toArray();
      const restById = new Map(parts.map((part) => [part._id, part.body]));
      return unpackJson(joinBody(_id, body, rest, restById)) as SettlementChunk;
    });
  }

  /** Does nothing once the round is sealed. */
  override async putSlices(
    tenantId: TenantId,
    syncId: SyncId,
    round: number,
    fromIndex: number,
    slices: readonly Slice[],
  ): Promise<void> {
    const _id = key(tenantId, syncId, round);
    await this.connection.transaction(async (session) => {
      const present = await this.roundsCollection.findOneAndUpdate(
        { _id },
        { $inc: { edits: 1 }, $setOnInsert: { slices: null, cutAt: null, finished: false } },
        { upsert: true, session },
      );
      if (present !== null && present.slices !== null) return;
      await this.slicesCollection.deleteMany({ _id: keysBetween([_id], fromIndex) }, { session });
      if (slices.length === 0) return;
      await this.slicesCollection.insertMany(
        slices.map((slice, index) => ({ _id: key(_id, fromIndex + index), body: JSON.stringify(slice) })),
        { session },
      );
    });
  }

  override async sealSlices(tenantId: TenantId, syncId: SyncId, round: number, slices: number): Promise<void> {
    const _id = key(tenantId, syncId, round);
    await this.connection.transaction(async (session) => {
      const present = await this.roundsCollection.findOne({ _id }, { session });
      if (present !== null && present.slices !== null) return;
      await this.roundsCollection.updateOne(
        { _id },
        { $set: { slices }, $inc: { edits: 1 }, $setOnInsert: { cutAt: null, finished: false } },
        { upsert: true, session },
      );
      await this.slicesCollection.deleteMany({ _id: keysBetween([_id], slices) }, { session });
    });
  }

  /** Null until the round is sealed. */
  override async sliceList(tenantId: TenantId, syncId: SyncId, round: number): Promise<SliceList | null> {
    return this.connection.run(async () => {
      const found = await this.roundsCollection.findOne({ _id: key(tenantId, syncId, round) });
      if (found === null || found.slices === null) return null;
      return { round, slices: found.slices, cutAt: found.cutAt, finished: found.finished };
    });
  }

  override async slice(tenantId: TenantId, syncId: SyncId, round: number, index: number): Promise<Slice | null> {
    return this.connection.run(async () => {
      const found = await this.slicesCollection.findOne({ _id: key(tenantId, syncId, round, index) });
      return found === null ? null : (JSON.parse(found.body) as Slice);
    });
  }

  /** Only a sealed round can be cut. */
  override async cutSlices(tenantId: TenantId, syncId: SyncId, round: number, at: number): Promise<void> {
    await this.connection.run(() =>
      this.roundsCollection.updateOne(
        { _id: key(tenantId, syncId, round), slices: { $ne: null }, cutAt: null },
        { $set: { cutAt: at } },
      ),
    );
  }

  override async finishRound(tenantId: TenantId, syncId: SyncId, round: number): Promise<void> {
    await this.connection.run(() =>
      this.roundsCollection.updateOne({ _id: key(tenantId, syncId, round) }, { $set: { finished: true } }),
    );
  }

  private get chunksCollection() {
    return this.connection.collection(settlementChunks);
  }

  private get headersCollection() {
    return this.connection.collection(settlements);
  }

  private get roundsCollection() {
    return this.connection.collection(settlementRounds);
  }

  private get slicesCollection() {
    return this.connection.collection(settlementSlices);
  }
}
