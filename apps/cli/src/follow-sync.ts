import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api/api-client.js';
import type { SyncDetail } from './api/api-types.js';
import { CliError } from './cli.errors.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import type { ProgressDisplay } from './output/progress.js';

const ended = ['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'];
const pollMs = 250;
const patienceMs = 60_000;

/**
 * Watches a sync until it has ended, and its apply round is at least the given one. Muster may be away for a minute
 * (a restart) without this giving up.
 */
export async function followSync(
  api: ApiClient,
  id: string,
  display: ProgressDisplay,
  round = -1,
): Promise<SyncDetail> {
  let lastAnswer = performance.now();
  try {
    for (;;) {
      try {
        const sync = await api.inTenant<SyncDetail>('GET', `/syncs/${encodeURIComponent(id)}`);
        lastAnswer = performance.now();
        const isOver = ended.includes(sync.state) && sync.round >= round;
        display.update(sync);
        if (isOver) return sync;
      } catch (error) {
        const isAway = error instanceof CliError && error.exitCode === exitCodes.unreachable;
        if (!isAway || performance.now() - lastAnswer > patienceMs) throw error;
        display.waiting('Muster does not answer; trying on …');
      }
      await sleep(pollMs);
    }
  } finally {
    display.stop();
  }
}

/** What a sync's end means for the shell. */
export function exitCodeOf({ state, held }: Pick<SyncDetail, 'state' | 'held'>): ExitCode {
  if (state === 'failed' || state === 'cancelled') return exitCodes.ended;
  if (state === 'incomplete' || state === 'awaitingApproval' || held > 0) return exitCodes.attention;
  return exitCodes.ok;
}
