import type { mongo } from 'mongoose';
import type {
  Approval,
  IntegrationId,
  Manifest,
  OpenSync,
  Sync,
  SyncFilter,
  SyncId,
  SyncOutline,
  SyncPatch,
  SyncState,
  TenantId,
} from '#core';
import { FatalError, SyncStore, endStates, hasEnded } from '#core';
import { key, keysUnder } from './keys.js';
import { lineOfChanges, logSyncChange } from './log-sync-change.js';
import type { MongoConnection } from './mongo-connection.js';
import { outcomePages } from './schemas/outcomes.js';
import { snapshots } from './schemas/snapshots.js';
import { counters, type FixedParts, syncApprovals, syncs, type SyncDocument } from './schemas/syncs.js';
import { insertSync, toOpenSync, toSync } from './sync-document.js';
import { takeTurn } from './turns.js';

/** The last stage of every update: what follows from state, round and approvals. */
const derive = [
  { $set: { ended: { $in: ['$state', endStates] } } },
  { $set: { open: { $or: [{ $not: ['$ended'] }, { $gt: ['$lastApproval', '$round'] }] } } },
];

/** What the log of changes is told of. */
const changeProjection = { tenantId: 1, id: 1, integrationId: 1, mode: 1, trigger: 1, state: 1 };

/** Values as they are: a text that begins with `$` is no path. */
function literally(values: object): Record<string, { $literal: unknown }> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]: [string, unknown]) => [name, { $literal: value }]));
}

/** Pages of a sync with people whom it holds for missing and nobody let go: such a sync is no measure for the next. */
const refused = [
  {
    $match: {
      $or: ['held', 'rejected', 'superseded'].map((state) => ({
        [`counts.deprovisioned:missingFromSnapshot:${state}`]: { $gt: 0 },
      })),
    },
  },
  { $limit: 1 },
];

/**
 * Syncs, a document each. A move is one update that derives `ended` and `open` anew; one to another state is a transaction
 * with its entry in the log of changes. So is what looks at several syncs (a generation, the pipeline, superseding, a round).
 */
