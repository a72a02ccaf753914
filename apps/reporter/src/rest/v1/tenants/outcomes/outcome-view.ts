import { z } from 'zod';
import { type EffectiveOutcome, outcomeId, type Sync } from '#core';
import { mappingProblemCode, outcomeKind, outcomeReason, outcomeState, safeguardRule } from '../../words.js';
import { reasonText } from './reason-texts.js';

export const attributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

/** Of attributes, and of `status`, `role` and `owner`. */
export const attributeChanges = z
  .record(
    z.string(),
    z.object({ before: attributeValue.describe('Null: blank.'), after: attributeValue.describe('Null: blank.') }),
  )
  .describe('By attribute; `status`, `role` and `owner` too. Only what changes.');

export const mappingProblem = z
  .object({
    attribute: z.string().describe('An attribute, or `identity`, `scope`, `restricted`.'),
    code: mappingProblemCode,
    expression: z.string().describe('The expression that was evaluated.'),
    message: z.string().describe('In words; types and names, never a value.'),
    function: z.string().optional().describe('The function that failed.'),
    expected: z.string().optional().describe('The types that would do.'),
    actual: z.string().optional().describe('The type that was there.'),
  })
  .meta({ id: 'MappingProblem' });

export const outcomeView = z
  .object({
    id: z.string(),
    syncId: z.string(),
    seq: z
      .int()
      .describe('The record’s place in the snapshot, from 0; people who are missing come behind all records.'),
    outcome: outcomeKind,
    reason: outcomeReason,
    why: z.string().describe('The reason in plain words.'),
    state: outcomeState,
    sourceId: z.string().nullable().describe('The source’s own id of the person; null when it is not known.'),
    userId: z.string().nullable().describe('Null: no user is meant, or none yet.'),
    label: z.string().nullable().describe('The person’s name; null when it is not known.'),
    changes: attributeChanges,
    problems: z.array(mappingProblem).describe('What failed in mapping the record.'),
    heldBy: z.array(safeguardRule).describe('The safeguards that hold it, or held it.'),
    transfer: z
      .int()
      .nullable()
      .describe('Outcomes of one sync with the same number are decided as one: a key passes between them.'),
    relatedOutcomeIds: z
      .array(z.string())
      .describe('Outcomes of the same sync that it collides with, or is decided with.'),
    relatedUserIds: z.array(z.string()).describe('Users with whom it collides.'),
    key: z.enum(['email', 'employeeId']).nullable().describe('Which key collided or had been taken.'),
    undoesOutcomeId: z.string().nullable().describe('Of an undo: the outcome that it takes back.'),
    changedBySyncId: z.string().nullable().describe('The sync that has changed the user since.'),
    note: z.string().nullable().describe('What else there is to say, in plain words.'),
  })
  .meta({ id: 'Outcome' });

/** `sync` is that of the row: an undo's outcomes name those that they take back. */
export function toOutcomeView(row: EffectiveOutcome, { undo }: Pick<Sync, 'undo'>): z.input<typeof outcomeView> {
  const { syncId, seq, outcome, reason, sourceId, userId, label, problems, detail = {} } = row;
  return {
    id: outcomeId(syncId, seq),
    syncId,
    seq,
    outcome,
    reason,
    why: reasonText(row).why,
    state: row.effectiveState,
    sourceId,
    userId,
    label,
    changes: Object.fromEntries(
      Object.entries(row.changes).map(([name, [before, after]]) => [name, { before, after }]),
    ),
    problems,
    heldBy: detail.heldBy ?? [],
    transfer: detail.transfer ?? null,
    relatedOutcomeIds: (detail.otherSeqs ?? []).map((other) => outcomeId(syncId, other)),
    relatedUserIds: detail.otherUserIds ?? [],
    key: detail.key ?? null,
    undoesOutcomeId: undo === null || detail.undoes === undefined ? null : outcomeId(undo.syncId, detail.undoes),
    changedBySyncId: detail.changedBy ?? null,
    note: detail.note ?? null,
  };
}

/** What an outcome says where there is nothing to say. */
export const nothingMore = {
  sourceId: null,
  userId: null,
  label: null,
  changes: {},
  problems: [],
  heldBy: [],
  transfer: null,
  relatedOutcomeIds: [],
  relatedUserIds: [],
  key: null,
  undoesOutcomeId: null,
  changedBySyncId: null,
  note: null,
} satisfies Partial<z.input<typeof outcomeView>>;
