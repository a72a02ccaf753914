import type { SyncId } from './ids.js';
import type { OutcomeKind } from './outcome.js';
import { hasEnded, type Sync } from './sync.js';

/** So long nothing comes, and a session is over. */
export const sessionQuietMs = 10 * 60_000;
/** So long after its beginning a session is over, however much still comes. */
export const sessionLongestMs = 24 * 60 * 60_000;

/** Push syncs that follow one another closely, as one of them knows it: they are shown as one and judged together. */
export interface PushSession {
  /** The session's first sync. */
  id: SyncId;
  startedAt: string;
  /** How many syncs of it came before. */
  syncsBefore: number;
  /** What those did to people, in sum. */
  countsBefore: Partial<Record<OutcomeKind, number>>;
  /** The newest of those whose plan was settled: what safeguards go on from. */
  settledBefore: SyncId | null;
}

/** What is known of the push sync before, once it has ended. */
export interface PushSyncBefore {
  sync: Pick<Sync, 'id' | 'mode' | 'state' | 'session' | 'createdAt' | 'endedAt' | 'round' | 'settledAt'>;
  counts: Partial<Record<OutcomeKind, number>>;
}

/**
 * The session of a new push sync: that of the one before, or one that begins with it. A person's word on a plan ends a
 * session, too: what they let through does not count against what comes after.
 */
export function nextSession(
  { id, mode, now }: Pick<Sync, 'id' | 'mode' | 'now'>,
  before: PushSyncBefore | null,
): PushSession {
  const session = before?.sync.session ?? null;
  if (before === null || session === null || !goesOn(before.sync, session, mode, now)) {
    return { id, startedAt: now, syncsBefore: 0, countsBefore: {}, settledBefore: null };
  }
  const { sync, counts } = before;
  return {
    id: session.id,
    startedAt: session.startedAt,
    syncsBefore: session.syncsBefore + 1,
    countsBefore: addCounts(session.countsBefore, counts),
    settledBefore: sync.settledAt === null ? session.settledBefore : sync.id,
  };
}

/** What all syncs of a session have done by the end of one of them. */
export function addCounts(
  before: PushSession['countsBefore'],
  own: PushSession['countsBefore'],
): PushSession['countsBefore'] {
  const sum = { ...before };
  for (const [outcome, count] of Object.entries(own) as [OutcomeKind, number][]) {
    sum[outcome] = (sum[outcome] ?? 0) + count;
  }
  return sum;
}

function goesOn(last: PushSyncBefore['sync'], session: PushSession, mode: Sync['mode'], now: string): boolean {
  const quietSince = hasEnded(last.state) ? (last.endedAt ?? last.createdAt) : now;
  return (
    last.mode === mode &&
    last.round <= 0 &&
    Date.parse(now) - Date.parse(quietSince) < sessionQuietMs &&
    Date.parse(now) - Date.parse(session.startedAt) < sessionLongestMs
  );
}
