import type { SyncId, TenantId, UserId } from '../ids.js';
import type { SliceReport, PlannedPage } from '../messages.js';
import type {
  EffectiveOutcome,
  OutcomeKind,
  OutcomeReason,
  OutcomeRow,
  OutcomeState,
  SeenRefresh,
} from '../outcome.js';
import type { SettledRow } from '../settlement.js';

/** How far a sync has come: what the barriers ask. */
export interface SyncProgress {
  plannedPages: number;
  /** Records of planned pages: planning is done when it equals the manifest's. */
  plannedRecords: number;
  removalPages: number;
  exceptions: number;
}

export interface OutcomeFilter {
  outcome?: OutcomeKind;
  reason?: OutcomeReason;
  /** Leaves those of this reason out. */
  exceptReason?: OutcomeReason;
  state?: OutcomeState;
}

/** A page of {@link OutcomeStore.find}. */
export interface OutcomeSearch {
  /** Unchanged people have a row here as well: without source id and name, which the user has. */
  rows: EffectiveOutcome[];
  /** After which sequence the search goes on; null: nothing is left. */
  next: number | null;
  /** How many are found in the whole sync; exact up to 10,000. */
  total: number;
  totalIsAtLeast: boolean;
}

/** One row of {@link OutcomeStore.totals}: effective states, unchanged records included. */
export interface OutcomeTotal {
  outcome: OutcomeKind;
  reason: OutcomeReason;
  state: OutcomeState | null;
  count: number;
}

/** Where an outcome stands among all of a tenant's. */
export interface OutcomePlace {
  syncId: SyncId;
  seq: number;
}

export function isSamePlace(a: OutcomePlace | null, b: OutcomePlace): boolean {
  return a?.syncId === b.syncId && a.seq === b.seq;
}

/** What a page holds beside its rows, for the slice that applies it. */
export interface PagePlan {
  rows: EffectiveOutcome[];
  refresh: SeenRefresh[];
}

/**
 * Outcome rows, ranked, and one status row a page. A row is written once; higher ranks override. Written by the
 * reporter alone. A row whose state is null follows its page, and pages follow their sync: `planned`, then `applied`
 * by a slice; `cancelled` or `superseded` with the sync.
 */
export abstract class OutcomeStore {
  /**
   * Stores a page's plan in one step; `duplicate` when the page is there already, `ended` when its sync has ended: then
   * nothing is stored. `userTexts` is what the page's users are found by.
   */
  abstract insertPlanned(
    page: PlannedPage,
    userTexts?: ReadonlyMap<UserId, string>,
  ): Promise<'inserted' | 'duplicate' | 'ended'>;
  /** Stores a page of removals, which settling made; nothing happens when it is there already. */
  abstract insertRemovals(
    tenantId: TenantId,
    syncId: SyncId,
    page: number,
    firstSeq: number,
    rows: OutcomeRow[],
  ): Promise<void>;
  /**
   * Overrides rows, or packed unchanged records, at rank `settled`; a row that is there already at that rank stays.
   * Totals follow.
   */
  abstract insertExceptions(tenantId: TenantId, syncId: SyncId, rows: SettledRow[]): Promise<void>;
  /** Rejects planned or held rows by sequence (rank `ended`). */
  abstract reject(tenantId: TenantId, syncId: SyncId, seqs: number[]): Promise<void>;
  /** Supersedes planned or held rows by sequence (rank `ended`): a later sync has shown the same people. */
  abstract supersede(tenantId: TenantId, syncId: SyncId, seqs: readonly number[]): Promise<void>;
  /** Records what became of a slice, in one step; a second report of the same slice changes nothing. */
  abstract recordSlice(report: SliceReport): Promise<void>;
  abstract slicesEnded(tenantId: TenantId, syncId: SyncId, round: number): Promise<number>;
  /** All of a sync's rows that are still planned or held become `cancelled`. */
  abstract cancelPlanned(tenantId: TenantId, syncId: SyncId): Promise<void>;

