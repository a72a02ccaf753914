import {
  type AttributeType,
  type AttributeValue,
  type Changes,
  type EffectiveOutcome,
  type FrozenSettings,
  nameOf,
  type OutcomeDetail,
  type OutcomeKind,
  type OutcomeRow,
  type SyncId,
  type User,
} from '#core';
import { claimsOf } from './decide.js';
import { factKind, noClaims, type Decision } from './decision.js';

/** What an undo knows, beyond the outcome and its user. */
export interface ReversalContext {
  frozen: Pick<FrozenSettings, 'attributes'>;
  /** RFC 3339 UTC. */
  now: string;
  /** Another primary integration shows the person as present: their access is not this one's to end. */
  isHeldByOther: boolean;
  /** The sync that has changed the user since, if one can be named. */
  changedBy: SyncId | null;
}

const reversed = {
  created: 'deprovisioned',
  updated: 'updated',
  deprovisioned: 'reactivated',
  reactivated: 'deprovisioned',
} as const satisfies Partial<Record<OutcomeKind, OutcomeKind>>;

/**
 * Turns an applied outcome round: what takes it back, given its user as they are now. It is planned only if nothing has
 * happened to the user since; else it is `drifted` from the start, and its note says what stands in the way.
 *
 * @param seq the reversal's own sequence
 */
export function reverseOutcome(
  seq: number,
  undone: EffectiveOutcome,
  user: User | null,
  context: ReversalContext,
): Decision {
  const kind = undone.outcome === 'skipped' || undone.outcome === 'failed' ? 'updated' : undone.outcome;
  const { changes, leftOut } = reversedChanges(undone, context.frozen);
  const row: OutcomeRow = {
    seq,
    outcome: reversed[kind],
    reason: 'undone',
    state: null,
    sourceId: undone.sourceId,
    userId: undone.userId,
    label: user === null ? null : nameOf(user),
    changes,
    problems: [],
    userVersion: user?.version ?? null,
    // Renewed without what was seen, and present again if it had become absent: the next sync judges this person anew.
    link: undone.link === 'none' ? 'none' : 'link',
    recordHash: null,
    dueDate: null,
    detail: { undoes: undone.seq, ...(leftOut.length > 0 ? { note: leftOutNote(leftOut) } : {}) },
  };
  const obstacle = obstacleTo(undone, row, user, context);
  if (obstacle !== null) return standing({ ...row, ...obstacle, detail: { ...row.detail, ...obstacle.detail } });
  if (Object.keys(changes).length === 0) {
    return standing({ ...row, outcome: 'skipped', reason: 'unchanged', link: 'none' });
  }
  const missing = context.frozen.attributes.find(({ name: attribute, required }) => required && blanks(row, attribute));
  if (missing !== undefined) {
    const message = `${missing.name} is required by now and was blank before; it is left as it is`;
    const code = 'requiredAttributeMissing';
    const problems = [{ attribute: missing.name, code, expression: '', message } as const];
    const failed: OutcomeRow = { ...row, outcome: 'failed', reason: code, changes: {}, problems, link: 'none' };
    return { ...standing(failed), kind: factKind.failed };
  }
  return { kind: factKind[row.outcome], row, userId: row.userId, refresh: null, claims: claimsOf(row, user) };
}

/** Whether a user has the very version that the outcome made. */
export function isAsLeft({ userVersion }: EffectiveOutcome, { version }: User): boolean {
  return version === (userVersion ?? 0) + 1;
}

/** A row that changes nobody and neither takes nor frees a key. */
function standing(row: OutcomeRow): Decision {
  return { kind: factKind.skipped, row, userId: row.userId, refresh: null, claims: noClaims };
}

function drifted(detail: OutcomeDetail): Pick<OutcomeRow, 'state' | 'link' | 'detail'> {
  return { state: 'drifted', link: 'none', detail };
}

/** What has happened since, as what becomes of the row; null when nothing has. */
function obstacleTo(
  undone: EffectiveOutcome,
  row: OutcomeRow,
  user: User | null,
  { now, isHeldByOther, changedBy }: ReversalContext,
): Partial<OutcomeRow> | null {
  if (user === null || user.status === 'anonymized') {
    // Nothing personal outlives the anonymisation by being undone.
    const note = 'this user has been anonymised since; there is nobody to bring back';
    return { ...drifted({ note }), changes: {}, label: null };
  }
  if (!isAsLeft(undone, user)) {
    if (changedBy === null) return drifted({ note: 'this user has changed since and is left as they are' });
    return drifted({ changedBy, note: `sync ${changedBy} has changed this user since; they are left as they are` });
  }
  if (row.outcome === 'reactivated' && (user.deactivation?.anonymizeAfter ?? now) <= now) {
    return drifted({ note: 'the days in which this user could come back are over' });
  }
  if (row.outcome === 'deprovisioned' && isHeldByOther) {
    return drifted({ note: 'another primary source shows this person by now, so their access is not ended' });
  }
  return null;
}

function reversedChanges(
  { outcome, changes }: EffectiveOutcome,
  { attributes }: ReversalContext['frozen'],
): { changes: Changes; leftOut: string[] } {
  // A creation is not taken apart value by value: the user loses access, and the data is kept for the tenant's delay.
  if (outcome === 'created') return { changes: { status: ['active', 'deactivated'] }, leftOut: [] };
  const types = new Map(attributes.map(({ name, type }) => [name, type]));
  const result: Changes = {};
  const leftOut: string[] = [];
  for (const [name, [before, after]] of Object.entries(changes)) {
    if (isOfUser(name) || fits(before, types.get(name))) result[name] = [after, before];
    else leftOut.push(name);
  }
  return { changes: result, leftOut };
}

function isOfUser(name: string): boolean {
  return name === 'status' || name === 'role' || name === 'owner';
}

/** Whether a value of old may stand in an attribute as it is defined today; undefined: it is defined no more. */
function fits(value: AttributeValue, type: AttributeType | undefined): boolean {
  if (type === undefined) return false;
  if (value === null) return true;
  if (type === 'string[]') return Array.isArray(value);
  if (type === 'boolean') return typeof value === 'boolean';
  // An integer beyond 2^53 is kept as its decimal text.
  if (type === 'number') return typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value));
  if (type === 'date') return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value);
  return typeof value === 'string';
}

function blanks({ outcome, changes }: OutcomeRow, attribute: string): boolean {
  const change = changes[attribute];
  return outcome !== 'deprovisioned' && change !== undefined && change[1] === null;
}

function leftOutNote(names: readonly string[]): string {
  return `left as it is, because it is defined differently by now or not at all: ${names.join(', ')}`;
}
