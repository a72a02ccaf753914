import { type AttributeValue, emailKey, type JsonValue, type MappingProblem } from '#core';
import { coerceValue, type ValueType } from './coerce-value.js';
import type { CompiledExpression } from './compile-expression.js';
import type { CompiledMapping } from './compile-mapping.js';
import { describeType } from './describe-type.js';
import { evaluate } from './evaluate.js';
import { expressionFailed, typeMismatch } from './mapping-problems.js';

/** What a mapping makes of one record document. */
export interface MappedValues {
  /** Null when the record has no identity; `problems` then says why, under `identity`. */
  sourceId: string | null;
  /** True as well when the scope could not be told: that person fails, and is not taken for somebody who left. */
  inScope: boolean;
  /** Null when the mapping has no indicator, or the record's is missing or blank. */
  restricted: boolean | null;
  /** Mapped attributes that gave a value; null is blank. One with a problem is absent. */
  values: Record<string, AttributeValue>;
  problems: MappingProblem[];
}

/**
 * Maps one record document. Pure, and never throws: what goes wrong with one expression is a problem of that attribute
 * and leaves the others alone. Whether a required value is missing and what blank means is judged by the reconciler,
 * which knows the user as it is.
 */
export function mapRecord(mapping: CompiledMapping, document: JsonValue): MappedValues {
  const problems: MappingProblem[] = [];
  const sourceId = identify(mapping, document, problems);
  const inScope = mapping.scope === null || isInScope(mapping.scope, document, problems);
  const restricted =
    mapping.restricted === null ? null : valueOf('restricted', 'boolean', mapping.restricted, document, problems);
  const values: Record<string, AttributeValue> = {};
  for (const { name, type, expression } of mapping.attributes) {
    const value = valueOf(name, type, expression, document, problems);
    if (value !== undefined) values[name] = value;
  }
  return { sourceId, inScope, restricted: typeof restricted === 'boolean' ? restricted : null, values, problems };
}

/**
 * The source id of a record, null when it has none: trimmed text; a number as its digits; an e-mail address as
 * its key, so that its letter case makes no second person.
 */
export function extractSourceId(mapping: CompiledMapping, document: JsonValue): string | null {
  return identify(mapping, document, []);
}

function identify(mapping: CompiledMapping, document: JsonValue, problems: MappingProblem[]): string | null {
  const value = valueOf('identity', 'string', mapping.identity, document, problems);
  if (value === undefined) return null;
  const sourceId =
    mapping.definition.identity === 'email' ? emailKey(value) : typeof value === 'string' ? value.trim() : null;
  if (sourceId !== null) return sourceId;
  const message = 'The record has no identity: the expression gave nothing or blank text.';
  problems.push({ attribute: 'identity', code: 'identityMissing', expression: mapping.identity.source, message });
  return null;
}

function isInScope(scope: CompiledExpression, document: JsonValue, problems: MappingProblem[]): boolean {
  const evaluation = evaluate(scope, document);
  if (!evaluation.ok) {
    problems.push(expressionFailed('scope', scope.source, evaluation.failure));
    return true;
  }
  const { value } = evaluation;
  if (value === null || typeof value === 'boolean') return value === true;
  problems.push(typeMismatch('scope', scope.source, 'boolean', describeType(value)));
  return true;
}

/** The coerced value of an expression; undefined, and a problem more, when there is none. */
function valueOf(
  attribute: string,
  type: ValueType,
  expression: CompiledExpression,
  document: JsonValue,
  problems: MappingProblem[],
): AttributeValue | undefined {
  const evaluation = evaluate(expression, document);
  if (!evaluation.ok) {
    problems.push(expressionFailed(attribute, expression.source, evaluation.failure));
    return undefined;
  }
  const coercion = coerceValue(evaluation.value, type);
  if (coercion.ok) return coercion.value;
  problems.push(typeMismatch(attribute, expression.source, coercion.expected, coercion.actual));
  return undefined;
}
