import {
  emailKey,
  employeeIdKey,
  type Changes,
  type MappedRecord,
  type MappingProblem,
  type OutcomeDetail,
  type OutcomeKind,
  type OutcomeReason,
  type OutcomeRow,
  type User,
} from '#core';
import {
  factKind,
  noClaims,
  type Decision,
  type DecisionContext,
  type FactKind,
  type KeyClaims,
  type Subject,
} from './decision.js';
import { diffAttributes, missingRequired, nextRole } from './diff.js';

const kindOf: Record<OutcomeKind, FactKind> = {
  created: factKind.created,
  updated: factKind.updated,
  skipped: factKind.skipped,
  failed: factKind.failed,
  deprovisioned: factKind.deprovisioned,
  reactivated: factKind.reactivated,
};

interface RowParts {
  changes?: Changes;
  problems?: MappingProblem[];
  link?: OutcomeRow['link'];
  kind?: FactKind;
  claims?: KeyClaims;
  detail?: OutcomeDetail;
}

/**
 * Decides what becomes of one record, given the person it is about: no I/O, no regard for other records. What only the
 * whole shows (candidates, duplicates, collisions, removals, safeguards) is settled afterwards. Never throws: a record
 * that it stumbles over fails as `unclassified` and leaves the others alone.
 */
export function decide(record: MappedRecord, subject: Subject, context: DecisionContext): Decision {
  try {
    return decideRecord(record, subject, context);
  } catch (error) {
    const message = `the record could not be decided: ${error instanceof Error ? error.name : typeof error}`;
    const problem: MappingProblem = { attribute: 'record', code: 'unclassified', expression: '', message };
    return decision(record, subject, stillThere(subject.user, context.now), 'failed', 'unclassified', {
      problems: [problem],
    });
  }
}

function decideRecord(record: MappedRecord, subject: Subject, context: DecisionContext): Decision {
  const { frozen } = context;
  const user = stillThere(subject.user, context.now);
  const outcome = (kind: OutcomeKind, reason: OutcomeReason, parts: RowParts = {}): Decision =>
    decision(record, subject, user, kind, reason, parts);

  if (frozen.mapping === null) return outcome('skipped', 'noMapping');
  const [problem] = record.problems;
  if (record.sourceId === null) {
    return outcome('failed', problem?.attribute === 'record' ? problem.code : 'identityMissing', {
      problems: record.problems,
    });
  }
  if (problem !== undefined) return outcome('failed', problem.code, { problems: record.problems });

  const owns = user !== null && (user.owner === context.integrationId || user.owner === null);
  if (!record.inScope) {
    const removable =
      user?.status === 'active' && user.owner === context.integrationId && frozen.onLeavingScope === 'deprovision';
    return outcome(
      'skipped',
      'outOfScope',
      removable ? { kind: factKind.leavingScope, detail: { leavesScope: true } } : {},
    );
  }

  const inactive = inactiveReason(record, context.today);
  if (inactive !== null) return decideInactive(user, subject, inactive, outcome);
  if (user === null) {
    if (frozen.precedence === 'secondary') return outcome('skipped', 'secondarySource');
    return decideNew(record, context, outcome);
  }
  if (!owns || (user.owner === null && frozen.precedence === 'secondary')) {
    const linked = subject.link?.userId === user.id && subject.link.presence === 'present';
    return outcome('skipped', 'secondarySource', linked ? {} : { link: 'link' });
  }
  if (user.status === 'deactivated' && user.deactivation?.byHand === true) {
    const wasAbsent = subject.link === null ? subject.wasAbsent === true : subject.link.presence === 'absent';
    if (!wasAbsent) return outcome('skipped', 'manual');
  }
  return decideExisting(record, subject, user, context, outcome);
}

type Outcome = (kind: OutcomeKind, reason: OutcomeReason, parts?: RowParts) => Decision;

/** A user whose delay is over counts as gone, whether or not anonymisation has come round to it. */
function stillThere(user: User | null, now: string): User | null {
  if (user === null || user.status === 'anonymized') return null;
  if (user.status === 'deactivated' && (user.deactivation?.anonymizeAfter ?? now) <= now) return null;
  return user;
}

function inactiveReason(record: MappedRecord, today: string): OutcomeReason | null {
  if (record.values['active'] === false) return 'sourceDeactivated';
  const date = record.values['terminationDate'];
  return typeof date === 'string' && date <= today ? 'terminationDate' : null;
}

function decideInactive(user: User | null, subject: Subject, reason: OutcomeReason, outcome: Outcome): Decision {
  const linked = subject.link?.userId === user?.id && subject.link?.presence === 'present';
  if (user === null || subject.matchedBy !== 'link') return outcome('skipped', 'alreadyTerminated');
  if (user.status !== 'active') return outcome('skipped', 'alreadyTerminated', linked ? { link: 'absent' } : {});
  return outcome('deprovisioned', reason, { changes: { status: ['active', 'deactivated'] }, link: 'absent' });
}

