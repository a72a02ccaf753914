import type { AttributeValue, Changes, FrozenSettings, JsonValue, MappingProblem } from '#core';
import { evaluateExpression } from '#mapping';

/** How one attribute came about. */
export interface AttributeExplanation {
  /** An attribute, or `identity`, `scope`, `restricted`. */
  attribute: string;
  /** Null: the mapping has no expression for it. */
  expression: string | null;
  /** What the expression gave; null where that is not shown. */
  raw: JsonValue;
  coerced: AttributeValue;
  problem: MappingProblem | null;
  before: AttributeValue;
  after: AttributeValue;
  changed: boolean;
}

export interface ExplainOptions {
  /** What did not change equals the mapped value. */
  stands: boolean;
  /** Values that come from the record are shown; without it, those of the changes alone. */
  withMapped: boolean;
}

/**
 * Evaluates a sync's frozen mapping on one record again, by the rules of the sync itself. `document` null: there is no
 * record, so only what changed is explained.
 */
export function explainAttributes(
  { mapping, attributes, sourceIdExpression }: Pick<FrozenSettings, 'mapping' | 'attributes' | 'sourceIdExpression'>,
  document: JsonValue,
  changes: Changes,
  { stands, withMapped }: ExplainOptions,
): AttributeExplanation[] {
  const types = new Map(attributes.map(({ name, type }) => [name, type]));
  const explained: AttributeExplanation[] = [];
  for (const { name, expression } of mapping === null || document === null
    ? []
    : expressionsOf(mapping.definition, sourceIdExpression)) {
    const type = types.get(name) ?? (name === 'identity' ? 'string' : 'boolean');
    const trial = evaluateExpression({ expression, document, type, attribute: name });
    const coerced = withMapped ? (trial.coerced ?? null) : null;
    const problem = trial.problem !== undefined && 'attribute' in trial.problem ? trial.problem : null;
    const change = changeOf(changes, name);
    const unchanged = stands ? coerced : null;
    explained.push({
      attribute: name,
      expression,
      raw: withMapped ? trial.value : null,
      coerced,
      problem,
      before: change === undefined ? unchanged : change[0],
      after: change === undefined ? unchanged : change[1],
      changed: change !== undefined,
    });
  }
  const named = new Set(explained.map(({ attribute }) => attribute));
  for (const [attribute, [before, after]] of Object.entries(changes)) {
    if (named.has(attribute)) continue;
    explained.push({
      attribute,
      expression: null,
      raw: null,
      coerced: null,
      problem: null,
      before,
      after,
      changed: true,
    });
  }
  return explained;
}

function changeOf(changes: Changes, name: string): [AttributeValue, AttributeValue] | undefined {
  return Object.hasOwn(changes, name) ? changes[name] : undefined;
}

function expressionsOf(
  { identity, attributes, scope, restricted }: NonNullable<FrozenSettings['mapping']>['definition'],
  sourceIdExpression: string,
): { name: string; expression: string }[] {
  const identityExpression = identity === 'connector' ? sourceIdExpression : attributes[identity];
  return [
    ...(identityExpression === undefined ? [] : [{ name: 'identity', expression: identityExpression }]),
    ...Object.entries(attributes).map(([name, expression]) => ({ name, expression })),
    ...(scope === null ? [] : [{ name: 'scope', expression: scope }]),
    ...(restricted === null ? [] : [{ name: 'restricted', expression: restricted.expression }]),
  ];
}
