import { z } from 'zod';
import {
  type EffectiveOutcome,
  mappingProblemCodes,
  outcomeId,
  outcomeKinds,
  outcomeReasons,
  outcomeStates,
  safeguardRules,
  type Sync,
  type SyncId,
  type UserId,
} from '#core';
import { reasonTexts } from './reason-texts.js';

export const attributeValue = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);

export const mappingProblem = z
  .object({
    attribute: z.string(),
    code: z.enum(mappingProblemCodes),
    expression: z.string(),
    message: z.string(),
    function: z.string().optional(),
    expected: z.string().optional(),
    actual: z.string().optional(),
  })
  .meta({ id: 'MappingProblem' });

export const outcomeView = z
  .object({
    id: z.string(),
    syncId: z.string(),
    seq: z.int(),
    outcome: z.enum(outcomeKinds),
    reason: z.enum(outcomeReasons),
    why: z.string().describe('The reason in plain words.'),
    state: z.enum(outcomeStates).nullable().describe('Null for `skipped` and `failed`.'),
    sourceId: z.string().nullable(),
    userId: z.string().nullable(),
    label: z.string().nullable().describe('The person’s name; null when it is not known.'),
    changes: z.record(z.string(), z.object({ before: attributeValue, after: attributeValue })),
    problems: z.array(mappingProblem),
    heldBy: z.array(z.enum(safeguardRules)),
    transfer: z
      .int()
      .nullable()
      .describe('Outcomes of one sync with the same number are decided as one: a key passes between them.'),
    relatedOutcomeIds: z.array(z.string()),
    relatedUserIds: z.array(z.string()),
    key: z.enum(['email', 'employeeId']).nullable().describe('Which key collided or had been taken.'),
    undoesOutcomeId: z.string().nullable().describe('Of an undo: the outcome that it takes back.'),
    changedBySyncId: z.string().nullable().describe('The sync that has changed the user since.'),
    note: z.string().nullable(),
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
    why: reasonTexts[reason].why,
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

/** The outcome of a record that changed nothing: it is kept packed, without a row of its own. */
export function toUnchangedView(syncId: SyncId, seq: number, userId: UserId): z.input<typeof outcomeView> {
  return {
    id: outcomeId(syncId, seq),
    syncId,
    seq,
    outcome: 'skipped',
    reason: 'unchanged',
    why: reasonTexts.unchanged.why,
    state: null,
    sourceId: null,
    userId,
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
  };
}
