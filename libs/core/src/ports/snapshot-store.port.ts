import type { IntegrationId, SyncId, TenantId } from '../ids.js';
import type { JsonValue } from '../json.js';
import type { Manifest, SnapshotPage } from '../sync.js';

/**
 * The pages of each fetch and their manifest: a chain in which each link is inserted once. Pages are numbered from 0
 * without gaps; the manifest is the last link. Written by the fetcher alone.
 */
export abstract class SnapshotStore {
  /**
   * Inserts the link after the last one. `taken`: the page is there already (go on from what is stored, or stop when
   * its claim is higher than yours). `refused`: the chain already holds a higher claim, a manifest, or a gap would arise.
   */
  abstract insertPage(
    tenantId: TenantId,
    snapshotOf: SyncId,
    page: SnapshotPage,
    body: Uint8Array,
  ): Promise<'inserted' | 'taken' | 'refused'>;
  /** Ends the chain; `refused` when it holds a higher claim, `taken` when it has one. */
  abstract insertManifest(
    tenantId: TenantId,
    syncId: SyncId,
    manifest: Manifest,
    claim: number,
  ): Promise<'inserted' | 'taken' | 'refused'>;
  abstract manifest(tenantId: TenantId, syncId: SyncId): Promise<Manifest | null>;
  abstract lastPage(tenantId: TenantId, snapshotOf: SyncId): Promise<SnapshotPage | null>;
  /** Links from a page number on, in order. */
  abstract pages(tenantId: TenantId, snapshotOf: SyncId, fromPage: number, limit: number): Promise<SnapshotPage[]>;
  abstract page(tenantId: TenantId, snapshotOf: SyncId, page: number): Promise<SnapshotPage | null>;
  /** The page that holds a sequence. */
  abstract pageOfSeq(tenantId: TenantId, snapshotOf: SyncId, seq: number): Promise<SnapshotPage | null>;
  abstract body(tenantId: TenantId, snapshotOf: SyncId, page: number): Promise<Uint8Array | null>;
  /**
   * Deletes bodies and links of snapshots finished before the instant, except those of the given syncs; manifests
   * stay. Gives the number of snapshots deleted; call again while it equals `limit`.
   */
  abstract deleteFinishedBefore(instant: string, keep: readonly SyncId[], limit: number): Promise<number>;
}

/** What a connector remembers between syncs (a cursor, a file name). Written by the fetcher alone. */
export interface ConnectorState {
  generation: number;
  syncId: SyncId;
  state: JsonValue;
}

export abstract class ConnectorStateStore {
  abstract read(tenantId: TenantId, integrationId: IntegrationId): Promise<ConnectorState | null>;
  /** Writes it unless a higher generation has; writing the same sync's state again is `written`. */
  abstract advance(
    tenantId: TenantId,
    integrationId: IntegrationId,
    next: ConnectorState,
  ): Promise<'written' | 'stale'>;
}
