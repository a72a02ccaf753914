import { Injectable } from '@nestjs/common';
import {
  ConnectorStateStore,
  isFromCommand,
  LeaseStore,
  OutcomeStore,
  SettlementStore,
  SnapshotStore,
  type Manifest,
  type Sync,
  type SyncState,
} from '#core';

/** Planned → settled → applied → end: each one question over durable data. */
@Injectable()
export class Barriers {
  constructor(
    private readonly leases: LeaseStore,
    private readonly snapshots: SnapshotStore,
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly connectorStates: ConnectorStateStore,
  ) {}

  /** A fetcher has claimed the sync. */
  async fetchBegun({ id }: Sync): Promise<boolean> {
    return (await this.leases.claimOf(`${id}:fetch`)) > 0;
  }

  /** Null for what is planned from a command, which has no snapshot, and while fetching. */
  manifest({ tenantId, id }: Sync): Promise<Manifest | null> {
    return this.snapshots.manifest(tenantId, id);
  }

  /** Every record that the manifest announces has an outcome. */
  async planned(sync: Sync): Promise<boolean> {
    const progress = await this.outcomes.progress(sync.tenantId, sync.id);
    if (sync.edit !== null) return progress.plannedPages > 0;
    if (sync.undo !== null) return progress.plannedRecords >= sync.undo.outcomes;
    const manifest = await this.manifest(sync);
    return manifest !== null && progress.plannedRecords >= manifest.records;
  }

  /** The settlement is there, and what it decided stands as rows. */
  async settled({ tenantId, id }: Sync): Promise<boolean> {
    const header = await this.settlements.header(tenantId, id);
    if (header === null) return false;
    for (let index = 0; index < header.chunks; index += 1) {
      const chunk = await this.settlements.chunk(tenantId, id, header.attempt, index);
      if (chunk === null) return false;
      if (chunk.kind === 'exceptions') await this.outcomes.insertExceptions(tenantId, id, chunk.rows);
      else await this.outcomes.insertRemovals(tenantId, id, chunk.page, chunk.firstSeq, chunk.rows);
    }
    return true;
  }

  /** The end that a sync has come to, if nobody cancelled it and nothing failed: the first that fits. */
  async end(sync: Sync): Promise<SyncState> {
    if (sync.mode === 'live' && (await this.outcomes.countHeld(sync.tenantId, sync.id)) > 0) return 'awaitingApproval';
    const manifest = await this.manifest(sync);
    return manifest === null || manifest.wholeness === 'complete' ? 'completed' : 'incomplete';
  }

  /** Whether the apply round is still open, done but for what the connector will remember, or done. */
  async round(sync: Sync): Promise<'open' | 'uncommitted' | 'done'> {
    const list = await this.settlements.sliceList(sync.tenantId, sync.id, sync.round);
    if (list === null || !list.finished) return 'open';
    const ended = await this.outcomes.slicesEnded(sync.tenantId, sync.id, sync.round);
    if (ended < (list.cutAt ?? list.slices)) return 'open';
    if (isFromCommand(sync) || sync.cancelRequested) return 'done';
    const state = await this.connectorStates.read(sync.tenantId, sync.integrationId);
    return state !== null && (state.syncId === sync.id || state.generation >= sync.generation) ? 'done' : 'uncommitted';
  }
}
