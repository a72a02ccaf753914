import {
  changesDirectory,
  countsByOutcome,
  type FailureRecovery,
  type OutcomeTotal,
  type SafeguardVerdict,
  type Sync,
} from '#core';
import type { WordedNotice } from './worded-notice.js';

const afterFailure: Record<FailureRecovery, string> = {
  retriable: 'The source was out of reach; the next sync may succeed. Run one by hand to try now.',
  credentials: 'The source refuses the credentials. Renew them in the integration’s settings, then check it.',
  configuration: 'The integration’s settings cannot work as they are. Check it, and correct what the check says.',
  fatal: 'What the source sent cannot be trusted. Look at the sync, and ask whoever runs the source.',
};

/**
 * What to tell of a sync that has come to its end, in counts, states and codes; null when there is nothing to do for anybody (any
 * more).
 *
 * @param name what people call its integration
 */
export function syncNotice(
  sync: Pick<Sync, 'id' | 'mode' | 'trigger' | 'state' | 'round' | 'supersededBy' | 'failure'>,
  {
    name,
    totals,
    verdicts,
  }: {
    name: string;
    totals: readonly OutcomeTotal[];
    verdicts: readonly Pick<SafeguardVerdict, 'rule' | 'tripped'>[];
  },
): WordedNotice | null {
  // Somebody has given their word already, or a newer plan stands in its place.
  if (sync.supersededBy !== null || sync.round > 0) return null;
  const counts = countsOf(totals);
  const held = totals.reduce((sum, { state, count }) => (state === 'held' ? sum + count : sum), 0);
  const about = { syncId: sync.id, mode: sync.mode, trigger: sync.trigger, state: sync.state, counts, held };
  const listed = listOf(counts);
  if (sync.state === 'failed') {
    const reason = codeOf(sync.failure?.code);
    const next = afterFailure[sync.failure?.recovery ?? 'fatal'];
    return {
      kind: 'syncFailed',
      title: `${name}: a sync failed`,
      lines: [`A ${sync.mode} sync of ${name} failed: ${reason}.`, next],
      data: { ...about, reason, next },
    };
  }
  if (sync.state === 'awaitingApproval') {
    const rules = verdicts.filter(({ tripped }) => tripped).map(({ rule }) => rule);
    const next = 'Look at what is held, then approve or reject it.';
    return {
      kind: 'approvalNeeded',
      title: `${name}: changes wait for approval`,
      lines: [
        `A live sync of ${name} waits for a person’s word: ${held === 1 ? '1 change is' : `${String(held)} changes are`} held.`,
        ...(rules.length === 0 ? [] : [`What holds them: ${rules.join(', ')}.`]),
        `The whole plan: ${listed}.`,
        next,
      ],
      data: { ...about, reason: rules.join(', ') || 'held', next },
    };
  }
  if (Object.values(counts).every((count) => count === 0)) return null;
  const next = 'Look at the plan, and approve it if it is as it should be.';
  return {
    kind: 'planReady',
    title: `${name}: a plan is ready`,
    lines: [`A dry sync of ${name} has made a plan: ${listed}. Nobody has been changed.`, next],
    data: { ...about, reason: sync.state, next },
  };
}

/** People of whom something would become or has become, by outcome. */
function countsOf(totals: readonly OutcomeTotal[]): Record<string, number> {
  const changes = countsByOutcome(totals.filter(({ outcome }) => changesDirectory(outcome)));
  return { created: 0, updated: 0, deprovisioned: 0, reactivated: 0, ...changes };
}

function listOf(counts: Record<string, number>): string {
  const parts = Object.entries(counts).filter(([, count]) => count > 0);
  return parts.length === 0 ? 'nobody changes' : parts.map(([name, count]) => `${String(count)} ${name}`).join(', ');
}

/** Codes of a connector from outside are its own: one that is no word is not passed on. */
function codeOf(code = 'unknown'): string {
  return /^[A-Za-z][A-Za-z0-9]{0,63}$/.test(code) ? code : 'unknown';
}
