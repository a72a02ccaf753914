import { Injectable } from '@nestjs/common';
import { Clock, hasEnded, type Sync, SyncStore } from '#core';

const lookEveryMs = 500;

/** The reasons for which a watched signal aborts, besides the lease. */
export type WatchVerdict = 'cancelled' | 'ended';

/** Looks after a sync while a fetch works for it. */
export interface Watch {
  /** Aborts when the lease is lost, the process stops, or the sync is cancelled or has ended. */
  signal: AbortSignal;
  startedAt: string;
  /** Why the sync itself made the signal abort; null when it did not. */
  verdict(): WatchVerdict | null;
  stop(): void;
}

@Injectable()
export class SyncWatch {
  /** What looks at the syncs that are watched. */
  private readonly looks = new Map<Sync, () => Promise<void>>();

  constructor(
    private readonly syncs: SyncStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Null when there is nothing to fetch for the sync any more. Those of the same integration that have been cancelled or have
   * ended know it then: a sync begins as soon as another one has ended, which may be before the other's next look.
   */
  async begin(sync: Sync, lost: AbortSignal): Promise<Watch | null> {
    let verdict = await this.look(sync);
    if (verdict === 'ended') return null;
    const others = [...this.looks].filter(([other]) => other.integrationId === sync.integrationId);
    await Promise.all(others.map(async ([, look]) => look()));
    const own = new AbortController();
    const note = (seen: WatchVerdict | null): void => {
      verdict = seen;
      if (seen !== null) own.abort();
    };
    note(verdict);
    // When the store is away, whoever writes to it next finds out.
    const look = async () => this.look(sync).then(note, () => undefined);
    const timer = setInterval(() => void look(), lookEveryMs);
    this.looks.set(sync, look);
    return {
      signal: AbortSignal.any([lost, own.signal]),
      startedAt: this.clock.now(),
      verdict: () => verdict,
      stop: () => {
        clearInterval(timer);
        this.looks.delete(sync);
      },
    };
  }

  private async look({ tenantId, id }: Sync): Promise<WatchVerdict | null> {
    const now = await this.syncs.sync(tenantId, id);
    if (now === null || hasEnded(now.state)) return 'ended';
    return now.cancelRequested ? 'cancelled' : null;
  }
}
