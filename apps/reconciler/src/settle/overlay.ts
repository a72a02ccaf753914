import type { EffectiveOutcome, OutcomeRow, SettledRow } from '#core';
import { countDecision, factKind, type FactCounts, type FactKind } from '#reconciliation';

const rowsPerRead = 500;

/**
 * The exceptional rows of a plan while it is being settled: those that settling looks at one by one, and what it makes
 * of them. Keeps the safeguards' counts in step.
 */
export class Overlay {
  private readonly base = new Map<number, EffectiveOutcome>();
  private readonly changed = new Map<number, SettledRow>();

  /** @param pageOf the page of a row that was not loaded: one that is packed as unchanged */
  constructor(
    private readonly counts: FactCounts,
    private readonly pageOf: (seq: number) => number,
  ) {}

  /** Loads those of these rows that are not here yet, some at a time. */
  async load(
    seqs: readonly number[],
    read: (seqs: readonly number[]) => Promise<readonly EffectiveOutcome[]>,
  ): Promise<void> {
    const wanted = [...new Set(seqs)].filter((seq) => this.row(seq) === undefined);
    for (let from = 0; from < wanted.length; from += rowsPerRead) {
      for (const row of await read(wanted.slice(from, from + rowsPerRead))) this.base.set(row.seq, row);
    }
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
    this.changed.set(row.seq, { ...plain(row), page: this.base.get(row.seq)?.page ?? this.pageOf(row.seq) });
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
