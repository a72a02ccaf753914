import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './api/api-client.js';
import type { SyncDetail } from '#api-client';
import { ApiProblem, isAway } from './api/problem.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import type { ProgressDisplay, ShownProgress } from './output/progress.js';

const ended = ['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'];
const pollMs = 250;
const patienceMs = 60_000;

/**
 * Watches a sync until it has ended, and its apply round is at least the given one. Muster may be away for a minute
 * (a restart) without this giving up. Follows its events; asks again and again where the events of a sync are not to be
 * had (an older Muster, or too many streams).
 */
export async function followSync(
  api: ApiClient,
  id: string,
  display: ProgressDisplay,
  round = -1,
): Promise<SyncDetail> {
  const events = `/syncs/${encodeURIComponent(id)}/events`;
  const position: { lastId: string | null } = { lastId: null };
  let lastAnswer = performance.now();
  let hasEvents = true;
  try {
    for (;;) {
      try {
        const sync = await api.inTenant('GET', '/syncs/{sync}', { path: { sync: id } });
        lastAnswer = performance.now();
        display.update(sync);
        if (ended.includes(sync.state) && sync.round >= round) return sync;
        if (hasEvents) {
          hasEvents = await showEvents(api, events, position, (progress) => {
            lastAnswer = performance.now();
            display.update({ id, ...progress });
          });
        }
      } catch (error) {
        if (!isAway(error) || performance.now() - lastAnswer > patienceMs) throw error;
        display.waiting('Muster does not answer; trying on …');
      }
      await sleep(pollMs);
    }
  } finally {
    display.stop();
  }
}

/** False when there are no events to be had. */
async function showEvents(
  api: ApiClient,
  path: string,
  position: { lastId: string | null },
  show: (progress: Omit<ShownProgress, 'id'>) => void,
): Promise<boolean> {
  try {
    for await (const { event, data } of api.events(path, position)) {
      if (event === 'progress' || event === 'end') show(data as Omit<ShownProgress, 'id'>);
    }
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && !isAway(error)) return false;
    throw error;
  }
}

/** What a sync's end means for the shell. */
export function exitCodeOf({ state, held }: Pick<SyncDetail, 'state' | 'held'>): ExitCode {
  if (state === 'failed' || state === 'cancelled') return exitCodes.ended;
  if (state === 'incomplete' || state === 'awaitingApproval' || held > 0) return exitCodes.attention;
  return exitCodes.ok;
}
