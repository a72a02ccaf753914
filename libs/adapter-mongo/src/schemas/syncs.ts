import type { Sync, SyncId } from '#core';
import { declareCollection } from './collection.js';

/** The parts of a sync that never change once it is queued and that nothing is searched by. */
export type FixedParts = Pick<
  Sync,
  'lane' | 'now' | 'today' | 'person' | 'failedOf' | 'reread' | 'session' | 'edit' | 'undo' | 'requestedBy'
>;

/** What moves is a field; what is fixed is one JSON text. */
export interface SyncDocument extends Omit<Sync, keyof FixedParts | 'frozen' | 'turn'> {
  /** tenant:sync */
  _id: string;
  /** Rises with every sync queued: the order of lists. */
  order: number;
  /** Missing in documents written before there were turns. */
  turn?: number;
  /** Of a push sync: its session's id, and whether the session has a newer one. */
  sessionId?: SyncId;
  folded?: boolean;
  /** The key of the snapshot read. */
  snapshot: string;
  /** The highest round that a person's word was given for; -1 when none was. */
  lastApproval: number;
  /** Derived from the state by every write. */
  ended: boolean;
  /** Derived too: it has not ended, or a word is beyond its round. */
  open: boolean;
  /** {@link FixedParts} as JSON; `frozen` was among them once. */
  fixed: string;
  /** The settings as JSON: whoever asks which syncs are open reads none of them. */
  frozen?: string;
  /** What retention has deleted of its outcomes. */
  packedGone: boolean;
  rowsGone: boolean;
}

export const syncs = declareCollection<SyncDocument>(
  'syncs',
  {
    _id: String,
    order: Number,
    id: String,
    tenantId: String,
    integrationId: String,
    mode: String,
    trigger: String,
    state: String,
    generation: Number,
    snapshotOf: String,
    snapshot: String,
    inPipeline: Boolean,
    turn: Number,
    round: Number,
    cancelRequested: Boolean,
    supersededBy: String,
    republished: Boolean,
    failure: Object,
    createdAt: String,
    startedAt: String,
    plannedAt: String,
    settledAt: String,
    endedAt: String,
    progressedAt: String,
    lastApproval: Number,
    ended: Boolean,
    open: Boolean,
    fixed: String,
    frozen: String,
    packedGone: Boolean,
    rowsGone: Boolean,
    sessionId: String,
    folded: Boolean,
  },
  [
    { name: 'byTenant', keys: { tenantId: 1, order: -1 } },
    { name: 'byIntegration', keys: { tenantId: 1, integrationId: 1, generation: -1 } },
    { name: 'open', keys: { open: 1, order: 1 }, partialFilterExpression: { open: true } },
    {
      name: 'openByIntegration',
      keys: { tenantId: 1, integrationId: 1, order: 1 },
      partialFilterExpression: { open: true },
    },
    {
      name: 'bySession',
      keys: { tenantId: 1, sessionId: 1, order: -1 },
      partialFilterExpression: { sessionId: { $type: 'string' } },
    },
    { name: 'waiting', keys: { state: 1, order: 1 }, partialFilterExpression: { state: 'awaitingApproval' } },
    { name: 'packedByEnd', keys: { endedAt: 1 }, partialFilterExpression: { packedGone: false } },
    { name: 'rowsByEnd', keys: { endedAt: 1, rowsGone: 1 }, partialFilterExpression: { rowsGone: false } },
  ],
);

export interface SyncApprovalDocument {
  /** tenant:sync:round */
  _id: string;
  /** An `Approval` as JSON. */
  body: string;
}

export const syncApprovals = declareCollection<SyncApprovalDocument>('syncApprovals', { _id: String, body: String });

/**
 * Counters: `syncs` gives each sync its place in lists, tenant:integration its generation. `asked` rises whenever the
 * question who may be in the pipeline is asked, so that two who ask at once are answered one after the other; `turn` is
 * the turn of the live sync that was let in last.
 */
export interface CounterDocument {
  _id: string;
  value: number;
  asked?: number;
  turn?: number;
}

export const counters = declareCollection<CounterDocument>('counters', {
  _id: String,
  value: Number,
  asked: Number,
  turn: Number,
});
