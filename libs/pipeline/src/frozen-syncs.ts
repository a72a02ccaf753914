import { RejectedRecordError, type Sync, type SyncId, type SyncStore, type TenantId } from '#core';

const kept = 50;

/** What a stage makes of syncs' frozen settings, which never change: made once, kept for the last few. */
export class FrozenSyncs<Made> {
  private readonly entries = new Map<SyncId, { tenantId: TenantId; made: Made }>();

  constructor(
    private readonly syncs: SyncStore,
    private readonly make: (sync: Sync) => Made,
  ) {}

  /** @throws RejectedRecordError `unknownSync`: also of a sync that another tenant has. */
  async get(tenantId: TenantId, id: SyncId): Promise<Made> {
    const known = this.entries.get(id);
    if (known?.tenantId === tenantId) return known.made;
    const sync = await this.syncs.sync(tenantId, id);
    if (sync === null) throw new RejectedRecordError('unknownSync', `sync ${id} is not known`, { syncId: id });
    const made = this.make(sync);
    this.entries.set(id, { tenantId, made });
    for (const oldest of this.entries.keys()) {
      if (this.entries.size <= kept) break;
      this.entries.delete(oldest);
    }
    return made;
  }
}
