import type { IntegrationId, SyncId, TenantId } from '../ids.js';
import type { Approval, Manifest, OpenSync, Sync, SyncMode, SyncState, SyncTrigger } from '../sync.js';

export interface SyncFilter {
  integrationId?: IntegrationId;
  mode?: SyncMode;
  trigger?: SyncTrigger;
  state?: SyncState;
  /** Only of higher generations; generations are counted by integration, so that it is named, too. */
  afterGeneration?: number;
  /** Only of this session. */
  session?: SyncId;
  /** Of each session only its newest sync so far, and all that are of none. */
  foldSessions?: boolean;
  /** Created at or after / before these instants. */
  from?: string;
  to?: string;
}

/** A sync as those see it who look back over many. */
export interface SyncOutline extends Pick<Sync, 'id' | 'mode' | 'trigger' | 'state' | 'createdAt'> {
  /** It has ended and read all of its source: of its integration's people it says what older ones said, anew. */
  isWhole: boolean;
  /** Records planned so far. */
  records: number;
}

/** The parts of a sync that move. The reporter writes them, except the flags that the API raises. */
export type SyncPatch = Partial<
  Pick<
    Sync,
    | 'mode'
    | 'inPipeline'
    | 'round'
    | 'supersededBy'
    | 'republished'
    | 'failure'
    | 'startedAt'
    | 'plannedAt'
    | 'settledAt'
    | 'endedAt'
    | 'progressedAt'
  >
>;

/** Syncs, their states and the words of people on them. */
export abstract class SyncStore {
  /** Inserts it with the integration's next generation and gives that. Durable against a power cut. */
  abstract queue(sync: Omit<Sync, 'generation'>): Promise<number>;
  abstract sync(tenantId: TenantId, id: SyncId): Promise<Sync | null>;
  /** Those of these ids that there are, by id. */
  abstract byIds(tenantId: TenantId, ids: readonly SyncId[]): Promise<Map<SyncId, Sync>>;
  /** Newest first; `after` is a sync id of this list. */
  abstract syncs(tenantId: TenantId, filter: SyncFilter, after: SyncId | null, limit: number): Promise<Sync[]>;
  /** An integration's syncs as {@link syncs} gives them, without changes by hand and without all that nobody needs of thousands. */
  abstract outlines(
    tenantId: TenantId,
    integrationId: IntegrationId,
    after: SyncId | null,
    limit: number,
  ): Promise<SyncOutline[]>;
  /** Syncs of all tenants, or of one integration, that have not ended or have an approval beyond their round; oldest first. */
  abstract open(of?: Pick<Sync, 'tenantId' | 'integrationId'>): Promise<OpenSync[]>;
  /** Moves the state if it is still `from`; false when it is not. `from` may equal `to` for a patch alone. */
  abstract move(tenantId: TenantId, id: SyncId, from: SyncState, to: SyncState, patch: SyncPatch): Promise<boolean>;
  /**
   * Sets `inPipeline` if no other live sync of the integration that has not ended holds it; a dry sync always gets it.
   * True when it is (or already was) set; a live sync that enters gets the integration's next `turn`.
   */
  abstract enterPipeline(tenantId: TenantId, id: SyncId): Promise<boolean>;
  /** Asks a sync that has not ended to stop; false when it has ended. Durable against a power cut. */
  abstract requestCancel(tenantId: TenantId, id: SyncId): Promise<boolean>;
  /**
   * Marks older syncs of the integration (lower generation) as superseded; an `awaitingApproval` one ends anew. An undo with
   * a word beyond its round is left out: it waits for the syncs before it, and versions keep it from what they changed.
   */
  abstract supersedeOlder(by: Sync): Promise<void>;
  /** Adds a word with the next round number; gives that. Durable against a power cut. */
  abstract addApproval(tenantId: TenantId, id: SyncId, approval: Omit<Approval, 'round'>): Promise<number>;
  abstract approvals(tenantId: TenantId, id: SyncId): Promise<Approval[]>;
  /**
   * The manifest of the newest live sync of the integration, older than the given generation, whose full complete
   * snapshot was applied (ended `completed`, and no removal of somebody missing was rejected or superseded); the measure
   * for a falling declared total.
   */
  abstract lastAccepted(
    tenantId: TenantId,
    integrationId: IntegrationId,
    beforeGeneration: number,
  ): Promise<Manifest | null>;
  /** The newest sync of an integration whose own snapshot is full and complete. */
  abstract newestCompleteSnapshot(tenantId: TenantId, integrationId: IntegrationId): Promise<SyncId | null>;
  /**
   * When the newest live sync of the integration that read its source whole came to its end, `completed`; null when none
   * has. Changes by hand, undos, pushes, replays, runs of failed records and syncs of one person are no such syncs.
   */
  abstract lastGoodEnd(tenantId: TenantId, integrationId: IntegrationId): Promise<string | null>;
  /**
   * Whether a dry sync of the integration has ended `completed` that read somebody and mapped them, so that there was a plan to look at. Pushes,
   * undos, runs of failed records and syncs of one person show some people only: they are no such syncs.
   */
  abstract hasDryPlan(tenantId: TenantId, integrationId: IntegrationId): Promise<boolean>;
  /**
   * Syncs whose snapshot or outcomes retention must leave alone: held plans, newest complete snapshots, open syncs and what
   * these read; the sync that an open undo takes back, and the one whose failed records an open sync reads, included.
   */
  abstract keptByRetention(): Promise<SyncId[]>;
}
