import { Injectable } from '@nestjs/common';
import {
  CheckStore,
  type ConnectionCheck,
  isFromCommand,
  type OpenSync,
  SettlementStore,
  SnapshotStore,
  type Sync,
  SyncStore,
} from '#core';

/** So many that the checks of one tenant do not hide those of others. */
const checksAtOnce = 200;

/** Looks through the open syncs for what the fetcher has not done yet. */
@Injectable()
export class FindWork {
  constructor(
    private readonly syncs: SyncStore,
    private readonly snapshots: SnapshotStore,
    private readonly settlements: SettlementStore,
    private readonly checks: CheckStore,
  ) {}

  /** Syncs without a manifest, those first that hold others up. */
  async fetches(): Promise<OpenSync[]> {
    const found: OpenSync[] = [];
    const open = await this.open();
    for (const sync of open) {
      if (sync.state !== 'queued' && sync.state !== 'fetching') continue;
      if (mustWait(sync, open)) continue;
      if ((await this.snapshots.manifest(sync.tenantId, sync.id)) === null) found.push(sync);
    }
    return found.sort((a, b) => Number(b.inPipeline) - Number(a.inPipeline));
  }

  /** Live syncs all of whose slices are done: their connector may move on. */
  async commits(): Promise<OpenSync[]> {
    const found: OpenSync[] = [];
    for (const sync of await this.open()) {
      if (sync.state !== 'applying' || sync.mode !== 'live' || sync.round < 0) continue;
      const slices = await this.settlements.sliceList(sync.tenantId, sync.id, sync.round);
      if (slices?.finished === true) found.push(sync);
    }
    return found;
  }

  /** Syncs whose planning stood still and whose missing pages are to be published again. */
  async stalled(): Promise<OpenSync[]> {
    return (await this.open()).filter(({ state, republished }) => state === 'planning' && republished);
  }

  async unansweredChecks(): Promise<ConnectionCheck[]> {
    return this.checks.pending(checksAtOnce);
  }

  /** Hands a sync over with its settings, once somebody has claimed the work. */
  async withSettings({ tenantId, id }: OpenSync, work: (sync: Sync) => Promise<void>): Promise<void> {
    const sync = await this.syncs.sync(tenantId, id);
    if (sync !== null) await work(sync);
  }

  /** What is planned from a command asks no source. */
  private async open(): Promise<OpenSync[]> {
    return (await this.syncs.open()).filter((sync) => !isFromCommand(sync));
  }
}

/**
 * What was pushed is read when its turn to be applied has come, and not before: of two syncs that read what Muster has of
 * an integration, the later one never has older data.
 */
function mustWait(sync: OpenSync, open: readonly OpenSync[]): boolean {
  if (sync.mode !== 'live') return false;
  return open.some(
    (other) =>
      other.mode === 'live' &&
      other.generation < sync.generation &&
      other.integrationId === sync.integrationId &&
      other.tenantId === sync.tenantId &&
      (other.trigger === 'push' || sync.trigger === 'push'),
  );
}
