import { Injectable } from '@nestjs/common';
import {
  isOpen,
  OutcomeStore,
  SettlementStore,
  SyncStore,
  type Approval,
  type EffectiveOutcome,
  type Slice,
  type OpenSync,
} from '#core';

const perPut = 200;
const rowsPerRead = 500;

/**
 * Fixes the slices of an apply round: round 0 lets through all that is not held; a later one resolves an approval.
 * Naming one member of a transfer names all of it.
 */
@Injectable()
export class SliceLister {
  constructor(
    private readonly outcomes: OutcomeStore,
    private readonly settlements: SettlementStore,
    private readonly syncs: SyncStore,
  ) {}

  async fix(sync: OpenSync, signal: AbortSignal): Promise<void> {
    const { tenantId, id, round } = sync;
    if ((await this.settlements.sliceList(tenantId, id, round)) !== null) return;
    const approval = (await this.syncs.approvals(tenantId, id)).find((word) => word.round === round);
    let count = 0;
    let pending: Slice[] = [];
    const put = async (slice: Slice): Promise<void> => {
      pending.push(slice);
      if (pending.length < perPut) return;
      await this.settlements.putSlices(tenantId, id, round, count, pending);
      count += pending.length;
      pending = [];
    };
    for await (const slice of this.slices(sync, approval)) {
      if (signal.aborted) return;
      await put(slice);
    }
    if (pending.length > 0) await this.settlements.putSlices(tenantId, id, round, count, pending);
    await this.settlements.sealSlices(tenantId, id, round, count + pending.length);
  }

  private async *slices(sync: OpenSync, approval: Approval | undefined): AsyncGenerator<Slice> {
    const takesWholePages = approval === undefined || approval.selection.all;
    if (takesWholePages) yield* this.everything(sync);
    if (approval === undefined || (takesWholePages && !approval.selection.includeHeld)) return;
    yield* this.named(sync, approval, (row) => !takesWholePages || row.effectiveState === 'held');
  }

  /** Whole pages, and each transfer that is not held. */
  private async *everything(sync: OpenSync): AsyncGenerator<Slice> {
    const transfers = new Map<number, number[]>();
    for (const page of await this.outcomes.applicablePages(sync.tenantId, sync.id)) yield { kind: 'page', page };
    for await (const row of this.transferMembers(sync)) {
      if (row.effectiveState !== 'planned' || row.detail?.transfer === undefined) continue;
      const members = transfers.get(row.detail.transfer);
      if (members === undefined) transfers.set(row.detail.transfer, [row.seq]);
      else members.push(row.seq);
    }
    for (const [transfer, seqs] of transfers) yield { kind: 'transfer', transfer, seqs };
  }

  private async *transferMembers({ tenantId, id }: OpenSync): AsyncGenerator<EffectiveOutcome> {
    const header = await this.settlements.header(tenantId, id);
    for (let index = 0; index < (header?.chunks ?? 0); index += 1) {
      const chunk = await this.settlements.chunk(tenantId, id, header?.attempt ?? '', index);
      const seqs = (chunk?.rows ?? []).filter(({ detail }) => detail?.transfer !== undefined).map(({ seq }) => seq);
      if (seqs.length > 0) yield* await this.outcomes.bySeqs(tenantId, id, seqs);
    }
  }

  private async *named(
    sync: OpenSync,
    approval: Approval,
    isMeant: (row: EffectiveOutcome) => boolean,
  ): AsyncGenerator<Slice> {
    const transfers = new Set<number>();
    let page = -1;
    let seqs: number[] = [];
    for await (const row of this.selected(sync, approval)) {
      if (!isMeant(row)) continue;
      if (row.detail?.transfer !== undefined) {
        transfers.add(row.detail.transfer);
        continue;
      }
      if (row.page !== page && seqs.length > 0) {
        yield { kind: 'outcomes', page, seqs };
        seqs = [];
      }
      ({ page } = row);
      seqs.push(row.seq);
    }
    if (seqs.length > 0) yield { kind: 'outcomes', page, seqs };
    const members = new Map<number, number[]>();
    for await (const { seq, detail } of this.transferMembers(sync)) {
      const transfer = detail?.transfer;
      if (transfer === undefined || !transfers.has(transfer)) continue;
      members.set(transfer, [...(members.get(transfer) ?? []), seq]);
    }
    for (const [transfer, all] of members) yield { kind: 'transfer', transfer, seqs: all };
  }

  private async *selected(sync: OpenSync, { selection }: Approval): AsyncGenerator<EffectiveOutcome> {
    if (selection.seqs.length > 0) {
      for (let from = 0; from < selection.seqs.length; from += rowsPerRead) {
        const rows = await this.outcomes.bySeqs(sync.tenantId, sync.id, selection.seqs.slice(from, from + rowsPerRead));
        yield* rows.filter((row) => isOpen(row.effectiveState)).sort((left, right) => left.seq - right.seq);
      }
      return;
    }
    for (let after = -1; ;) {
      const rows = await this.outcomes.list(sync.tenantId, sync.id, {}, after, rowsPerRead);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.seq;
      for (const row of rows) {
        if (!isOpen(row.effectiveState) || (row.effectiveState === 'held' && !selection.includeHeld)) continue;
        const { filter } = selection;
        if (filter?.outcome !== undefined && filter.outcome !== row.outcome) continue;
        if (filter?.reason !== undefined && filter.reason !== row.reason) continue;
        yield row;
      }
    }
  }
}
