import type { JsonValue } from '#core';
import type { CompiledExpression } from './compile-expression.js';
import { EvaluationFailure, type FailureDetails } from './evaluation-failure.js';
import { followPath } from './field-path.js';
import { recordInterpreter } from './record-interpreter.js';

export type Evaluation = { ok: true; value: JsonValue } | { ok: false; failure: { message: string } & FailureDetails };

/** Runs an expression over a record document. Never throws; a result that JSON cannot hold is a failure, not null. */
export function evaluate(expression: CompiledExpression, document: JsonValue): Evaluation {
  const { program } = expression;
  try {
    const value =
      'path' in program
        ? followPath(program.path, document)
        : ((recordInterpreter.search(program.ast, document) as JsonValue | undefined) ?? null);
    if (typeof value !== 'number' || Number.isFinite(value)) return { ok: true, value };
    const message = 'The result is not a finite number.';
    return { ok: false, failure: { message, expected: 'finite number', actual: 'number' } };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

function failureOf(error: unknown): { message: string } & FailureDetails {
  if (error instanceof EvaluationFailure) return { message: error.message, ...error.details };
  if (error instanceof RangeError)
    return { message: 'The expression needs more memory or depth than there is for one record.' };
  return { message: 'The expression cannot be evaluated on this record.' };
}
