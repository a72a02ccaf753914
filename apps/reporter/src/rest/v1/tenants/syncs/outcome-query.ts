import { z } from 'zod';
import { type OutcomeFilter, outcomeKinds, outcomeReasons, outcomeStates } from '#core';
import { line } from '../../../http/fields.js';

/** Which outcomes of a sync are meant: to be spread into a query schema. */
export const whichOutcomes = {
  outcome: z.enum(outcomeKinds).optional().describe('Of this outcome only.'),
  reason: z.enum(outcomeReasons).optional().describe('With this reason only.'),
  state: z.enum(outcomeStates).optional().describe('In this state only; `skipped` and `failed` outcomes have none.'),
  q: line(200)
    .optional()
    .describe(
      'Part of a name, e-mail address or employee id, or of the source id. Finds unchanged people as well: by source id and by what their user has.',
    ),
};

export function toOutcomeFilter({
  outcome,
  reason,
  state,
}: z.output<z.ZodObject<typeof whichOutcomes>>): OutcomeFilter {
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(reason === undefined ? {} : { reason }),
    ...(state === undefined ? {} : { state }),
  };
}
