import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  changesDirectory,
  DirectoryStore,
  hash64,
  OutcomeStore,
  SettlementStore,
  SnapshotStore,
  StaleClaimError,
  SyncStore,
  type Lease,
  type Manifest,
  type OutcomeRow,
  type SafeguardVerdict,
  type UserId,
} from '#core';
import { holdingRules, judgeSafeguards, type PlanMeasure } from '#reconciliation';
import type { FrozenSync } from '../sync-cache.js';
import { ChunkWriter } from './chunk-writer.js';
import { RemovalFinder } from './find-removals.js';
import { Overlay } from './overlay.js';
import { holderIds, scanPlan, type PlanScan } from './scan-facts.js';
import { HoldMarker } from './hold-outcomes.js';
import { KeySettler } from './settle-keys.js';
import { PeopleSettler, type People } from './settle-people.js';
import { ScopeLeavers } from './settle-scope.js';

const sevenDaysMs = 7 * 86_400_000;

/** One settling, from the first look at the facts to the header. */
interface Settling {
  frozen: FrozenSync;
  manifest: Manifest;
  scan: PlanScan;
  overlay: Overlay;
  chunks: ChunkWriter;
  judgedMissing: boolean;
}

/** The stores that settling reads and writes. */
@Injectable()
export class SettleStores {
  constructor(
    readonly outcomes: OutcomeStore,
    readonly settlements: SettlementStore,
    readonly snapshots: SnapshotStore,
    readonly directory: DirectoryStore,
    readonly syncs: SyncStore,
  ) {}
}

/**
 * Decides what only the whole plan shows, by rules that never look at the order of arrival, and stores it as chunks and
 * one header. Memory: a table of the snapshot's source ids, and the exceptions.
 */
@Injectable()
export class SyncSettler {
  constructor(
    private readonly stores: SettleStores,
    private readonly people: PeopleSettler,
    private readonly keys: KeySettler,
    private readonly removals: RemovalFinder,
    private readonly scope: ScopeLeavers,
  ) {}

  async settle(frozen: FrozenSync, lease: Lease, signal: AbortSignal): Promise<void> {
    const { sync } = frozen;
    const { outcomes, settlements, snapshots, directory } = this.stores;
    if ((await settlements.header(sync.tenantId, sync.id)) !== null) return;
    const manifest = await snapshots.manifest(sync.tenantId, sync.id);
    if (manifest === null) return;
    const scan = await scanPlan(outcomes, sync, manifest);
    const pages = await this.pageStarts(frozen, manifest);
    const settling: Settling = {
      frozen,
      manifest,
      scan,
      overlay: new Overlay(scan.counts, (seq) => pageAt(pages, seq)),
      chunks: new ChunkWriter(settlements, sync, randomUUID(), manifest.pages, manifest.records),
      judgedMissing:
        manifest.extent === 'full' &&
        manifest.wholeness === 'complete' &&
        frozen.mapping !== null &&
        scan.counts.lost === 0,
    };
    const population = await directory.countActiveOwned(sync.tenantId, sync.integrationId);

    await this.loadRows(settling, [...scan.duplicates.values(), ...scan.sharedUsers.values()].flat());
    await this.loadRows(
      settling,
      scan.unlinked.map(({ seq }) => seq),
    );
    await this.loadRows(settling, [...scan.contested, ...scan.holders.keys()]);
    const people = await this.people.settle(
      frozen,
      scan,
      settling.overlay,
      (linkedAs) => settling.judgedMissing && !holds(scan, linkedAs),
    );
    stopIf(signal);
    const missing = await this.settleMissing(settling, people);
    const holders = new Set(holderIds(scan.holders));
    const leavers = settling.judgedMissing
      ? await this.scope.settle(frozen, scan.pagesLeavingScope, settling.overlay, holders, settling.chunks)
      : { removals: 0, ofHolders: new Map<UserId, OutcomeRow>() };
    for (const [userId, row] of leavers.ofHolders) missing.ofHolders.set(userId, row);
    const transfers = await this.keys.settle(sync, scan, settling.overlay, people, missing.ofHolders, (seqs) =>
      this.loadRows(settling, seqs),
    );
    stopIf(signal);

    const plan: PlanMeasure = {
      counts: scan.counts,
      records: manifest.records,
      population,
      inferredRemovals: missing.removals + leavers.removals,
      inferredRemovalsLast7Days: await directory.countInferredRemovalsSince(
        sync.tenantId,
        sync.integrationId,
        new Date(Date.parse(sync.now) - sevenDaysMs).toISOString(),
      ),
      explicitLeavers: scan.counts.explicitLeavers,
      declaredTotal: manifest.evidence.declaredLast,
      lastAcceptedTotal:
        (await this.stores.syncs.lastAccepted(sync.tenantId, sync.integrationId, sync.generation))?.evidence
          .declaredLast ?? null,
      judgedMissing: settling.judgedMissing,
      notSeen: missing.notSeen,
    };
    const verdicts = judgeSafeguards(sync.frozen.safeguards, plan, await this.judgedBefore(frozen));
    const held = await this.hold(settling, transfers, missing.ofHolders, verdicts);
    stopIf(signal);
    const planHash = await settling.chunks.planHash(scan.digest);
    const header = {
      attempt: settling.chunks.attempt,
      claim: lease.claim,
      ...settling.chunks.totals,
      held,
      planHash,
      verdicts,
      judgedMissing: settling.judgedMissing,
      notSeen: missing.notSeen,
      population,
      settledAt: sync.now,
    };
    await settlements.putHeader(sync.tenantId, sync.id, header);
  }

