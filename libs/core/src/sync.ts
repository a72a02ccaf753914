import type { AttributeDefinition } from './attributes.js';
import type { IntegrationId, SyncId, TenantId, UserId } from './ids.js';
import type { Precedence } from './integration.js';
import type { JsonValue } from './json.js';
import type { MappingDefinition } from './mapping.js';
import type { PushSession } from './push-session.js';
import type { SafeguardLimits } from './safeguards.js';
import type { Attributes, UserRole } from './user.js';

export const syncModes = ['dry', 'live'] as const;
export type SyncMode = (typeof syncModes)[number];

export const syncTriggers = ['schedule', 'arrival', 'manual', 'push', 'replay', 'undo', 'edit'] as const;
export type SyncTrigger = (typeof syncTriggers)[number];

/** The states through which a sync goes before its end. */
export const openStates = ['queued', 'fetching', 'planning', 'settling', 'applying'] as const;

export const endStates = ['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'] as const;
export type EndState = (typeof endStates)[number];

export const syncStates = [...openStates, ...endStates] as const;
export type SyncState = (typeof syncStates)[number];

/** True when nothing more happens to a sync unless a person says so. */
export function hasEnded(state: SyncState): state is EndState {
  return (endStates as readonly SyncState[]).includes(state);
}

/** How much of the source a fetch set out to read. */
export const extents = ['full', 'delta', 'person', 'push'] as const;
export type Extent = (typeof extents)[number];

/** Whether it read all of that. */
export const wholenesses = ['complete', 'truncated', 'failed'] as const;
export type Wholeness = (typeof wholenesses)[number];

/** `push`, single-person and by-hand syncs overtake the bulk of others. */
export const lanes = ['bulk', 'quick'] as const;
export type Lane = (typeof lanes)[number];

/** Everything that decides what a sync does, fixed when it is queued. */
export interface FrozenSettings {
  /** Null: the integration has no active mapping; every record is `skipped: noMapping`. */
  mapping: { version: number; definition: MappingDefinition } | null;
  attributes: AttributeDefinition[];
  attributesRevision: number;
  settingsRevision: number;
  connectorId: string;
  /** Where the connector's records hold its own immutable id of a person (JMESPath). */
  sourceIdExpression: string;
  precedence: Precedence;
  onLeavingScope: 'deprovision' | 'keep';
  safeguards: SafeguardLimits;
  timeZone: string;
  deprovisioningDelayDays: number;
}

/** What a person asked to be done to one user by hand. */
export type EditCommand = (
  | { kind: 'change'; userId: UserId; attributes: Attributes; role?: UserRole }
  | { kind: 'deprovision'; userId: UserId }
  | { kind: 'reactivate'; userId: UserId }
) & {
  /** The version of the user that the person saw; when it has changed by then, the edit drifts. */
  seenVersion?: number;
};

/** Which sync is to be taken back, and how much of it. */
export interface UndoCommand {
  syncId: SyncId;
  /** Its apply round when this was asked for; one that has gone on since is not undone. */
  round: number;
  /** Its applied outcomes by then: as many outcomes has the undo. */
  outcomes: number;
  /** What was done first was a change by hand: nobody's source has said anything else. */
  byHand: boolean;
}

/** One passage of one snapshot through the pipeline. */
export interface Sync {
  id: SyncId;
  tenantId: TenantId;
  /** Null for an edit of a user that no integration owns. */
  integrationId: IntegrationId;
  mode: SyncMode;
  trigger: SyncTrigger;
  state: SyncState;
  lane: Lane;
  /** Per integration, rising; decides who may write connector state. */
  generation: number;
  frozen: FrozenSettings;
  /** The instant that counts as "now" for every decision of this sync. */
  now: string;
  /** The tenant's local date at that instant, `YYYY-MM-DD`. */
  today: string;
  /** The source's id of the one person to fetch. */
  person: string | null;
  /** Whose snapshot is read: the sync's own id, or the replayed one's. */
  snapshotOf: SyncId;
  /** The sync whose failed records are read again, from what it had stored, into a snapshot of this sync's own. */
  failedOf: SyncId | null;
  /** Its connector is to read again what an earlier sync has applied, too. */
  reread: boolean;
  /** Of a push sync: with which others it belongs together. */
  session: PushSession | null;
  edit: EditCommand | null;
  undo: UndoCommand | null;
  requestedBy: string;
  /** True from the first published page to the end: at most one live sync of an integration at a time. */
  inPipeline: boolean;
  /**
   * Rises, per integration, whenever a live sync enters the pipeline; 0: never. The directory takes no write of a turn that
   * is over, so that a process which comes to itself late writes nothing over what others have written since.
   */
  turn: number;
  /** The apply round in work or last done; 0 follows settling, each approval adds one. -1 before. */
  round: number;
  cancelRequested: boolean;
  supersededBy: SyncId | null;
  /** Whether missing pages have been published again after planning stood still. */
  republished: boolean;
  failure: SyncFailure | null;
  createdAt: string;
  startedAt: string | null;
  plannedAt: string | null;
  settledAt: string | null;
  endedAt: string | null;
  /** When the state last changed or planning last advanced. */
  progressedAt: string;
}

