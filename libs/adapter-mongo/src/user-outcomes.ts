import type { mongo } from 'mongoose';
import {
  type EffectiveOutcome,
  namesUser,
  type OutcomePlace,
  type OutcomeRow,
  rank,
  type SyncId,
  type TenantId,
  type UserId,
} from '#core';
import { key, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { OutcomeReader } from './outcome-reader.js';
import { toOutcome, type RankedRow } from './outcome-states.js';
import { outcomeExceptions, outcomePages, userOutcomes, type UserOutcomeDocument } from './schemas/outcomes.js';
import { syncs } from './schemas/syncs.js';

/** Pages whose bodies are unpacked together. */
const pagesPerStep = 8;

interface NotedPlace extends OutcomePlace {
  page: number;
}

/** Where a user's outcomes are, in one tenant; in the order in which their syncs were queued. */
export class UserOutcomes {
  constructor(
    private readonly connection: MongoConnection,
    private readonly tenantId: TenantId,
  ) {}

  /** Notes rows of a page under their users, in the transaction that stores the page: none of them is noted yet. */
  async noteNew(
    syncId: SyncId,
    page: number,
    rows: readonly OutcomeRow[],
    session: mongo.ClientSession,
  ): Promise<void> {
    const naming = rows.filter(namesUser);
    if (naming.length === 0) return;
    const order = await this.orderOf(syncId, session);
    const documents = naming.map(({ userId, seq }) => ({ _id: key(this.tenantId, userId, order, seq), syncId, page }));
    await this.collection.insertMany(documents, { session, ordered: false });
  }

  /** Notes rows under their users, in the transaction that stores them. What is noted stays. */
  async note(
    syncId: SyncId,
    rows: readonly (OutcomeRow & { page: number })[],
    session: mongo.ClientSession,
  ): Promise<void> {
    const naming = rows.filter(namesUser);
    if (naming.length === 0) return;
    const order = await this.orderOf(syncId, session);
    const operations = naming.map(({ userId, seq, page }) => ({
      updateOne: {
        filter: { _id: key(this.tenantId, userId, order, seq) },
        update: { $setOnInsert: { syncId, page } },
        upsert: true,
      },
    }));
    await this.collection.bulkWrite(operations, { session, ordered: false });
  }

  /** Newest sync first, after one. */
  async list(userId: UserId, after: OutcomePlace | null, limit: number): Promise<NotedPlace[]> {
    const range: { $gt: string; $lt: string } = keysUnder([this.tenantId, userId]);
    if (after !== null) range.$lt = key(this.tenantId, userId, await this.orderOf(after.syncId), after.seq);
    const found = await this.collection.find({ _id: range }).sort({ _id: -1 }).limit(limit).toArray();
    return found.map(({ _id, syncId, page }) => ({ syncId, page, seq: Number(_id.slice(_id.lastIndexOf(':') + 1)) }));
  }

  /** What stands at these places, of whichever syncs; places without a row are left out. In a fixed number of questions. */
  async read(places: readonly NotedPlace[]): Promise<EffectiveOutcome[]> {
    if (places.length === 0) return [];
    const { tenantId } = this;
    const pageIds = [...new Set(places.map(({ syncId, page }) => key(tenantId, syncId, page)))];
    const syncIds = [...new Set(places.map(({ syncId }) => syncId))];
    const [pages, superseded, rows] = await Promise.all([
      this.connection
        .collection(outcomePages)
        .find({ _id: { $in: pageIds } })
        .toArray(),
      this.connection
        .collection(syncs)
        .find(
          { _id: { $in: syncIds.map((id) => key(tenantId, id)) }, supersededBy: { $ne: null } },
          { projection: { id: 1 } },
        )
        .toArray(),
      this.exceptions(places),
    ]);
    const statuses = new Map(pages.map((page) => [page._id, page]));
    const gone = new Set(superseded.map(({ id }) => id));
    const open = places.filter(({ syncId, seq }) => !rows.has(key(syncId, seq)));
    await this.readPlanned(open, rows);
    return places.flatMap(({ syncId, seq }) => {
      const row = rows.get(key(syncId, seq));
      if (row === undefined) return [];
      return [toOutcome(syncId, row, statuses.get(key(tenantId, syncId, row.page)) ?? null, gone.has(syncId))];
    });
  }

  /** Forgets a sync's rows; they are read from where they lie, and must still be there. */
  async forget(syncId: SyncId): Promise<void> {
    const order = await this.orderOf(syncId);
    const reader = new OutcomeReader(this.connection, key(this.tenantId, syncId));
    for (const page of await reader.pages()) {
      const kinds = Object.keys(page.counts).filter((name) => !/^(created:|skipped:unchanged:)/.test(name));
      if (kinds.length === 0 && page.exceptions === 0) continue;
      const rows = [...(await reader.planned([page])), ...(await reader.effective([page]))];
      const ids = rows.flatMap(({ row }) => (namesUser(row) ? [key(this.tenantId, row.userId, order, row.seq)] : []));
      if (ids.length > 0) await this.collection.deleteMany({ _id: { $in: ids } });
    }
  }

  private async exceptions(places: readonly NotedPlace[]): Promise<Map<string, RankedRow>> {
    const ids = places.flatMap(({ syncId, seq }) =>
      [rank.settled, rank.ended].map((height) => key(this.tenantId, syncId, seq, height)),
    );
    const found = await this.connection
      .collection(outcomeExceptions)
      .find({ _id: { $in: ids } })
      .sort({ _id: 1 })
      .toArray();
    return new Map(
      found.map(({ _id, page, rank: height, body }) => {
        const row = JSON.parse(body) as OutcomeRow;
        const [, syncId = ''] = _id.split(':');
        return [key(syncId, row.seq), { row, page, rank: height }];
      }),
    );
  }

  private async readPlanned(places: readonly NotedPlace[], into: Map<string, RankedRow>): Promise<void> {
    const wanted = new Map<string, NotedPlace[]>();
    for (const place of places) {
      const id = key(this.tenantId, place.syncId, place.page);
      wanted.set(id, [...(wanted.get(id) ?? []), place]);
    }
    const ids = [...wanted.keys()];
    const reader = new OutcomeReader(this.connection, this.tenantId);
    for (let from = 0; from < ids.length; from += pagesPerStep) {
      for (const [id, rows] of await reader.bodies(ids.slice(from, from + pagesPerStep))) {
        for (const { syncId, seq, page } of wanted.get(id) ?? []) {
          const row = rows.find((one) => one.seq === seq);
          if (row !== undefined) into.set(key(syncId, seq), { row, page, rank: rank.planned });
        }
      }
    }
  }

  private async orderOf(syncId: SyncId, session?: mongo.ClientSession): Promise<number> {
    const found = await this.connection
      .collection(syncs)
      .findOne(
        { _id: key(this.tenantId, syncId) },
        { projection: { order: 1 }, ...(session === undefined ? {} : { session }) },
      );
    return found?.order ?? 0;
  }

  private get collection(): mongo.Collection<UserOutcomeDocument> {
    return this.connection.collection(userOutcomes);
  }
}