  abstract progress(tenantId: TenantId, syncId: SyncId): Promise<SyncProgress>;
  /** Which of the pages `from` … `to` (exclusive) are not planned yet. */
  abstract missingPages(tenantId: TenantId, syncId: SyncId, from: number, to: number): Promise<number[]>;
  /** Facts and digests of planned pages (not those of removals), in page order. */
  abstract facts(
    tenantId: TenantId,
    syncId: SyncId,
    fromPage: number,
    limit: number,
  ): Promise<{ page: number; firstSeq: number; records: number; facts: Uint8Array; digest: string }[]>;
  abstract pagePlan(tenantId: TenantId, syncId: SyncId, page: number): Promise<PagePlan>;
  /** Page numbers (removal pages included) that hold at least one row that could be applied or a refresh. */
  abstract applicablePages(tenantId: TenantId, syncId: SyncId): Promise<number[]>;
  abstract bySeqs(tenantId: TenantId, syncId: SyncId, seqs: readonly number[]): Promise<EffectiveOutcome[]>;
  /** The user of an unchanged record; null when the sequence is no unchanged one. */
  abstract unchangedUser(tenantId: TenantId, syncId: SyncId, seq: number): Promise<UserId | null>;
  abstract totals(tenantId: TenantId, syncId: SyncId): Promise<OutcomeTotal[]>;
  /** {@link totals} of several syncs, in their order, for one question to the database. */
  abstract totalsOfEach(tenantId: TenantId, syncIds: readonly SyncId[]): Promise<OutcomeTotal[][]>;
  /** Effective rows in order of sequence, from after a sequence on (-1: from the first). Packed unchanged ones are not in it. */
  abstract list(
    tenantId: TenantId,
    syncId: SyncId,
    filter: OutcomeFilter,
    afterSeq: number,
    limit: number,
  ): Promise<EffectiveOutcome[]>;
  /**
   * Outcomes of people who are unchanged in order of sequence, from after one on, the packed ones among them: as {@link find}
   * gives those. None once retention has taken the rows.
   */
  abstract listUnchanged(
    tenantId: TenantId,
    syncId: SyncId,
    afterSeq: number,
    limit: number,
  ): Promise<EffectiveOutcome[]>;
  /**
   * Outcomes that fit one of the filters and in whose person's text `q` is (part of a name or source id, of an e-mail or
   * employee id; any case), those of unchanged people too, in order of sequence, after one. A page may be short while
   * `next` leads on: where fitting and other outcomes are mixed, only so many are looked at.
   */
  abstract find(
    tenantId: TenantId,
    syncId: SyncId,
    filters: readonly OutcomeFilter[],
    q: string,
    afterSeq: number,
    limit: number,
  ): Promise<OutcomeSearch>;
  /**
   * As {@link find}, all outcomes of several small syncs at once: in the order in which these are given, `limit` at most.
   * All their texts are read. Pages that an older version stored without texts are left out.
   */
  abstract findAmong(
    tenantId: TenantId,
    syncIds: readonly SyncId[],
    q: string,
    limit: number,
  ): Promise<EffectiveOutcome[]>;
  /**
   * Effective outcomes that are about a user, planned and dry ones too, from after a place of this list on: newest queued
   * sync first, the one that created the user last. Packed unchanged ones are not in it, nor what retention has deleted.
   */
  abstract history(
    tenantId: TenantId,
    userId: UserId,
    after: OutcomePlace | null,
    limit: number,
  ): Promise<EffectiveOutcome[]>;
  /** How many rows are held or still planned: what keeps a sync awaiting approval. */
  abstract countHeld(tenantId: TenantId, syncId: SyncId): Promise<number>;
  /** Packed rows and outcome rows of syncs ended before these instants go, except the syncs kept. Bounded by `limit` syncs. */
  abstract deleteEndedBefore(
    packedBefore: string,
    rowsBefore: string,
    keep: readonly SyncId[],
    limit: number,
  ): Promise<number>;
}
