/** What this program reads of the API's answers; the contract is `/openapi.json`. */
export type Value = string | number | boolean | string[] | null;

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface Me {
  keyId: string;
  label: string;
  role: string;
  tenantId: string | null;
}

export interface Tenant {
  id: string;
  name: string;
  timeZone: string;
  deprovisioningDelayDays: number;
}

export interface ApiKey {
  id: string;
  label: string;
  role: string;
  createdAt: string;
}

export interface Attribute {
  name: string;
  label: string;
  type: string;
  required: boolean;
  whenBlank: string;
  excludeFromCsvExport: boolean;
  standard: boolean;
}

export interface Connector {
  id: string;
  title: string;
  description: string;
  capabilities: { person: boolean; delta: boolean; resume: boolean };
}

export interface ConnectorDetail extends Connector {
  config: JsonSchema;
  secrets: JsonSchema;
  defaultMapping: { attributes: Record<string, string> };
}

export interface JsonSchema {
  properties?: Record<string, { type?: string; description?: string; default?: unknown }>;
  required?: string[];
}

export interface Schedule {
  mode: string;
  every?: number;
  cron?: string;
  timeZone?: string;
  effectiveMode: string;
  runsDryBecause: string | null;
  nextRunAt: string | null;
  isRetry: boolean;
  consecutiveFailures: number;
  lastRefused: { at: string; message: string } | null;
}

export interface Integration {
  id: string;
  name: string;
  connectorId: string;
  config: Record<string, unknown>;
  secretsSet: string[];
  enabled: boolean;
  precedence: string;
  standing: string;
  onLeavingScope: string;
  safeguards: Record<string, number>;
  schedule: Schedule | null;
  paused: { syncId: string; at: string; message: string } | null;
  activeMappingVersion: number | null;
  revision: number;
  lastSync: { id: string; mode: string; state: string; createdAt: string } | null;
}

export interface Check {
  id: string;
  ok: boolean | null;
  finishedAt: string | null;
  steps: { step: string; ok: boolean; message: string }[];
}

export interface Mapping {
  version: number;
  active: boolean;
  identity: string;
  attributes: Record<string, string>;
  scope: string | null;
  restricted: { expression: string; onMissing: string } | null;
  createdAt: string;
  createdBy: string;
}

export interface Sync {
  id: string;
  integrationId: string;
  mode: 'dry' | 'live';
  trigger: string;
  state: string;
  round: number;
  undoOfSyncId: string | null;
  mappingVersion: number | null;
  requestedBy: string;
  failure: { code: string; message: string } | null;
  createdAt: string;
  startedAt: string | null;
  plannedAt: string | null;
  settledAt: string | null;
  endedAt: string | null;
}

export interface OutcomeTotal {
  outcome: string;
  reason: string;
  state: string | null;
  count: number;
}

/** How far a sync has come, as its events tell. */
export interface SyncProgress {
  state: string;
  progress: {
    recordsFetched: number;
    recordsPlanned: number;
    recordsTotal: number | null;
    slicesApplied: number;
    slices: number | null;
  };
}

export interface SyncDetail extends Sync {
  summary: string;
  totals: OutcomeTotal[];
  progress: SyncProgress['progress'];
  manifest: {
    extent: string;
    wholeness: string;
    records: number;
    evidence: { declaredFirst: number | null; reason: string };
    fetch: { requests: number; retries: number };
  } | null;
  safeguards: {
    rule: string;
    attribute?: string;
    measured: number;
    limit: number;
    population: number;
    tripped: boolean;
    message: string;
  }[];
  planHash: string | null;
  held: number;
  undoneBySyncId: string | null;
  approvals: { round: number; verdict: string; by: string; at: string; comment: string }[];
}

export interface Outcome {
  id: string;
  syncId: string;
  seq: number;
  outcome: string;
  reason: string;
  why: string;
  state: string | null;
  sourceId: string | null;
  userId: string | null;
  label: string | null;
  changes: Record<string, { before: Value; after: Value }>;
  problems: { attribute: string; code: string; expression: string; message: string }[];
  heldBy: string[];
  note: string | null;
}

export interface Explanation {
  outcome: Outcome;
  why: string;
  next: string | null;
  record: { available: boolean; note: string | null; document: unknown };
  mappingVersion: number | null;
  attributes: {
    attribute: string;
    expression: string | null;
    raw: unknown;
    coerced: Value;
    problem: { message: string } | null;
    before: Value;
    after: Value;
    changed: boolean;
  }[];
}

export interface User {
  id: string;
  version: number;
  status: string;
  role: string;
  owner: string | null;
  attributes: Record<string, Value>;
  manager: { userId: string | null } | null;
  deactivation: { at: string; reason: string; anonymizeAfter: string } | null;
  links?: { integrationId: string; sourceId: string; presence: string }[];
  provenance?: Record<string, Provenance | null>;
}

export interface Provenance {
  outcomeId: string;
  syncId: string;
  at: string;
  byHand: boolean;
  requestedBy: string | null;
  mappingVersion: number | null;
  expression: string | null;
}

export interface HistoryEntry extends Outcome {
  at: string;
  integrationId: string | null;
  mode: string;
  trigger: string;
  requestedBy: string | null;
}

export interface UserReport {
  groupBy: string;
  groups: { value: string | number | boolean; users: number }[];
  rest: { values: number; users: number };
  blank: number;
  total: number;
}

export interface FoundPerson {
  where: string;
  next: string | null;
  name: string | null;
  user: User | null;
  integrationId: string | null;
  sourceId: string | null;
  outcome: Outcome | null;
  lastRecord: { syncId: string; seq: number; at: string } | null;
}

export interface FoundPeople {
  items: FoundPerson[];
  more: boolean;
  isPartial: boolean;
  searched: { integrationId: string; syncId: string; mode: string; state: string; createdAt: string }[];
}

export interface Approval {
  syncId: string;
  round: number;
  verdict: string;
  alsoNamed: string[];
}

/** A sync has come to a state. */
export interface SyncChange {
  no: number;
  syncId: string;
  integrationId: string;
  mode: string;
  state: string;
  at: string;
}

export interface AuditEntry {
  id: string;
  at: string;
  actor: string;
  action: string;
  target: string;
  detail: string;
}

export interface MappingTrial {
  sourceId: string | null;
  inScope: boolean;
  restricted: boolean | null;
  attributes: { name: string; expression: string; value: Value; problem: { message: string } | null }[];
  problems: { attribute: string; message: string }[];
}

export interface ExpressionChange {
  field: string;
  change: string;
  before: string | null;
  after: string | null;
}

/** A place in the source's records. */
export interface PayloadField {
  expression: string;
  firstExpression: string | null;
  types: string[];
  fillRate: number;
}

/** Somebody with whom two syncs deal otherwise. */
export interface OutcomeDifference {
  sourceId: string | null;
  label: string | null;
  first: { outcome: string; reason: string } | null;
  second: { outcome: string; reason: string } | null;
  attributes: string[];
}

/** Something to be done at the source. */
export interface SetupStep {
  title: string;
  text: string;
  values: { label: string; value: string }[];
}