function decideNew(record: MappedRecord, { frozen }: DecisionContext, outcome: Outcome): Decision {
  const changes = diffAttributes(frozen, record.values, {});
  const claims = claimsOf({ outcome: 'created', changes }, null);
  const missing = missingRequired(frozen, {}, changes);
  if (missing !== null) {
    // Its keys may still show whose record it is, and that user may have the value.
    const failure = missingAttribute(missing, record, frozen.mapping?.definition.attributes, outcome);
    return { ...failure, claims };
  }
  const role = nextRole(frozen, record, null);
  if (role !== 'regular') changes['role'] = ['regular', role];
  return outcome('created', 'new', {
    changes,
    link: 'link',
    claims,
  });
}

function decideExisting(
  record: MappedRecord,
  subject: Subject,
  user: User,
  context: DecisionContext,
  outcome: Outcome,
): Decision {
  const { frozen } = context;
  const changes = diffAttributes(frozen, record.values, user.attributes);
  const missing = missingRequired(frozen, user.attributes, changes);
  if (missing !== null) return missingAttribute(missing, record, frozen.mapping?.definition.attributes, outcome);
  const role = nextRole(frozen, record, user);
  if (role !== user.role) changes['role'] = [user.role, role];
  if (user.owner === null) changes['owner'] = [null, context.integrationId];
  if (user.status === 'deactivated') {
    changes['status'] = ['deactivated', 'active'];
    return outcome('reactivated', 'returned', {
      changes,
      link: 'link',
      claims: claimsOf({ outcome: 'reactivated', changes }, user),
    });
  }
  if (Object.keys(changes).length === 0) return unchanged(record, subject, user, frozen);
  return outcome('updated', 'changed', { changes, link: 'link', claims: changedKeys(changes) });
}

/** The keys that an outcome takes which its user does not have now. */
export function claimsOf(row: Pick<OutcomeRow, 'outcome' | 'changes'>, user: User | null): KeyClaims {
  if (row.outcome === 'updated') return changedKeys(row.changes);
  if (row.outcome !== 'created' && row.outcome !== 'reactivated') return noClaims;
  const after = (name: string) => (name in row.changes ? row.changes[name]?.[1] : user?.attributes[name]);
  return { email: emailKey(after('email')), employeeId: employeeIdKey(after('employeeId')) };
}

function changedKeys(changes: Changes): KeyClaims {
  const claim = (key: (value: string | number | boolean | string[] | null) => string | null, name: string) => {
    const change = changes[name];
    if (change === undefined) return null;
    const next = key(change[1]);
    return next === key(change[0]) ? null : next;
  };
  return { email: claim(emailKey, 'email'), employeeId: claim(employeeIdKey, 'employeeId') };
}

function missingAttribute(
  attribute: string,
  record: MappedRecord,
  expressions: Record<string, string> | undefined,
  outcome: Outcome,
): Decision {
  const expression = expressions?.[attribute] ?? '';
  return outcome('failed', 'requiredAttributeMissing', {
    problems: [
      ...record.problems,
      {
        attribute,
        code: 'requiredAttributeMissing',
        expression,
        message: `${attribute} is required, and ${expression === '' ? 'no expression is mapped to it' : 'its expression gives no value for this record'}`,
        expected: 'a value',
        actual: 'blank',
      },
    ],
  });
}

/** Nothing to write on the user; the link's seen part is renewed when it does not say all this yet. */
function unchanged(record: MappedRecord, subject: Subject, user: User, frozen: DecisionContext['frozen']): Decision {
  const { seen } = subject.link ?? { seen: null };
  const known =
    subject.matchedBy === 'link' &&
    subject.link?.presence === 'present' &&
    seen !== null &&
    seen.recordHash === record.recordHash &&
    seen.mappingVersion === frozen.mapping?.version &&
    seen.attributesRevision === frozen.attributesRevision &&
    seen.settingsRevision === frozen.settingsRevision &&
    seen.userVersion === user.version &&
    seen.dueDate === record.dueDate;
  return {
    kind: factKind.unchanged,
    row: null,
    userId: user.id,
    refresh: known
      ? null
      : {
          seq: record.seq,
          sourceId: record.sourceId ?? '',
          userId: user.id,
          recordHash: record.recordHash,
          userVersion: user.version,
          dueDate: record.dueDate,
        },
    claims: noClaims,
  };
}

function decision(
  record: MappedRecord,
  subject: Subject,
  user: User | null,
  outcome: OutcomeKind,
  reason: OutcomeReason,
  parts: RowParts,
): Decision {
  const name = record.values['fullName'] ?? user?.attributes['fullName'] ?? null;
  const { matchedBy } = subject;
  const detail: OutcomeDetail | undefined =
    matchedBy === null || matchedBy === 'link' || user === null ? parts.detail : { ...parts.detail, matchedBy };
  return {
    kind: parts.kind ?? kindOf[outcome],
    row: {
      seq: record.seq,
      outcome,
      reason,
      state: null,
      sourceId: record.sourceId,
      userId: user?.id ?? null,
      label: typeof name === 'string' ? name : null,
      changes: parts.changes ?? {},
      problems: parts.problems ?? [],
      userVersion: user?.version ?? null,
      link: parts.link ?? 'none',
      recordHash: record.recordHash,
      dueDate: record.dueDate,
      ...(detail === undefined ? {} : { detail }),
    },
    userId: user?.id ?? null,
    refresh: null,
    claims: parts.claims ?? noClaims,
  };
}
