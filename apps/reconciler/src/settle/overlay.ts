import type { EffectiveOutcome, OutcomeRow, SettledRow } from '#core';
import { countDecision, factKind, type FactCounts, type FactKind } from '#reconciliation';

/**
 * The exceptional rows of a plan while it is being settled: those that settling looks at one by one, and what it makes
 * of them. Keeps the safeguards' counts in step.
 */
export class Overlay {
  private readonly base = new Map<number, EffectiveOutcome>();
  private readonly changed = new Map<number, SettledRow>();

  constructor(
    private readonly counts: FactCounts,
    private readonly pageOf: (seq: number) => number,
  ) {}

  load(rows: readonly EffectiveOutcome[]): void {
    for (const row of rows) this.base.set(row.seq, row);
  }

  /** The row as it stands now; undefined when it was not loaded or is packed as unchanged. */
  row(seq: number): OutcomeRow | undefined {
    return this.changed.get(seq) ?? this.base.get(seq);
  }

  isChanged(seq: number): boolean {
    return this.changed.has(seq);
  }

  put(row: OutcomeRow): void {
    const before = this.row(row.seq);
    if (before !== undefined) count(this.counts, before, -1);
    count(this.counts, row, 1);
    this.changed.set(row.seq, { ...plain(row), page: this.pageOf(row.seq) });
  }

  rows(): IterableIterator<SettledRow> {
    return this.changed.values();
  }
}

function count(counts: FactCounts, row: OutcomeRow, sign: 1 | -1): void {
  countDecision(
    counts,
    {
      kind: kindOf(row),
      reason: row.reason,
      changes: row.changes,
      hasIdentity: row.sourceId !== null || row.recordHash === null,
    },
    sign,
  );
}

function kindOf(row: OutcomeRow): FactKind {
  if (row.detail?.leavesScope === true && row.outcome === 'skipped') return factKind.leavingScope;
  return row.outcome === 'skipped' ? factKind.skipped : factKind[row.outcome];
}

/** A row without what the store adds to it. */
function plain(row: OutcomeRow): OutcomeRow {
  const { seq, outcome, reason, state, sourceId, userId, label, changes, problems, userVersion, link } = row;
  const { recordHash, dueDate, detail } = row;
  return {
    seq,
    outcome,
    reason,
    state,
    sourceId,
    userId,
    label,
    changes,
    problems,
    userVersion,
    link,
    recordHash,
    dueDate,
    ...(detail === undefined ? {} : { detail }),
  };
}
