import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DirectoryStore, OutcomeStore, SettlementStore, type Lease, type Sync } from '#core';
import { ChunkWriter } from './chunk-writer.js';
import { HoldMarker } from './hold-outcomes.js';
import { Overlay } from './overlay.js';
import { scanPlan } from './scan-facts.js';
import { KeySettler } from './settle-keys.js';
import { nobodySettled } from './settle-people.js';

/**
 * Settles an undo: who gets which key back, and what passes between people. Who is who is settled already, nobody is
 * missing, and no safeguard holds what a person asks for by name of the sync.
 */
@Injectable()
export class UndoSettler {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly directory: DirectoryStore,
    private readonly keys: KeySettler,
  ) {}

  async settle(sync: Sync, lease: Lease): Promise<void> {
    const { tenantId, id, undo } = sync;
    if (undo === null || (await this.settlements.header(tenantId, id)) !== null) return;
    const scan = await scanPlan(this.outcomes, sync, { records: undo.outcomes });
    // Nothing of an undo is packed as unchanged, so that every row that is put was loaded.
    const overlay = new Overlay(scan.counts, () => 0);
    const load = (seqs: readonly number[]): Promise<void> =>
      overlay.load(seqs, (some) => this.outcomes.bySeqs(tenantId, id, some));
    await load([...scan.contested, ...scan.holders.keys()]);
    const transfers = await this.keys.settle(sync, scan, overlay, nobodySettled(), new Map(), load);

    // Its own sequences end where a sync's removals would begin: it has none.
    const chunks = new ChunkWriter(this.settlements, sync, randomUUID(), 0, undo.outcomes);
    const marker = new HoldMarker(transfers, [], (seq) => overlay.row(seq));
    for (const seq of transfers.flat()) {
      const row = overlay.row(seq);
      if (row !== undefined && !overlay.isChanged(seq)) overlay.put(row);
    }
    for (const row of overlay.rows()) await chunks.addException(marker.mark(row));
    await chunks.flush();
    await this.settlements.putHeader(tenantId, id, {
      attempt: chunks.attempt,
      claim: lease.claim,
      ...chunks.totals,
      held: marker.held,
      planHash: await chunks.planHash(scan.digest),
      verdicts: [],
      judgedMissing: false,
      notSeen: 0,
      population: await this.directory.countActiveOwned(tenantId, sync.integrationId),
      settledAt: sync.now,
    });
  }
}
