import { type SyncChange, SyncChangeLog, type SyncId, type TenantId } from '#core';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { counters } from './schemas/syncs.js';
import { syncChanges } from './schemas/sync-changes.js';

export class MongoSyncChangeLog extends SyncChangeLog {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async changes(tenantId: TenantId, after: number, limit: number, syncId?: SyncId): Promise<SyncChange[]> {
    return this.connection.run(() =>
      this.log
        .find({ tenantId, ...(syncId === undefined ? {} : { syncId }), no: { $gt: after } })
        .project<SyncChange>({ _id: 0, tenantId: 0 })
        .sort({ no: 1 })
        .limit(limit)
        .toArray(),
    );
  }

  override async last(tenantId: TenantId): Promise<number> {
    return this.connection.run(async () => {
      const counter = await this.connection.collection(counters).findOne({ _id: key(tenantId, 'changes') });
      return counter?.value ?? 0;
    });
  }

  /** Numbers come from a counter, but the last change stays as it does elsewhere: both engines show the same. */
  override async deleteBefore(instant: string): Promise<void> {
    await this.connection.run(async () => {
      const old = await this.log.distinct('tenantId', { at: { $lt: instant } });
      for (const tenantId of old) {
        const no = await this.last(tenantId);
        await this.log.deleteMany({ tenantId, at: { $lt: instant }, no: { $lt: no } });
      }
    });
  }

  private get log() {
    return this.connection.collection(syncChanges);
  }
}
