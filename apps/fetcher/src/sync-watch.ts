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
  constructor(
    private readonly syncs: SyncStore,
    private readonly clock: Clock,
  ) {}

  /** Null when there is nothing to fetch for the sync any more. */
  async begin(sync: Sync, lost: AbortSignal): Promise<Watch | null> {
    let verdict = await this.look(sync);
    if (verdict === 'ended') return null;
    const own = new AbortController();
    const note = (seen: WatchVerdict | null): void => {
      verdict = seen;
      if (seen !== null) own.abort();
    };
    note(verdict);
    const timer = setInterval(() => {
      // When the store is away, whoever writes to it next finds out.
      this.look(sync).then(note, () => undefined);
    }, lookEveryMs);
    return {
      signal: AbortSignal.any([lost, own.signal]),
      startedAt: this.clock.now(),
      verdict: () => verdict,
      stop: () => clearInterval(timer),
    };
  }

  private async look({ tenantId, id }: Sync): Promise<WatchVerdict | null> {
    const now = await this.syncs.sync(tenantId, id);
    if (now === null || hasEnded(now.state)) return 'ended';
    return now.cancelRequested ? 'cancelled' : null;
  }
}
