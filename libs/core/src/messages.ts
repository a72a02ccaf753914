import type { IntegrationId, SyncId, TenantId, UserId } from './ids.js';
import type { MappingProblem } from './mapping.js';
import type { OutcomeCounts, OutcomeRow, PlannedUnchanged, SeenRefresh } from './outcome.js';
import type { Lane } from './sync.js';
import type { Attributes } from './user.js';

export const roles = ['fetcher', 'mapper', 'reconciler', 'reporter'] as const;
export type RoleName = (typeof roles)[number];

/** Wakes a role: the work itself is claimed in the store, so a lost or doubled command harms nobody. */
export interface SyncCommand {
  role: RoleName;
  tenantId: TenantId;
  integrationId: IntegrationId;
  /** Null: the work is about the integration (a check of its source). */
  syncId: SyncId | null;
}

/** Names the page that a data message is about. Ids and numbers only: it travels in headers. */
export interface PageReference {
  tenantId: TenantId;
  integrationId: IntegrationId;
  syncId: SyncId;
  page: number;
  firstSeq: number;
  records: number;
  claim: number;
}

/** A page of raw records. */
export interface RawPage extends PageReference {
  /** {@link encodePage}'s body; null when the page travels by reference and is read from the snapshot store. */
  body: Uint8Array | null;
}

/** What the mapper made of one record. */
export interface MappedRecord {
  seq: number;
  recordHash: string;
  /** Null when the record has no identity. */
  sourceId: string | null;
  inScope: boolean;
  /** Null: the indicator is missing or blank. */
  restricted: boolean | null;
  values: Attributes;
  problems: MappingProblem[];
  dueDate: string | null;
}

/** Records whose bytes, mapping and settings are those last seen. Parallel arrays. */
export interface SeenRecords {
  seqs: number[];
  sourceIds: string[];
  userIds: UserId[];
  userVersions: number[];
}

export interface MappedPage extends PageReference {
  /** Null: the sync has no mapping; every record is `skipped: noMapping`. */
  mapped: MappedRecord[] | null;
  seen: SeenRecords;
}

/** A page's plan, as the reporter stores it. */
export interface PlannedPage extends PageReference {
  kind: 'planned';
  rows: OutcomeRow[];
  unchanged: PlannedUnchanged;
  refresh: SeenRefresh[];
  counts: OutcomeCounts;
  /** What settling needs of this page, opaque to everyone but the reconciler. Base64. */
  facts: string;
  /** SHA-256 over rows, unchanged and refresh, hex. */
  digest: string;
}

/** What became of one slice: all of it was applied, except the drifts it lists. */
export interface SliceReport {
  kind: 'slice';
  tenantId: TenantId;
  integrationId: IntegrationId;
  syncId: SyncId;
  round: number;
  slice: number;
  /** The page whose outcomes follow it, null for named outcomes and transfers. */
  wholePage: number | null;
  /** Sequences of named outcomes that were applied (empty for a whole page). */
  applied: number[];
  drifted: Drift[];
}

/** What had changed: the user's version, a key that somebody else took, the link; or this one write was refused. */
export const driftCauses = ['version', 'email', 'employeeId', 'link', 'refused'] as const;
export type DriftCause = (typeof driftCauses)[number];

export interface Drift {
  seq: number;
  cause: DriftCause;
}

export type OutcomeMessage = PlannedPage | SliceReport;

/** Names a slice to apply; the reconciler reads its rows from the store. */
export interface ApplySlice {
  tenantId: TenantId;
  integrationId: IntegrationId;
  syncId: SyncId;
  round: number;
  slice: number;
  claim: number;
}

/** A message that no stage could make sense of. */
export interface DeadLetter {
  topic: string;
  partition: number;
  offset: number;
  group: string;
  reason: string;
  at: string;
  headers: Record<string, string>;
  value: Uint8Array;
}

/** Body type of each topic. */
export interface TopicBodies {
  'sync-commands': SyncCommand;
  'raw-records': RawPage;
  'mapped-users': MappedPage;
  outcomes: OutcomeMessage;
  'apply-slices': ApplySlice;
}
export type TopicName = keyof TopicBodies;

/** The data topics exist twice; a sync's lane is fixed when it is queued. */
export function topicAddress(topic: TopicName, lane: Lane): string {
  return topic === 'sync-commands' || lane === 'bulk' ? `muster.${topic}` : `muster.${topic}.quick`;
}

/** Partitions of each topic address by default. */
export const topicPartitions: Record<TopicName, number> = {
  'sync-commands': 1,
  'raw-records': 4,
  'mapped-users': 4,
  outcomes: 4,
  'apply-slices': 4,
};