export class MongoSyncStore extends SyncStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async queue(sync: Omit<Sync, 'generation'>): Promise<number> {
    return this.connection.transaction(
      async (session) => insertSync(this.connection, session, sync),
      lineOfChanges(sync.tenantId),
    );
  }

  override async sync(tenantId: TenantId, id: SyncId): Promise<Sync | null> {
    return this.connection.run(async () => {
      const found = await this.syncsCollection.findOne({ _id: key(tenantId, id) });
      return found === null ? null : toSync(found);
    });
  }

  override async byIds(tenantId: TenantId, ids: readonly SyncId[]): Promise<Map<SyncId, Sync>> {
    return this.connection.run(async () => {
      const found = await this.syncsCollection.find({ _id: { $in: ids.map((id) => key(tenantId, id)) } }).toArray();
      return new Map(found.map(toSync).map((sync) => [sync.id, sync]));
    });
  }

  /** One integration's syncs were queued in order of generation, by which its index finds them. */
  override async syncs(tenantId: TenantId, filter: SyncFilter, after: SyncId | null, limit: number): Promise<Sync[]> {
    const { from, to, afterGeneration, session, foldSessions, ...equal } = filter;
    const place = filter.integrationId === undefined ? 'order' : 'generation';
    return this.connection.run(async () => {
      const query: mongo.Filter<SyncDocument> = { tenantId, ...equal };
      if (session !== undefined) query.sessionId = session;
      if (foldSessions === true) query.folded = { $ne: true };
      if (afterGeneration !== undefined) query.generation = { $gt: afterGeneration };
      if (from !== undefined || to !== undefined) {
        query.createdAt = { ...(from === undefined ? {} : { $gte: from }), ...(to === undefined ? {} : { $lt: to }) };
      }
      if (after !== null) {
        const { integrationId } = filter;
        const last = await this.syncsCollection.findOne(
          { _id: key(tenantId, after), ...(integrationId === undefined ? {} : { integrationId }) },
          { projection: { [place]: 1 } },
        );
        if (last === null) return [];
        query.$and = [{ [place]: { $lt: last[place] } }];
      }
      const found = await this.syncsCollection
        .find(query)
        .sort({ [place]: -1 })
        .limit(limit)
        .toArray();
      return found.map(toSync);
    });
  }

  override async outlines(
    tenantId: TenantId,
    integrationId: IntegrationId,
    after: SyncId | null,
    limit: number,
  ): Promise<SyncOutline[]> {
    return this.connection.run(async () => {
      const of = { tenantId, integrationId };
      const last =
        after === null
          ? null
          : await this.syncsCollection.findOne({ _id: key(tenantId, after), ...of }, { projection: { generation: 1 } });
      if (after !== null && last === null) return [];
      const found = await this.syncsCollection
        .find(
          { ...of, trigger: { $ne: 'edit' }, ...(last === null ? {} : { generation: { $lt: last.generation } }) },
          { projection: { id: 1, mode: 1, trigger: 1, state: 1, createdAt: 1, snapshot: 1 } },
        )
        .sort({ generation: -1 })
        .limit(limit)
        .toArray();
      const mayBeWhole = found.filter(
        ({ trigger, state }) =>
          trigger !== 'push' && trigger !== 'undo' && hasEnded(state) && state !== 'failed' && state !== 'cancelled',
      );
      const [whole, records] = await Promise.all([
        this.wholeSnapshots(mayBeWhole.map(({ snapshot }) => snapshot)),
        this.plannedRecords(found.map(({ _id }) => _id)),
      ]);
      const candidates = new Set(mayBeWhole);
      return found.map((sync) => ({
        id: sync.id,
        mode: sync.mode,
        trigger: sync.trigger,
        state: sync.state,
        createdAt: sync.createdAt,
        isWhole: candidates.has(sync) && whole.has(sync.snapshot),
        records: records.get(sync._id) ?? 0,
      }));
    });
  }

  /** Of these snapshots, those that are full and complete. */
  private async wholeSnapshots(keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set();
    const found = await this.connection
      .collection(snapshots)
      .find({ _id: { $in: [...new Set(keys)] }, extent: 'full', wholeness: 'complete' }, { projection: { _id: 1 } })
      .toArray();
    return new Set(found.map(({ _id }) => _id));
  }

  /** How many records of each of these syncs are planned, as their pages' index tells. */
  private async plannedRecords(keys: readonly string[]): Promise<Map<string, number>> {
    const found = await this.connection
      .collection(outcomePages)
      .aggregate<{ _id: string; records: number }>(
        [
          { $match: { sync: { $in: [...keys] } } },
          { $project: { _id: 0, sync: 1, records: 1 } },
          { $group: { _id: '$sync', records: { $sum: '$records' } } },
        ],
        { hint: 'progress' },
      )
      .toArray();
    return new Map(found.map(({ _id, records }) => [_id, records]));
  }

  override async open(of?: Pick<Sync, 'tenantId' | 'integrationId'>): Promise<OpenSync[]> {
    const whose = of === undefined ? {} : { tenantId: of.tenantId, integrationId: of.integrationId };
    return this.connection.run(async () => {
      const found = await this.syncsCollection
        .find({ ...whose, open: true }, { projection: { frozen: 0 } })
        .sort({ order: 1 })
        .toArray();
      return found.map(toOpenSync);
    });
  }

  /** A sync that reaches an end leaves the pipeline, whatever the patch says. */
  override async move(
    tenantId: TenantId,
    id: SyncId,
    from: SyncState,
    to: SyncState,
    patch: SyncPatch,
  ): Promise<boolean> {
    const left: SyncPatch = from !== to && hasEnded(to) ? { inPipeline: false } : {};
    const condition = { _id: key(tenantId, id), state: from };
    const update = [{ $set: literally({ ...patch, ...left, state: to }) }, ...derive];
    if (from === to) {
      return this.connection.run(
        async () => (await this.syncsCollection.updateOne(condition, update)).matchedCount === 1,
      );
    }
    return this.connection.transaction(async (session) => {
      const moved = await this.syncsCollection.findOneAndUpdate(condition, update, {
        session,
        returnDocument: 'after',
        projection: changeProjection,
      });
      if (moved !== null) await logSyncChange(this.connection, session, moved);
      return moved !== null;
    }, lineOfChanges(tenantId));
  }

  /**
   * A sync that has ended is let in anew only past the same question: an approval waits for the live sync in work. Those
   * who ask for one integration at once write its counter, so that one of them asks again and sees the other.
   */
  override async enterPipeline(tenantId: TenantId, id: SyncId): Promise<boolean> {
    const _id = key(tenantId, id);
    return this.connection.transaction(async (session) => {
      const sync = await this.syncsCollection.findOne({ _id }, { session });
      if (sync === null) return false;
      if (sync.inPipeline && !sync.ended) return true;
      let turn = 0;
      if (sync.mode === 'live') {
        const { integrationId } = sync;
        await this.connection
          .collection(counters)
          .updateOne({ _id: key(tenantId, integrationId) }, { $inc: { asked: 1 } }, { session });
        const other = await this.syncsCollection.findOne(
          { tenantId, integrationId, _id: { $ne: _id }, inPipeline: true, open: true, mode: 'live' },
          { session, projection: { _id: 1 } },
        );
        if (other !== null) return false;
        turn = await takeTurn(this.connection, session, tenantId, integrationId);
      }
      await this.syncsCollection.updateOne({ _id }, { $set: { inPipeline: true, turn } }, { session });
      return true;
    });
  }

  override async requestCancel(tenantId: TenantId, id: SyncId): Promise<boolean> {
    return this.connection.run(async () => {
      const { matchedCount } = await this.syncsCollection.updateOne(
        { _id: key(tenantId, id), ended: false },
        { $set: { cancelRequested: true } },
      );
      return matchedCount === 1;
    });
  }

  /** Only syncs that have ended are marked; one that still waits for a word becomes `completed` or `incomplete`. */
  override async supersedeOlder(by: Sync): Promise<void> {
    const older: mongo.Filter<SyncDocument> = {
      tenantId: by.tenantId,
      integrationId: by.integrationId,
      generation: { $lt: by.generation },
      ended: true,
      supersededBy: null,
      $nor: [{ trigger: 'undo', open: true }],
    };
    await this.connection.transaction(async (session) => {
      const waiting = await this.syncsCollection
        .find({ ...older, state: 'awaitingApproval' }, { session, projection: { ...changeProjection, snapshot: 1 } })
        .toArray();
      const cut = await this.connection
        .collection(snapshots)
        .find(
          { _id: { $in: waiting.map((sync) => sync.snapshot) }, wholeness: { $in: ['truncated', 'failed'] } },
          { session, projection: { _id: 1 } },
        )
        .toArray();
      const cutSnapshots = new Set(cut.map((head) => head._id));
      const supersede = async (filter: mongo.Filter<SyncDocument>, state?: SyncState): Promise<void> => {
        await this.syncsCollection.updateMany(
          { ...older, ...filter },
          { $set: { supersededBy: by.id, ...(state === undefined ? {} : { state }) } },
          { session },
        );
      };
      const cutSyncs = waiting.filter((sync) => cutSnapshots.has(sync.snapshot)).map((sync) => sync._id);
      await supersede({ _id: { $in: cutSyncs } }, 'incomplete');
      await supersede({ state: 'awaitingApproval' }, 'completed');
      await supersede({});
      for (const sync of waiting) {
        const state = cutSnapshots.has(sync.snapshot) ? 'incomplete' : 'completed';
        await logSyncChange(this.connection, session, { ...sync, state });
      }
    }, lineOfChanges(by.tenantId));
  }

  /** Throws `FatalError` `unknownSync`. */
  override async addApproval(tenantId: TenantId, id: SyncId, approval: Omit<Approval, 'round'>): Promise<number> {
    return this.connection.transaction(async (session) => {
      const sync = await this.syncsCollection.findOneAndUpdate(
        { _id: key(tenantId, id) },
        [{ $set: { lastApproval: { $add: [{ $max: ['$round', '$lastApproval', 0] }, 1] } } }, ...derive],
        { session, returnDocument: 'after', projection: { lastApproval: 1 } },
      );
      if (sync === null) throw new FatalError('unknownSync', `there is no sync ${id}`, { syncId: id });
      const stored: Approval = { ...approval, round: sync.lastApproval };
      await this.connection
        .collection(syncApprovals)
        .insertOne({ _id: key(tenantId, id, stored.round), body: JSON.stringify(stored) }, { session });
      return stored.round;
    });
  }

  /** In order of round. */
  override async approvals(tenantId: TenantId, id: SyncId): Promise<Approval[]> {
    return this.connection.run(async () => {
      const found = await this.connection
        .collection(syncApprovals)
        .find({ _id: keysUnder([tenantId, id]) })
        .sort({ _id: 1 })
        .toArray();
      return found.map(({ body }) => JSON.parse(body) as Approval);
    });
  }

  override async lastAccepted(
    tenantId: TenantId,
    integrationId: IntegrationId,
    beforeGeneration: number,
  ): Promise<Manifest | null> {
    const [found] = await this.withWholeSnapshot<{ head: { manifest: string } }>(
      { tenantId, integrationId, generation: { $lt: beforeGeneration }, state: 'completed', mode: 'live' },
      [{ $project: { 'head.manifest': 1 } }],
      [
        {
          $lookup: {
            from: outcomePages.name,
            localField: '_id',
            foreignField: 'sync',
            pipeline: refused,
            as: 'refused',
          },
        },
        { $match: { refused: { $size: 0 } } },
      ],
    );
    return found === undefined ? null : (JSON.parse(found.head.manifest) as Manifest);
  }

  override async newestCompleteSnapshot(tenantId: TenantId, integrationId: IntegrationId): Promise<SyncId | null> {
    const [found] = await this.withWholeSnapshot<{ id: SyncId }>(
      { tenantId, integrationId, $expr: { $eq: ['$snapshotOf', '$id'] } },
      [{ $project: { id: 1 } }],
    );
    return found?.id ?? null;
  }

  /** Whom a sync is about stands in its fixed parts: the newest ones are looked through until one is about everybody. */
  override async lastGoodEnd(tenantId: TenantId, integrationId: IntegrationId): Promise<string | null> {
    return this.connection.run(async () => {
      const completed = this.syncsCollection
        .find(
          {
            tenantId,
            integrationId,
            mode: 'live',
            state: 'completed',
            trigger: { $nin: ['edit', 'undo', 'push'] },
            $expr: { $eq: ['$snapshotOf', '$id'] },
          },
          { projection: { endedAt: 1, fixed: 1 }, batchSize: 5 },
        )
        .sort({ generation: -1 });
      for await (const { endedAt, fixed } of completed) {
        const { person, failedOf = null } = JSON.parse(fixed) as Partial<FixedParts>;
        if (person === null && failedOf === null) return endedAt;
      }
      return null;
    });
  }

  /** What stands in texts is read one sync after the other, from the newest on. */
  override async hasDryPlan(tenantId: TenantId, integrationId: IntegrationId): Promise<boolean> {
    return this.connection.run(async () => {
      const completed = this.syncsCollection.aggregate<SyncDocument & { head: { manifest: string } }>(
        [
          {
            $match: {
              tenantId,
              integrationId,
              mode: 'dry',
              state: 'completed',
              trigger: { $nin: ['edit', 'undo', 'push'] },
            },
          },
          { $sort: { generation: -1 } },
          { $lookup: { from: snapshots.name, localField: 'snapshot', foreignField: '_id', as: 'head' } },
          { $unwind: '$head' },
        ],
        { batchSize: 5 },
      );
      for await (const found of completed) {
        const { person, failedOf, frozen } = toSync(found);
        if (person !== null || failedOf !== null || frozen.mapping === null) continue;
        if ((JSON.parse(found.head.manifest) as Manifest).records > 0) return true;
      }
      return false;
    });
  }

  /** Open syncs, the snapshots they read, and the syncs they undo or whose failed records they read are among them. */
  override async keptByRetention(): Promise<SyncId[]> {
    const open = await this.open();
    return this.connection.run(async () => {
      const waiting = await this.syncsCollection
        .find({ state: 'awaitingApproval', supersededBy: null }, { projection: { id: 1, snapshotOf: 1 } })
        .toArray();
      // A snapshot has the key of the sync that made it.
      const newest = await this.connection
        .collection(snapshots)
        .aggregate<{ id: SyncId }>([
          { $match: { wholeness: 'complete', extent: 'full' } },
          { $project: { _id: 1 } },
          { $lookup: { from: syncs.name, localField: '_id', foreignField: '_id', as: 'sync' } },
          { $unwind: '$sync' },
          { $sort: { 'sync.generation': -1 } },
          {
            $group: {
              _id: { tenantId: '$sync.tenantId', integrationId: '$sync.integrationId' },
              id: { $first: '$sync.id' },
            },
          },
        ])
        .toArray();
      const kept = new Set([...open, ...waiting].flatMap((sync) => [sync.id, sync.snapshotOf]));
      for (const { undo } of open) if (undo !== null) kept.add(undo.syncId);
      const failedOf = open.flatMap((sync) => (sync.failedOf === null ? [] : [key(sync.tenantId, sync.failedOf)]));
      const rerun = await this.syncsCollection
        .find({ _id: { $in: failedOf } }, { projection: { id: 1, snapshotOf: 1 } })
        .toArray();
      for (const { id, snapshotOf } of rerun) kept.add(id).add(snapshotOf);
      for (const { id } of newest) kept.add(id);
      return [...kept].sort();
    });
  }

  /** The newest sync of an integration that fits and whose snapshot is full and complete, after these stages. */
  private async withWholeSnapshot<Found extends object>(
    filter: mongo.Filter<SyncDocument>,
    stages: object[],
    conditions: object[] = [],
  ): Promise<Found[]> {
    return this.connection.run(() =>
      this.syncsCollection
        .aggregate<Found>([
          { $match: filter },
          { $sort: { generation: -1 } },
          { $lookup: { from: snapshots.name, localField: 'snapshot', foreignField: '_id', as: 'head' } },
          { $unwind: '$head' },
          { $match: { 'head.extent': 'full', 'head.wholeness': 'complete' } },
          ...conditions,
          { $limit: 1 },
          ...stages,
        ])
        .toArray(),
    );
  }

  private get syncsCollection() {
    return this.connection.collection(syncs);
  }
}
