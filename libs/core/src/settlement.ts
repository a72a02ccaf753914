import type { OutcomeRow } from './outcome.js';
import type { SafeguardVerdict } from './safeguards.js';

/**
 * A unit of applying: the let-through outcomes of one page, or some named ones, or one transfer, whose members are
 * written in one database transaction.
 */
export type Slice =
  | { kind: 'page'; page: number }
  | { kind: 'outcomes'; page: number; seqs: number[] }
  | { kind: 'transfer'; transfer: number; seqs: number[] };

/** An outcome row that settling put above the planned one. */
export interface SettledRow extends OutcomeRow {
  page: number;
}

/** Stored under (sync, attempt, index); only the attempt that the header names counts. */
export type SettlementChunk =
  { kind: 'exceptions'; rows: SettledRow[] } | { kind: 'removals'; page: number; firstSeq: number; rows: OutcomeRow[] };

/** What settling decided over the whole plan. Written once, by compare-and-set. */
export interface SettlementHeader {
  attempt: string;
  claim: number;
  chunks: number;
  exceptions: number;
  removalPages: number;
  removals: number;
  held: number;
  /** Hash over every planned row and every exception: what an approval is given for. */
  planHash: string;
  verdicts: SafeguardVerdict[];
  /** True when people who were not seen may be judged missing. */
  judgedMissing: boolean;
  /** Linked people that this snapshot did not hold. */
  notSeen: number;
  /** Active users owned by the integration at settling. */
  population: number;
  settledAt: string;
}

/** The sealed list of slices of one apply round. */
export interface SliceList {
  round: number;
  slices: number;
  /** Slices from this one on are not published any more: the sync was cancelled. */
  cutAt: number | null;
  /** References and other work after the last slice are done. */
  finished: boolean;
}
