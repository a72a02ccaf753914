import type { IntegrationId, SyncId, TenantId } from '../ids.js';
import type { Integration } from '../integration.js';
import type { ScheduleState } from '../schedule.js';
import type { Sync } from '../sync.js';

/** A run whose time has come. */
export interface DueRun {
  integration: Integration;
  state: ScheduleState;
  /**
   * The oldest sync of the integration that has not ended (or that is being approved) and is live or scheduled. Changes
   * by hand and pushes, over in a second, are none.
   */
  predecessor: SyncId | null;
}

/** A run whose sync has ended, and whose end has not been judged. */
export interface EndedRun {
  integration: Integration;
  state: ScheduleState;
  sync: Sync;
}

/**
 * Where the schedules of all tenants stand. `SettingsStore` starts a state when it writes a schedule; only the scheduler
 * moves it on from there.
 */
export abstract class ScheduleStore {
  /** Runs that are due at an instant, longest due first: one page, in a number of reads that does not grow with it. */
  abstract due(at: string, limit: number): Promise<DueRun[]>;
  /** Runs that have ended and are still awaited, read in the same way. */
  abstract ended(limit: number): Promise<EndedRun[]>;
  /** The states of some of a tenant's integrations, in one read; those that are not there are left out. */
  abstract states(tenantId: TenantId, ids: readonly IntegrationId[]): Promise<Map<IntegrationId, ScheduleState>>;
  /**
   * Replaces the state that has this version, and queues the sync (with the integration's next generation) in the same
   * step: both are done, or nothing is. False when the state has another version: somebody else moved it, or the
   * schedule was set anew. Durable against a power cut.
   */
  abstract move(
    tenantId: TenantId,
    id: IntegrationId,
    version: number,
    to: Omit<ScheduleState, 'version'>,
    sync: Omit<Sync, 'generation'> | null,
  ): Promise<boolean>;
}
