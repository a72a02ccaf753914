import { readFile } from 'node:fs/promises';
import type { ConnectorLimits } from './connector-limits.js';
import { blocked, type Ended, outOfMemory, silent, tookTooLong } from './ended.errors.js';

const memoryEveryMs = 200;
const longestTickMs = 1_000;
/** For a process to start, however short it may be blocked later: many start at once after a pause. */
const startsWithinMs = 60_000;

/** What is watched, as it stands. */
export interface Watched {
  readonly pid: number | undefined;
  /** Somebody waits for the connector, and not the other way round. */
  isAwaited(): boolean;
  ping(): void;
  end(ended: Ended): void;
}

/**
 * Holds a connector's process to its limits. Time is counted in ticks of this process's own, so that a pause of Muster's, or of the
 * machine's, counts against nobody.
 */
export class ConnectorWatch {
  private readonly timers: NodeJS.Timeout[];
  private readonly tickMs: number;
  private isReady = false;
  private aliveAgoMs = 0;
  private yieldedAgoMs = 0;
  private startedAgoMs = 0;

  constructor(
    private readonly watched: Watched,
    private readonly limits: ConnectorLimits,
  ) {
    this.tickMs = Math.min(longestTickMs, limits.blockedMs / 8, limits.silentMs / 8, limits.totalMs / 8);
    this.timers = [setInterval(() => this.tick(), this.tickMs), setInterval(() => void this.weigh(), memoryEveryMs)];
  }

  /** The process has started. */
  ready(): void {
    this.isReady = true;
    this.alive();
  }

  /** The process has said something. */
  alive(): void {
    this.aliveAgoMs = 0;
  }

  /** The connector has got further. */
  yielded(): void {
    this.yieldedAgoMs = 0;
  }

  stop(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private tick(): void {
    const { limits, watched, tickMs } = this;
    this.aliveAgoMs += tickMs;
    this.startedAgoMs += tickMs;
    if (this.isReady && watched.isAwaited()) this.yieldedAgoMs += tickMs;
    const blockedMs = this.isReady ? limits.blockedMs : Math.max(startsWithinMs, limits.blockedMs);
    if (this.aliveAgoMs > blockedMs) watched.end(blocked(limits));
    else if (this.yieldedAgoMs > limits.silentMs) watched.end(silent(limits));
    else if (this.startedAgoMs > limits.totalMs) watched.end(tookTooLong(limits));
    else watched.ping();
  }

  private async weigh(): Promise<void> {
    const mb = await residentMb(this.watched.pid);
    if (mb > this.limits.memoryMb) this.watched.end(outOfMemory(this.limits));
  }
}

/** Memory that a process occupies; 0 where the system has no `/proc` to ask (the limit of the heap holds there as well). */
async function residentMb(pid: number | undefined): Promise<number> {
  if (pid === undefined) return 0;
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