  /** What was judged of the push sync before in the session; nothing of any other sync. */
  private async judgedBefore({ sync: { tenantId, session } }: FrozenSync): Promise<SafeguardVerdict[]> {
    const before = session?.settledBefore ?? null;
    return before === null ? [] : ((await this.stores.settlements.header(tenantId, before))?.verdicts ?? []);
  }

  private async settleMissing(
    settling: Settling,
    people: People,
  ): Promise<{ removals: number; notSeen: number; ofHolders: Map<UserId, OutcomeRow> }> {
    const { frozen, scan, chunks, judgedMissing, manifest } = settling;
    const result = { removals: 0, notSeen: 0, ofHolders: new Map<UserId, OutcomeRow>() };
    if (manifest.extent !== 'full' || frozen.mapping === null) return result;
    const holders = new Set(holderIds(scan.holders));
    const taken = new Set(people.taken.keys());
    for await (const links of this.removals.missingLinks(frozen.sync, scan.sources)) {
      result.notSeen += links.length;
      if (!judgedMissing) continue;
      for (const { userId, row } of await this.removals.decide(frozen.sync, links, taken, (sourceId) =>
        holds(scan, sourceId),
      )) {
        const removal = { ...row, seq: chunks.nextRemovalSeq };
        if (row.outcome === 'deprovisioned') result.removals += 1;
        if (row.outcome === 'deprovisioned' && holders.has(userId)) result.ofHolders.set(userId, removal);
        await chunks.addRemoval(removal);
      }
    }
    return result;
  }

  /** Writes the overlay, marks transfers and holds everywhere; gives the number of held outcomes. */
  private async hold(
    { frozen, overlay, chunks }: Settling,
    transfers: readonly number[][],
    removalsOfHolders: ReadonlyMap<UserId, OutcomeRow>,
    verdicts: readonly SafeguardVerdict[],
  ): Promise<number> {
    const tripped = verdicts.filter((verdict) => verdict.tripped);
    const removals = new Map([...removalsOfHolders.values()].map((row) => [row.seq, row]));
    const marker = new HoldMarker(transfers, tripped, (seq) => removals.get(seq) ?? overlay.row(seq));
    for (const seq of transfers.flat()) {
      const row = overlay.row(seq);
      if (row !== undefined && !overlay.isChanged(seq) && !removals.has(seq)) overlay.put(row);
    }
    for (const row of overlay.rows()) await chunks.addException(row);
    await chunks.amend((row) => marker.mark(row));
    if (marker.holdsPlannedRows) await this.holdPlannedRows(frozen, overlay, chunks, marker);
    await chunks.flush();
    return marker.held;
  }

  /** A tripped rule may count rows that settling had no other reason to look at. */
  private async holdPlannedRows(
    { sync }: FrozenSync,
    overlay: Overlay,
    chunks: ChunkWriter,
    marker: HoldMarker,
  ): Promise<void> {
    for (const page of await this.stores.outcomes.applicablePages(sync.tenantId, sync.id)) {
      const { rows } = await this.stores.outcomes.pagePlan(sync.tenantId, sync.id, page);
      for (const row of rows) {
        if (!changesDirectory(row.outcome) || overlay.isChanged(row.seq)) continue;
        if (holdingRules(row, marker.tripped).length === 0) continue;
        await chunks.addException({ ...marker.mark(withoutPlace(row)), page });
      }
    }
  }

  private async loadRows({ frozen, overlay }: Settling, seqs: readonly number[]): Promise<void> {
    const { tenantId, id } = frozen.sync;
    await overlay.load(seqs, (some) => this.stores.outcomes.bySeqs(tenantId, id, some));
  }

  /** First sequence of every page, so that an exception can name its page. 8 bytes a page. */
  private async pageStarts({ sync }: FrozenSync, manifest: Manifest): Promise<Float64Array> {
    const starts = new Float64Array(manifest.pages);
    for (let from = 0; from < manifest.pages;) {
      const pages = await this.stores.snapshots.pages(sync.tenantId, sync.snapshotOf, from, 500);
      if (pages.length === 0) break;
      for (const { page, firstSeq } of pages) starts[page] = firstSeq;
      from += pages.length;
    }
    return starts;
  }
}

function withoutPlace(row: OutcomeRow): OutcomeRow {
  return { ...row, state: null };
}

function holds(scan: PlanScan, sourceId: string): boolean {
  const words = new Uint32Array(2);
  hash64(sourceId, words, 0);
  return scan.sources.get(words[0] ?? 0, words[1] ?? 0) !== -1;
}

function pageAt(starts: Float64Array, seq: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((starts[middle] ?? 0) <= seq) low = middle;
    else high = middle - 1;
  }
  return low;
}

function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new StaleClaimError('leaseLost', 'settling was interrupted; it starts again');
}
