import type { IntegrationId, SyncId, TenantId } from '../ids.js';
import type { SyncMode, SyncState } from '../sync.js';

/** A sync has come to a state. */
export interface SyncChange {
  /** Its place among all changes of the tenant: 1, 2, … without a gap. */
  no: number;
  syncId: SyncId;
  integrationId: IntegrationId;
  mode: SyncMode;
  state: SyncState;
  at: string;
}

/**
 * Every state that a tenant's syncs came to, in order. The sync store writes an entry in the same step as the state, so
 * that whoever has read up to a number misses nothing: no lower number appears later.
 */
export abstract class SyncChangeLog {
  /** Those after a number, in order; of one sync only when it is given. */
  abstract changes(tenantId: TenantId, after: number, limit: number, syncId?: SyncId): Promise<SyncChange[]>;
  /** The highest number; 0 before the first change. */
  abstract last(tenantId: TenantId): Promise<number>;
  /** Changes from before the instant go, except the last one of each tenant: numbers are never given twice. */
  abstract deleteBefore(instant: string): Promise<void>;
}