/** The sync out of whose stored records this one takes its own; null: it reads the source. */
export function readsFrom({ id, snapshotOf, failedOf }: Pick<Sync, 'id' | 'snapshotOf' | 'failedOf'>): SyncId | null {
  return failedOf ?? (snapshotOf === id ? null : snapshotOf);
}

/** True for syncs that a person's command is planned from: they have no snapshot, and no source is asked. */
export function isFromCommand({ edit, undo }: Pick<Sync, 'edit' | 'undo'>): boolean {
  return edit !== null || undo !== null;
}

/** A sync without the settings it was queued with, mapping and all: thousands may be open at once. */
export type OpenSync = Omit<Sync, 'frozen'>;

/** `retriable` and `fatal`: the next sync may succeed. The others need a person. */
export const failureRecoveries = ['retriable', 'credentials', 'configuration', 'fatal'] as const;
export type FailureRecovery = (typeof failureRecoveries)[number];

export interface SyncFailure {
  code: string;
  message: string;
  /** What a source's failure needs; absent where it is not known. */
  recovery?: FailureRecovery;
}

/** What the fetcher says of a snapshot, once, after its last page. */
export interface Manifest {
  pages: number;
  records: number;
  bytes: number;
  extent: Extent;
  wholeness: Wholeness;
  evidence: WholenessEvidence;
  fetch: FetchStatistics;
  /** Set when wholeness is `failed`. */
  failure: SyncFailure | null;
  /** What the connector remembers once this sync has been applied; absent: what it remembers now. Never shown. */
  connectorState?: JsonValue;
  /** What was there and was not read, because it had been applied before under the same mapping; absent: nothing. */
  alreadyApplied?: string[];
  finishedAt: string;
}

export interface WholenessEvidence {
  /** What the source's first and last response declared as its number of people. */
  declaredFirst: number | null;
  declaredLast: number | null;
  distinctSourceIds: number | null;
  /** The source's own end marker was seen. */
  endSeen: boolean;
  /** One sentence: why complete, or why not. */
  reason: string;
}

export interface FetchStatistics {
  requests: number;
  retries: number;
  /** Of these, by the HTTP status that was not good enough, or `network`. Absent: not counted so when it was written. */
  retriesByStatus?: Record<string, number>;
  /** Responses by HTTP status, or `network`. */
  byStatus: Record<string, number>;
  /** How long requests waited for the source's rate budget, in milliseconds; those that waited at once count once. Absent: nothing was asked. */
  budgetWaitedMs?: number;
  startedAt: string;
}

/** A stored page of a snapshot, without its body. */
export interface SnapshotPage {
  page: number;
  firstSeq: number;
  records: number;
  /** Bytes of the records as received. */
  bytes: number;
  /** SHA-256 of the encoded body, hex. */
  contentHash: string;
  /** The cursor that follows this page; null after the last. */
  cursorAfter: JsonValue | null;
  claim: number;
}

/** A person's word on what a plan may do. */
export interface Approval {
  round: number;
  verdict: 'approve' | 'reject';
  selection: ApprovalSelection;
  /** Outcomes that it meant when it was given, with those that go along; absent in words of before that was written down. */
  meant?: number;
  planHash: string;
  by: string;
  comment: string;
  at: string;
}

export interface ApprovalSelection {
  /** Everything that is still approvable; held outcomes only with {@link includeHeld}. */
  all: boolean;
  seqs: number[];
  filter: { outcome?: string; reason?: string } | null;
  includeHeld: boolean;
}
