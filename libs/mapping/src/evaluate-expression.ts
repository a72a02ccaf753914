import type { AttributeType, AttributeValue, JsonValue, MappingProblem } from '#core';
import { coerceValue } from './coerce-value.js';
import { compileExpression } from './compile-expression.js';
import { evaluate } from './evaluate.js';
import type { ExpressionProblem } from './expression-problem.js';
import { expressionFailed, typeMismatch } from './mapping-problems.js';

export interface ExpressionTrial {
  expression: string;
  document: JsonValue;
  /** Coerce the value as an attribute of this type would. */
  type?: AttributeType;
  /** The attribute that the expression is meant for; `email` takes addresses only. */
  attribute?: string;
}

export interface ExpressionResult {
  /** What the expression gave; null as well when it failed. */
  value: JsonValue;
  /** Present when a type was named and accepted the value. */
  coerced?: AttributeValue;
  /** With a `position` when the source does not compile; else what mapping a record would report. */
  problem?: ExpressionProblem | MappingProblem;
}

/** Tries one expression on one document, by the same rules as a sync. Never throws. */
export function evaluateExpression({ expression, document, type, attribute }: ExpressionTrial): ExpressionResult {
  const compiled = compileExpression(expression);
  if (!compiled.ok) return { value: null, problem: compiled.problem };
  const evaluation = evaluate(compiled.expression, document);
  const name = attribute ?? 'expression';
  if (!evaluation.ok) return { value: null, problem: expressionFailed(name, expression, evaluation.failure) };
  const { value } = evaluation;
  if (type === undefined) return { value };
  const coercion = coerceValue(value, attribute === 'email' ? 'email' : type);
  if (coercion.ok) return { value, coerced: coercion.value };
  return { value, problem: typeMismatch(name, expression, coercion.expected, coercion.actual) };
}
