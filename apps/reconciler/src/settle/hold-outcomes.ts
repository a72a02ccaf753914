import { changesDirectory, type OutcomeRow, type SafeguardRule, type SafeguardVerdict } from '#core';
import { holdingRules } from '#reconciliation';

const removalRules: readonly SafeguardRule[] = ['inferredRemovals', 'inferredRemovals7Days', 'whole'];

/** Marks rows with their transfer and with the rules that hold them. A transfer is held as one: with any of its members. */
export class HoldMarker {
  private readonly transferOf = new Map<number, number>();
  private readonly membersOf = new Map<number, readonly number[]>();
  private readonly rulesOfTransfer = new Map<number, SafeguardRule[]>();
  /** Rows marked as held so far. */
  held = 0;

  constructor(
    transfers: readonly number[][],
    readonly tripped: readonly SafeguardVerdict[],
    rowOf: (seq: number) => OutcomeRow | undefined,
  ) {
    for (const group of transfers) {
      const transfer = Math.min(...group);
      const rules = new Set<SafeguardRule>();
      this.membersOf.set(
        transfer,
        group.toSorted((left, right) => left - right),
      );
      for (const seq of group) {
        this.transferOf.set(seq, transfer);
        const row = rowOf(seq);
        if (row !== undefined) for (const rule of holdingRules(row, tripped)) rules.add(rule);
      }
      this.rulesOfTransfer.set(transfer, [...rules]);
    }
  }

  /** The row itself when nothing holds it and no key passes by it. Call once a row. */
  mark<Row extends OutcomeRow>(row: Row): Row {
    if (!changesDirectory(row.outcome)) return row;
    const transfer = this.transferOf.get(row.seq);
    const heldBy =
      transfer === undefined ? holdingRules(row, this.tripped) : (this.rulesOfTransfer.get(transfer) ?? []);
    if (transfer === undefined && heldBy.length === 0) return row;
    if (heldBy.length > 0) this.held += 1;
    return {
      ...row,
      state: heldBy.length > 0 ? 'held' : 'planned',
      detail: {
        ...row.detail,
        ...(heldBy.length > 0 ? { heldBy } : {}),
        ...(transfer === undefined ? {} : { transfer, otherSeqs: this.othersOf(transfer, row.seq) }),
      },
    };
  }

  private othersOf(transfer: number, seq: number): number[] {
    return (this.membersOf.get(transfer) ?? []).filter((member) => member !== seq);
  }

  /** True when a tripped rule may count rows beyond removals. */
  get holdsPlannedRows(): boolean {
    return this.tripped.some(({ rule }) => !removalRules.includes(rule));
  }
}
