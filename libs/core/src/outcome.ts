import type { AttributeValue } from './attributes.js';
import type { SyncId, UserId } from './ids.js';
import type { MappingProblem } from './mapping.js';
import { joinSearched } from './searched-text.js';
import type { SafeguardRule } from './safeguards.js';

/** What a sync does to one person. */
export const outcomeKinds = ['created', 'updated', 'skipped', 'failed', 'deprovisioned', 'reactivated'] as const;
export type OutcomeKind = (typeof outcomeKinds)[number];

/** Why. A closed list: the API, the dashboard and the docs know every one. */
export const outcomeReasons = [
  'new',
  'changed',
  'returned',
  'ownerChanged',
  'unchanged',
  'duplicateRecord',
  'supersededRecord',
  'outOfScope',
  'alreadyTerminated',
  'secondarySource',
  'noMapping',
  'manual',
  'identityMissing',
  'requiredAttributeMissing',
  'expressionFailed',
  'typeMismatch',
  'decodeFailed',
  'recordTooLarge',
  'unclassified',
  'ambiguousMatch',
  'conflictingRecords',
  'keyCollision',
  'lost',
  'missingFromSnapshot',
  'terminationDate',
  'sourceDeactivated',
  'undone',
] as const;
export type OutcomeReason = (typeof outcomeReasons)[number];

/** Where a planned change stands. `skipped` and `failed` outcomes have none. */
export const outcomeStates = ['planned', 'applied', 'held', 'rejected', 'drifted', 'superseded', 'cancelled'] as const;
export type OutcomeState = (typeof outcomeStates)[number];

/** True for outcomes that would change the directory and therefore have a state. */
export function changesDirectory(kind: OutcomeKind): boolean {
  return kind !== 'skipped' && kind !== 'failed';
}

/** True while an outcome can still be applied, approved or rejected. */
export function isOpen(state: OutcomeState | null): boolean {
  return state === 'planned' || state === 'held';
}

/**
 * What an outcome's state is to those who look at it: its own, else its page's; `superseded` with the sync while it was
 * still open. Null for outcomes that change nobody.
 */
export function effectiveState(
  outcome: OutcomeKind,
  own: OutcomeState | null,
  pageState: OutcomeState,
  superseded: boolean,
): OutcomeState | null {
  if (!changesDirectory(outcome)) return null;
  const state = own ?? pageState;
  return superseded && isOpen(state) ? 'superseded' : state;
}

/** Attribute (or `status`, `role`, `owner`) to its value before and after. */
export type Changes = Record<string, [before: AttributeValue, after: AttributeValue]>;

/** Ranks of an outcome row: a higher one overrides a lower one of the same (sync, sequence). */
export const rank = { planned: 0, settled: 1, ended: 2 } as const;
export type Rank = (typeof rank)[keyof typeof rank];

/** What applying an outcome does to the link of its record. */
export type LinkEffect = 'none' | 'link' | 'absent';

/** One outcome as written once, with its whole before → after. */
export interface OutcomeRow {
  seq: number;
  outcome: OutcomeKind;
  reason: OutcomeReason;
  /** Null follows the page: `planned`, then `applied` once the page's slice has ended. */
  state: OutcomeState | null;
  sourceId: string | null;
  userId: UserId | null;
  /** The person's name as lists show it; null when unknown. */
  label: string | null;
  changes: Changes;
  problems: MappingProblem[];
  /** The user version that the plan was made against; null when there is no user yet. */
  userVersion: number | null;
  link: LinkEffect;
  /** Hash of the record's bytes; null for an outcome without a record. */
  recordHash: string | null;
  dueDate: string | null;
  detail?: OutcomeDetail;
}

/** The outcome of something that is gone: nobody knows whom it was about. */
export function lostRow(seq: number): OutcomeRow {
  return {
    seq,
    outcome: 'failed',
    reason: 'lost',
    state: null,
    sourceId: null,
    userId: null,
    label: null,
    changes: {},
    problems: [],
    userVersion: null,
    link: 'none',
    recordHash: null,
    dueDate: null,
  };
}

/** True of a row that is noted under its user; the creation of a user is told by the user's id. */
export function namesUser<Row extends Pick<OutcomeRow, 'outcome' | 'userId'>>(
  row: Row,
): row is Row & { userId: UserId } {
  return row.userId !== null && row.outcome !== 'created';
}

/**
 * What a search for a person looks through: name, source id, the keys that the outcome gives them, and what is known of
 * the user whom it is about.
 */
export function outcomeSearchText(
  { label, sourceId, changes }: Pick<OutcomeRow, 'label' | 'sourceId' | 'changes'>,
  ofUser: string | null,
): string {
  const keys = (['email', 'employeeId'] as const).map((key) => changes[key]?.[1] ?? null);
  return joinSearched([
    label,
    sourceId,
    ...keys.map((key) => (key === null ? null : String(key))),
    ...(ofUser?.split('\n') ?? []),
  ]);
}

/** What an admin needs to understand an exception. Ids and rule names only, never a person's values. */
export interface OutcomeDetail {
  heldBy?: SafeguardRule[];
  /** The transfer whose members are decided as one: its lowest sequence. */
  transfer?: number;
  /** Other sequences or users that this outcome depends on or collides with. */
  otherSeqs?: number[];
  otherUserIds?: UserId[];
  /** Which key collided or drifted. */
  key?: 'email' | 'employeeId';
  /** How the record found its user. */
  matchedBy?: 'link' | 'employeeId' | 'email';
  /** A record out of scope whose person loses access once the snapshot is known to be whole. */
  leavesScope?: boolean;
  /** Of an undo: the sequence of the outcome that it takes back. */
  undoes?: number;
  /** The sync that has changed the user since the undone one. */
  changedBy?: SyncId;
  note?: string;
}

/** Records of a page that changed nothing: kept packed, one row a page. Parallel arrays. */
export interface UnchangedRecords {
  seqs: number[];
  userIds: UserId[];
}

/** Such records as they are planned. */
export interface PlannedUnchanged extends UnchangedRecords {
  /** By which the people are found; those of pages that an older version planned have none. */
  sourceIds?: (string | null)[];
}

/** Links whose `seen` part must be renewed although nobody changed (new mapping version, unmapped bytes). */
export interface SeenRefresh {
  seq: number;
  sourceId: string;
  userId: UserId;
  recordHash: string;
  userVersion: number;
  dueDate: string | null;
}

/** How an outcome is counted: `outcome:reason:state`, state empty while it follows the page. */
export type OutcomeCounts = Record<string, number>;

export function countKey(outcome: OutcomeKind, reason: OutcomeReason, state: OutcomeState | null): string {
  return `${outcome}:${reason}:${state ?? ''}`;
}

/** An outcome as the API shows it: the row of highest rank with its effective state. */
export interface EffectiveOutcome extends OutcomeRow {
  syncId: SyncId;
  page: number;
  rank: Rank;
  /** The state resolved through page and sync; null for `skipped` and `failed`. */
  effectiveState: OutcomeState | null;
}

const forgotten = 'Who this was is past retention.';

/** The outcome of a record that changed nothing, which has no row of its own; the user is null once that is forgotten. */
export function unchangedOutcome(syncId: SyncId, seq: number, page: number, userId: UserId | null): EffectiveOutcome {
  return {
    ...lostRow(seq),
    outcome: 'skipped',
    reason: 'unchanged',
    syncId,
    page,
    userId,
    rank: rank.planned,
    effectiveState: null,
    ...(userId === null ? { detail: { note: forgotten } } : {}),
  };
}
