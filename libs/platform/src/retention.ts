import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { MusterConfig } from '#config';
import {
  CheckStore,
  Clock,
  IdempotencyStore,
  NoticeStore,
  OutcomeStore,
  ScimRequestLog,
  ScimResourceStore,
  SnapshotStore,
  SyncChangeLog,
  SyncStore,
} from '#core';
import { type WorkLoop, WorkLoops } from '#pipeline';
import { Logger } from '#telemetry';

const everyMs = 60 * 60 * 1000;
const dayMs = 24 * 60 * 60 * 1000;
/** Snapshots or syncs deleted in one call, so that no step holds others up. */
const syncsAtOnce = 5;
const checksKeptDays = 30;
const noticesKeptDays = 30;
/** Answers to commands that their callers might send again. */
const answersKeptDays = 1;
/** How long a client of the event streams may be away and still miss nothing. */
const changesKeptDays = 7;
/** How long what an identity provider deleted is shown to syncs as gone; afterwards it is missing there. */
const deletedResourcesKeptDays = 30;
const resourcesAtOnce = 100;
/** Requests of identity providers: so long, and of each integration so many. */
const scimRequestsKeptDays = 14;
const scimRequestsKept = 200_000;
const scimRequestsAtOnce = 1_000;

/** What retention deletes from. */
@Injectable()
export class RetentionStores {
  constructor(
    readonly syncs: SyncStore,
    readonly snapshots: SnapshotStore,
    readonly outcomes: OutcomeStore,
    readonly checks: CheckStore,
    readonly requests: IdempotencyStore,
    readonly changes: SyncChangeLog,
    readonly notices: NoticeStore,
    readonly resources: ScimResourceStore,
    readonly scimRequests: ScimRequestLog,
  ) {}
}

/**
 * Deletes, every hour and in one process at a time, what has been kept long enough. Held plans and the newest complete
 * snapshot of each integration are kept for ever.
 */
@Injectable()
export class Retention implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: WorkLoop;
  private lastDoneMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly stores: RetentionStores,
    private readonly config: MusterConfig,
    private readonly clock: Clock,
    private readonly logger: Logger,
    workLoops: WorkLoops,
  ) {
    this.loop = workLoops.make('retention', {
      intervalMs: 60_000,
      find: async () =>
        this.clock.nowMs() - this.lastDoneMs < everyMs
          ? []
          : [{ key: 'retention', run: async (_lease, signal) => this.run(signal) }],
    });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  /** Deletes everything that is due now. */
  async run(signal: AbortSignal): Promise<void> {
    const { syncs, snapshots, outcomes, checks, requests, changes, notices, resources, scimRequests } = this.stores;
    const { retention } = this.config;
    const startedMs = this.clock.nowMs();
    const before = (days: number) => new Date(startedMs - days * dayMs).toISOString();
    const keep = await syncs.keptByRetention();
    const deletedSnapshots = await inSteps(syncsAtOnce, signal, (limit) =>
      snapshots.deleteFinishedBefore(before(retention.snapshots), keep, limit),
    );
    const deletedOutcomes = await inSteps(syncsAtOnce, signal, (limit) =>
      outcomes.deleteEndedBefore(before(retention.packed), before(retention.outcomes), keep, limit),
    );
    if (signal.aborted) return;
    await checks.deleteBefore(before(checksKeptDays));
    await requests.deleteBefore(before(answersKeptDays));
    await changes.deleteBefore(before(changesKeptDays));
    await notices.deleteBefore(before(noticesKeptDays));
    await inSteps(resourcesAtOnce, signal, (limit) =>
      resources.forgetDeletedBefore(before(deletedResourcesKeptDays), limit),
    );
    await inSteps(scimRequestsAtOnce, signal, (limit) =>
      scimRequests.deleteBefore(before(scimRequestsKeptDays), limit),
    );
    await scimRequests.trim(scimRequestsKept);
    this.lastDoneMs = startedMs;
    this.logger.info('Retention is done.', { deletedSnapshots, deletedOutcomes });
  }
}

/** Deletes at most so many at once, until fewer are left than that or the signal aborts. Gives how many went. */
async function inSteps(
  atOnce: number,
  signal: AbortSignal,
  deleteSome: (limit: number) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (let deleted = atOnce; deleted === atOnce && !signal.aborted; sum += deleted) deleted = await deleteSome(atOnce);
  return sum;
}
