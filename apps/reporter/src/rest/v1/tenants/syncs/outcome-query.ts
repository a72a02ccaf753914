import { z } from 'zod';
import { type OutcomeFilter, outcomeKinds, outcomeReasons, outcomeStates } from '#core';
import { line } from '../../../http/fields.js';

/** Which outcomes of a sync are meant: to be spread into a query schema. */
export const whichOutcomes = {
  outcome: z.enum(outcomeKinds).optional(),
  reason: z.enum(outcomeReasons).optional(),
  state: z.enum(outcomeStates).optional(),
  q: line(200)
    .optional()
    .describe('Part of a name or source id, or of the e-mail or employee id that the outcome gives.'),
};

export function toOutcomeFilter({
  outcome,
  reason,
  state,
  q,
}: z.output<z.ZodObject<typeof whichOutcomes>>): OutcomeFilter {
  return {
    ...(outcome === undefined ? {} : { outcome }),
    ...(reason === undefined ? {} : { reason }),
    ...(state === undefined ? {} : { state }),
    ...(q === undefined ? {} : { q }),
  };
}
