import type { SyncId, TenantId } from '../ids.js';
import type { SettlementChunk, SettlementHeader, Slice, SliceList } from '../settlement.js';

/** What settling decided and which slices each apply round has. Written by the reconciler alone. */
export abstract class SettlementStore {
  /** Stores or replaces a chunk under an attempt; chunks of attempts that no header names are garbage. */
  abstract putChunk(
    tenantId: TenantId,
    syncId: SyncId,
    attempt: string,
    index: number,
    chunk: SettlementChunk,
  ): Promise<void>;
  /** The first header wins; one with a lower claim than any seen is refused. */
  abstract putHeader(tenantId: TenantId, syncId: SyncId, header: SettlementHeader): Promise<'written' | 'taken'>;
  abstract header(tenantId: TenantId, syncId: SyncId): Promise<SettlementHeader | null>;
  abstract chunk(tenantId: TenantId, syncId: SyncId, attempt: string, index: number): Promise<SettlementChunk | null>;
  /** Replaces the slices of a round that is not sealed yet, from an index on. */
  abstract putSlices(
    tenantId: TenantId,
    syncId: SyncId,
    round: number,
    fromIndex: number,
    slices: readonly Slice[],
  ): Promise<void>;
  /** Fixes a round's list; the first seal wins. */
  abstract sealSlices(tenantId: TenantId, syncId: SyncId, round: number, slices: number): Promise<void>;
  abstract sliceList(tenantId: TenantId, syncId: SyncId, round: number): Promise<SliceList | null>;
  abstract slice(tenantId: TenantId, syncId: SyncId, round: number, index: number): Promise<Slice | null>;
  /** Ends publishing at an index: the sync was cancelled. The first cut wins. */
  abstract cutSlices(tenantId: TenantId, syncId: SyncId, round: number, at: number): Promise<void>;
  /** Says that everything after the last slice of a round is done. */
  abstract finishRound(tenantId: TenantId, syncId: SyncId, round: number): Promise<void>;
}
