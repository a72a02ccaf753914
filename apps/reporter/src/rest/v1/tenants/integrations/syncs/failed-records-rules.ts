import { Injectable } from '@nestjs/common';
import {
  hasEnded,
  type Integration,
  isFromCommand,
  OutcomeStore,
  readsFrom,
  type Sync,
  type SyncId,
  type SyncMode,
  SyncStore,
} from '#core';
import { ProblemError } from '../../../../http/problem.errors.js';
import { SyncRules } from './sync-rules.js';

const syncsLookedAt = 100;

/** What must hold before failed records are read again. */
@Injectable()
export class FailedRecordsRules {
  constructor(
    private readonly rules: SyncRules,
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
  ) {}

  /**
   * Whose failed records are read: those of the sync that is named, else of the newest one that has read anything.
   *
   * @throws ProblemError that says what to do instead
   */
  async syncFor(integration: Integration, mode: SyncMode, named: string | undefined): Promise<SyncId> {
    const { tenantId } = integration;
    const sync = named === undefined ? await this.newest(integration) : await this.rules.replayed(integration, named);
    if (isFromCommand(sync)) throw nothingFailed(sync.id, 'An undo or a change by hand reads no records.');
    if (!hasEnded(sync.state) || sync.settledAt === null) {
      throw new ProblemError(
        'notPlanned',
        `Sync ${sync.id} has no whole plan: it has not come that far, or has failed.`,
      );
    }
    const totals = await this.outcomes.totals(tenantId, sync.id);
    if (!totals.some(({ outcome }) => outcome === 'failed')) {
      throw nothingFailed(sync.id, 'Every record of it has another outcome. Leave `only` out to replay all of them.');
    }
    await this.rules.requireStored(tenantId, sync.snapshotOf);
    if ((await this.outcomes.list(tenantId, sync.id, { outcome: 'failed' }, -1, 1)).length === 0) {
      throw new ProblemError('snapshotGone', 'Its outcomes are past retention. Sync again from the source.');
    }
    if (mode === 'live') await this.requireNewest(integration, sync);
    return sync.id;
  }

  /** Older records must not come after newer ones: those were read of everybody. */
  private async requireNewest({ tenantId, id }: Integration, sync: Sync): Promise<void> {
    const whole = await this.syncs.newestCompleteSnapshot(tenantId, id);
    const newest = whole === null ? null : await this.syncs.sync(tenantId, whole);
    if (newest === null || newest.generation <= (await this.readBy(sync)).generation) return;
    throw new ProblemError(
      'notNewestSnapshot',
      `Sync ${newest.id} has read everybody since. Run its failed records again, or these dry.`,
    );
  }

  /** The sync that read the records from the source. */
  private async readBy(sync: Sync): Promise<Sync> {
    const from = readsFrom(sync);
    const read = from === null ? null : await this.syncs.sync(sync.tenantId, from);
    return read === null ? sync : this.readBy(read);
  }

  private async newest({ tenantId, id }: Integration): Promise<Sync> {
    const syncs = await this.syncs.syncs(tenantId, { integrationId: id }, null, syncsLookedAt);
    const newest = syncs.find((sync) => sync.person === null && !isFromCommand(sync) && sync.settledAt !== null);
    if (newest !== undefined) return newest;
    throw new ProblemError('nothingFailed', `Integration ${id} has no sync with a plan. Run a dry sync first.`);
  }
}

function nothingFailed(syncId: SyncId, why: string): ProblemError {
  return new ProblemError('nothingFailed', `No record of sync ${syncId} failed. ${why}`);
}
