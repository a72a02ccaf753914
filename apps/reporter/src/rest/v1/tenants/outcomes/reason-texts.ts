import type { OutcomeKind, OutcomeReason } from '#core';

/** A reason for people: why this happened, and what to do next; null where nothing needs doing. */
export interface ReasonText {
  why: string;
  next: string | null;
}

/** Every reason code in plain words; what was done by hand has words of its own for each kind of change: {@link manualTexts}. */
export const reasonTexts: Record<OutcomeReason, ReasonText> = {
  new: { why: 'Nobody in the directory has this source id, employee id or e-mail, so a user is created.', next: null },
  changed: { why: 'The source has other values than the directory.', next: null },
  returned: {
    why: 'The source shows a person as active again whose access had ended less than the delay ago.',
    next: null,
  },
  ownerChanged: {
    why: 'The integration that owned this user dropped them while another primary one still has them, so that one takes over.',
    next: null,
  },
  unchanged: { why: 'Every mapped attribute equals what the directory has.', next: null },
  duplicateRecord: {
    why: 'The source sent this person more than once with the same values; the first record stands.',
    next: 'Nothing must be done. If it happens often, ask the source’s owner why people come twice.',
  },
  supersededRecord: {
    why: 'The source sent this person more than once with different values; the only active record stands.',
    next: 'Ask the source’s owner to end the older record.',
  },
  outOfScope: {
    why: 'The mapping’s scope expression did not give true for this record.',
    next: 'If this person should be in, change the scope expression.',
  },
  alreadyTerminated: {
    why: 'The source shows this person as inactive or terminated, or no longer at all, and there is no access left to end.',
    next: null,
  },
  secondarySource: {
    why: 'This user belongs to another integration. Records of this one only link them and change nothing.',
    next: 'If this source should lead, make its integration the primary one.',
  },
  noMapping: {
    why: 'The integration had no active mapping when this sync was queued.',
    next: 'Save a mapping, activate it, and sync again.',
  },
  manual: {
    why: 'A person ended this user’s access by hand, and that stands against the source.',
    next: 'To undo it, reactivate the user by hand.',
  },
  identityMissing: {
    why: 'The field that tells people apart is blank in this record, so nobody knows whom it is about.',
    next: 'Have the id filled in at the source, or let the mapping take another identity.',
  },
  requiredAttributeMissing: {
    why: 'A required attribute has no value in this record and the user has none either.',
    next: 'Have it filled in at the source, change its expression, or make the attribute optional.',
  },
  expressionFailed: {
    why: 'An expression of the mapping could not be evaluated on this record.',
    next: 'The problem names the attribute, the expression and the types. Try a corrected one in the expression tester.',
  },
  typeMismatch: {
    why: 'An expression gave a value of another type than its attribute has.',
    next: 'Correct the value at the source, or convert it in the expression.',
  },
  decodeFailed: {
    why: 'The record could not be read as what the connector says it is.',
    next: 'Look at the record as received. If the source sent it broken, tell its owner.',
  },
  recordTooLarge: {
    why: 'The record is over 8 MiB; only its first 64 KiB were kept.',
    next: 'Have the source leave out embedded files such as pictures.',
  },
  unclassified: {
    why: 'This record made a step of Muster fail in a way that it does not know.',
    next: 'Please report it; the log has more under the sync’s id.',
  },
  ambiguousMatch: {
    why: 'More than one user could be this person, or more than one record wants the same user.',
    next: 'Correct the employee id or e-mail at the source, or merge the users by hand, and sync again.',
  },
  conflictingRecords: {
    why: 'The source sent this person more than once with different values, and not exactly one of them is active.',
    next: 'Have all but one of the records removed or ended at the source.',
  },
  keyCollision: {
    why: 'Somebody else has, or also claims, this e-mail or employee id.',
    next: 'Correct the e-mail or employee id of one of them at the source.',
  },
  lost: {
    why: 'The page with this record did not come through the pipeline, also when it was sent again.',
    next: 'Sync again. If it comes back, look at the dead letters.',
  },
  missingFromSnapshot: {
    why: 'The source was read completely and this person was not in it.',
    next: null,
  },
  terminationDate: { why: 'The person’s termination date has come.', next: null },
  sourceDeactivated: { why: 'The source says that this person is no longer active.', next: null },
  undone: {
    why: 'A person had an earlier sync undone, which had changed this user.',
    next: null,
  },
};

/** `manual` where it is not about the end of access. */
export const manualTexts = {
  reactivated: {
    why: 'A person gave this user their access back by hand.',
    next: 'See that the source shows them as active too: a sync that reads them as inactive or terminated ends their access again.',
  },
  attributes: {
    why: 'A person changed this user’s attributes by hand.',
    next: 'To keep a value, correct it at the source: the next sync that maps its attribute overwrites it.',
  },
  role: {
    why: 'A person gave this user their role by hand.',
    next: 'An admin stays one. Where the mapping decides who is restricted, the next sync sets any other role anew.',
  },
} satisfies Record<string, ReasonText>;

/** The words for one outcome. */
export function reasonText({
  outcome,
  reason,
  changes,
}: {
  outcome: OutcomeKind;
  reason: OutcomeReason;
  changes: Readonly<Record<string, unknown>>;
}): ReasonText {
  if (reason !== 'manual' || outcome === 'skipped' || outcome === 'deprovisioned') return reasonTexts[reason];
  if (outcome === 'reactivated') return manualTexts.reactivated;
  const { role, ...others } = changes;
  if (role === undefined) return manualTexts.attributes;
  if (Object.keys(others).length === 0) return manualTexts.role;
  return {
    why: 'A person changed this user’s attributes and role by hand.',
    next: `${manualTexts.attributes.next} ${manualTexts.role.next}`,
  };
}
