import { z } from 'zod';
import type { ConnectorDefinition } from '#connector-sdk';
import { type RateBudget, rateBudgetBounds, rateBudgetProblem, usualBurst } from '#core';
import { ProblemError } from '../../../http/problem.errors.js';

const { requestsPerMinute, burst } = rateBudgetBounds;

/** As a request says it. */
export const rateBudgetField = z.strictObject({
  requestsPerMinute: z
    .int()
    .min(requestsPerMinute.min)
    .max(requestsPerMinute.max)
    .describe('In no 60 seconds does the source get more requests than these.'),
  burst: z
    .int()
    .min(burst.min)
    .max(burst.max)
    .optional()
    .describe(
      'So many of them at once: half of `requestsPerMinute` at most. Default: what falls on one second, at least 1.',
    ),
});

/** As an integration has it. */
export const rateBudgetView = z.object({
  requestsPerMinute: z.int().describe('In no 60 seconds does the source get more requests than these.'),
  burst: z.int().describe('So many of them at once.'),
});

/**
 * The rate budget that a request means; null: the connector's own.
 *
 * @param connector undefined when this installation does not have it
 * @throws ProblemError `unprocessable`
 */
export function toRateBudget(
  given: z.output<typeof rateBudgetField> | null,
  connector: ConnectorDefinition | undefined,
): RateBudget | null {
  if (given === null) return null;
  if (connector?.rateBudget === null) {
    const message = `${connector.title} sends no HTTP requests, which a rate budget counts: leave it out.`;
    throw new ProblemError('unprocessable', message, [{ pointer: '/rateBudget', code: 'notAllowed', message }]);
  }
  const budget = { ...given, burst: given.burst ?? usualBurst(given.requestsPerMinute) };
  const message = rateBudgetProblem(budget);
  if (message === null) return budget;
  throw new ProblemError('unprocessable', message, [{ pointer: '/rateBudget/burst', code: 'tooLarge', message }]);
}

/** In the words of the audit: requests a minute / at once. */
export function rateBudgetText(budget: RateBudget | null): string {
  return budget === null ? 'the connector’s' : `${String(budget.requestsPerMinute)}/${String(budget.burst)}`;
}
