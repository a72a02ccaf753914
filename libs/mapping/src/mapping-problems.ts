import type { MappingProblem } from '#core';
import type { FailureDetails } from './evaluation-failure.js';

/** The expression itself failed on this record. */
export function expressionFailed(
  attribute: string,
  expression: string,
  failure: { message: string } & FailureDetails,
): MappingProblem {
  return { attribute, code: 'expressionFailed', expression, ...failure };
}

/** The expression gave something that the attribute's type does not accept. */
export function typeMismatch(attribute: string, expression: string, expected: string, actual: string): MappingProblem {
  // A string can be of the right type and still not read as a date or a number.
  const gave = actual === 'string' || actual === 'number' ? `a ${actual} that is none` : actual;
  const message = `${attribute} takes: ${expected}. The expression gave ${gave}.`;
  return { attribute, code: 'typeMismatch', expression, message, expected, actual };
}
