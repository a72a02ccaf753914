import { type EffectiveOutcome, hasEnded, type OutcomeKind, type Sync, type User } from '#core';
import { reasonText, reasonTexts, type ReasonText } from '../outcomes/reason-texts.js';

const verbs: Record<OutcomeKind, string> = {
  created: 'create a user for them',
  updated: 'change them',
  skipped: 'leave them as they are',
  failed: 'leave them as they are',
  deprovisioned: 'end their access',
  reactivated: 'give them their access back',
};

/** In plain words, where an outcome stopped and what to do next. */
export function whereOutcomeStands(row: EffectiveOutcome, sync: Sync): ReasonText {
  const does = verbs[row.outcome];
  const { why, next } = reasonText(row);
  switch (row.effectiveState) {
    case null:
      return { why: `${row.outcome === 'failed' ? 'Their record failed' : 'Their record was skipped'}. ${why}`, next };
    case 'held': {
      const rules = (row.detail?.heldBy ?? []).join(', ');
      const what = `Sync ${sync.id} plans to ${does}, and a safeguard holds it${rules === '' ? '' : ` (${rules})`}.`;
      return { why: what, next: `Approve or reject it in sync ${sync.id}.` };
    }
    case 'planned':
      if (sync.mode === 'live' && !hasEnded(sync.state)) {
        return { why: `Sync ${sync.id} is about to ${does}.`, next: 'Wait for it to end.' };
      }
      return {
        why: `Sync ${sync.id} plans to ${does}; nothing has been written.`,
        next: `Approve sync ${sync.id}, or run a live one.`,
      };
    case 'rejected':
      return {
        why: `Sync ${sync.id} planned to ${does}, and a person rejected it.`,
        next: 'If it should happen after all, sync again.',
      };
    case 'drifted':
      return {
        why: `Sync ${sync.id} planned to ${does}, but ${row.detail?.note ?? 'they changed in between'}.`,
        next: 'The next sync plans it anew.',
      };
    case 'superseded':
      return {
        why: `Sync ${sync.id} planned to ${does}; a newer sync took its place.`,
        next: 'Look at the newest sync.',
      };
    case 'cancelled':
      return { why: `Sync ${sync.id} planned to ${does}, and was cancelled before.`, next: 'Sync again.' };
    case 'applied':
      return { why: `Sync ${sync.id} did ${does}. ${why}`, next };
  }
}

/** In plain words, where a user is. `newest`: what was last planned or done about them. */
export function whereUserIs(
  { status, deactivation }: User,
  newest: { row: EffectiveOutcome; sync: Sync } | null,
): ReasonText {
  const stands =
    newest === null || newest.row.effectiveState === 'applied' ? null : whereOutcomeStands(newest.row, newest.sync);
  const here = whereByStatus(status, deactivation);
  if (stands === null) return here;
  return { why: `${here.why} ${stands.why}`, next: stands.next ?? here.next };
}

function whereByStatus(status: User['status'], deactivation: User['deactivation']): ReasonText {
  if (status === 'active' || deactivation === null) return { why: `Is in the directory, ${status}.`, next: null };
  const { at, reason, syncId, anonymizeAfter, byHand } = deactivation;
  const ended = `access ended on ${at.slice(0, 10)}, by sync ${syncId}: ${reasonTexts[reason].why}`;
  if (status === 'anonymized') {
    return {
      why: `Was in the directory; ${ended} The values have been removed since.`,
      next: 'The source’s next active record makes a new user.',
    };
  }
  return {
    why: `Is in the directory, but ${ended} The data is kept until ${anonymizeAfter.slice(0, 10)}.`,
    next: byHand
      ? reasonTexts.manual.next
      : 'An active record of theirs brings them back until then. If the source has one, see whether it reaches Muster.',
  };
}
