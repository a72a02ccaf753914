import { Injectable } from '@nestjs/common';
import { RejectedRecordError, type Sync, type SyncId, SyncStore, type TenantId } from '#core';

const kept = 50;

/** Syncs as they were queued: what decides a mapping never changes. Their states are not to be read from here. */
@Injectable()
export class SyncCache {
  private readonly entries = new Map<SyncId, Sync>();

  constructor(private readonly syncs: SyncStore) {}

  /** @throws RejectedRecordError `unknownSync` */
  async get(tenantId: TenantId, id: SyncId): Promise<Sync> {
    const known = this.entries.get(id);
    if (known !== undefined) return known;
    const sync = await this.syncs.sync(tenantId, id);
    if (sync === null) throw new RejectedRecordError('unknownSync', `sync ${id} is not known`, { syncId: id });
    this.entries.set(id, sync);
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= kept) break;
      this.entries.delete(oldest);
    }
    return sync;
  }
}
