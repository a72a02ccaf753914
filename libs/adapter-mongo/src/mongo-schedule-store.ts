import {
  ScheduleStore,
  type DueRun,
  type EndedRun,
  type Integration,
  type IntegrationId,
  type ScheduleState,
  type Sync,
  type SyncId,
  type TenantId,
} from '#core';
import { toIntegration } from './integration-document.js';
import { key } from './keys.js';
import { lineOfChanges } from './log-sync-change.js';
import type { MongoConnection } from './mongo-connection.js';
import { scheduleBodyOf, toScheduleState } from './schemas/schedules.js';
import { integrations, type IntegrationDocument } from './schemas/settings.js';
import { syncs, type SyncDocument } from './schemas/syncs.js';
import { insertSync, toSync } from './sync-document.js';

/** Where schedules stand: fields of the integrations' documents, moved by compare-and-set on their version. */
export class MongoScheduleStore extends ScheduleStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async due(at: string, limit: number): Promise<DueRun[]> {
    return this.connection.run(async () => {
      const found = await this.integrations
        .find({ dueAt: { $type: 'string', $lte: at } }, { projection: { sealedSecrets: 0 } })
        .sort({ dueAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      const due = found.map((document) => ({ integration: toIntegration(document), state: toScheduleState(document) }));
      const predecessors = await this.predecessors(due.map(({ integration }) => integration));
      return due.map((run) => ({
        ...run,
        predecessor: predecessors.get(key(run.integration.tenantId, run.integration.id)) ?? null,
      }));
    });
  }

  override async ended(limit: number): Promise<EndedRun[]> {
    return this.connection.run(async () => {
      const found = await this.integrations
        .aggregate<IntegrationDocument & { sync: SyncDocument }>([
          { $match: { awaiting: { $type: 'string' } } },
          { $project: { sealedSecrets: 0 } },
          {
            $lookup: {
              from: syncs.name,
              localField: 'awaiting',
              foreignField: '_id',
              pipeline: [{ $match: { ended: true } }],
              as: 'sync',
            },
          },
          { $unwind: '$sync' },
          { $limit: limit },
        ])
        .toArray();
      return found.map(({ sync, ...document }) => ({
        integration: toIntegration(document),
        state: toScheduleState(document),
        sync: toSync(sync),
      }));
    });
  }

  override async states(tenantId: TenantId, ids: readonly IntegrationId[]): Promise<Map<IntegrationId, ScheduleState>> {
    const idOf = new Map(ids.map((id) => [key(tenantId, id), id]));
    return this.connection.run(async () => {
      const found = await this.integrations
        .find({ _id: { $in: [...idOf.keys()] } }, { projection: { sealedSecrets: 0, body: 0 } })
        .toArray();
      const states = new Map<IntegrationId, ScheduleState>();
      for (const document of found) {
        const id = idOf.get(document._id);
        if (id !== undefined) states.set(id, toScheduleState(document));
      }
      return states;
    });
  }

  override async move(
    tenantId: TenantId,
    id: IntegrationId,
    version: number,
    to: Omit<ScheduleState, 'version'>,
    sync: Omit<Sync, 'generation'> | null,
  ): Promise<boolean> {
    return this.connection.transaction(async (session) => {
      // A document without a version is as good as one of version 0.
      const older = version === 0 ? [{ scheduleVersion: { $exists: false } }] : [];
      const { matchedCount } = await this.integrations.updateOne(
        { _id: key(tenantId, id), $or: [{ scheduleVersion: version }, ...older] },
        {
          $set: {
            dueAt: to.nextRunAt,
            awaiting: to.awaiting === null ? null : key(tenantId, to.awaiting),
            schedule: scheduleBodyOf(to),
            scheduleVersion: version + 1,
          },
        },
        { session },
      );
      if (matchedCount === 0) return false;
      if (sync !== null) await insertSync(this.connection, session, sync);
      return true;
    }, lineOfChanges(tenantId));
  }

  /** The oldest sync in the way of each, by the integration's key. Edits by hand and pushes are over in a second. */
  private async predecessors(of: readonly Integration[]): Promise<Map<string, SyncId>> {
    const found = await this.connection
      .collection(syncs)
      .find({
        open: true,
        tenantId: { $in: of.map(({ tenantId }) => tenantId) },
        integrationId: { $in: of.map(({ id }) => id) },
        trigger: { $nin: ['edit', 'push'] },
        $or: [{ mode: 'live' }, { trigger: 'schedule' }, { ended: true }],
      })
      .project<{ id: SyncId; tenantId: TenantId; integrationId: IntegrationId }>({
        id: 1,
        tenantId: 1,
        integrationId: 1,
      })
      .sort({ order: -1 })
      .toArray();
    return new Map(found.map(({ id, tenantId, integrationId }) => [key(tenantId, integrationId), id]));
  }

  private get integrations() {
    return this.connection.collection(integrations);
  }
}
