import type { AttributeDefinition, MappingDefinition } from '#core';
import type { ValueType } from './coerce-value.js';
import { type CompiledExpression, compileExpression } from './compile-expression.js';
import type { ExpressionProblemCode } from './expression-problem.js';

/** A mapping version that is known to be sound, ready for any number of records. Made by {@link compileMapping} only. */
export interface CompiledMapping {
  readonly definition: MappingDefinition;
  readonly identity: CompiledExpression;
  readonly scope: CompiledExpression | null;
  readonly restricted: CompiledExpression | null;
  readonly attributes: readonly CompiledAttribute[];
}

export interface CompiledAttribute {
  readonly name: string;
  readonly type: ValueType;
  readonly expression: CompiledExpression;
}

/** Why a mapping cannot be saved. */
export interface MappingDefinitionProblem {
  /** Where in the definition: `attributes.email`, `identity`, `scope`, `restricted.expression`. */
  field: string;
  code: ExpressionProblemCode | 'unknownAttribute' | 'requiredAttributeUnmapped' | 'identityUnmapped';
  message: string;
  /** 0-based offset in the expression, when the problem is in one. */
  position?: number;
}

export interface MappingSource {
  definition: MappingDefinition;
  /** All attributes of the tenant, standard and custom. */
  attributes: readonly AttributeDefinition[];
  /** Where the connector's records hold the source's own id; null when the connector declares none. */
  sourceIdExpression: string | null;
}

export type MappingCompilation =
  { ok: true; mapping: CompiledMapping } | { ok: false; problems: MappingDefinitionProblem[] };

/** Checks a mapping as a whole and compiles its expressions. Lists every problem, not only the first. */
export function compileMapping({ definition, attributes, sourceIdExpression }: MappingSource): MappingCompilation {
  const problems: MappingDefinitionProblem[] = [];
  const compileField = (field: string, source: string): CompiledExpression | null => {
    const compiled = compileExpression(source);
    if (compiled.ok) return compiled.expression;
    problems.push({ field, ...compiled.problem });
    return null;
  };

  const definitions = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const compiled: CompiledAttribute[] = [];
  for (const [name, source] of Object.entries(definition.attributes)) {
    const field = `attributes.${name}`;
    const attribute = definitions.get(name);
    if (attribute === undefined) {
      problems.push({ field, code: 'unknownAttribute', message: `There is no attribute ${name}.` });
      continue;
    }
    const expression = compileField(field, source);
    if (expression !== null) compiled.push({ name, type: name === 'email' ? 'email' : attribute.type, expression });
  }
  for (const { name, required } of attributes) {
    if (!required || Object.hasOwn(definition.attributes, name)) continue;
    const message = `${name} is required and has no expression.`;
    problems.push({ field: `attributes.${name}`, code: 'requiredAttributeUnmapped', message });
  }

  const scope = definition.scope === null ? null : compileField('scope', definition.scope);
  const { restricted } = definition;
  const indicator = restricted === null ? null : compileField('restricted.expression', restricted.expression);

  const identitySource = identityExpression(definition, sourceIdExpression);
  let identity: CompiledExpression | null = null;
  if (identitySource === null) {
    problems.push({ field: 'identity', code: 'identityUnmapped', message: identityUnmapped(definition.identity) });
  } else if (definition.identity === 'connector') {
    identity = compileField('identity', identitySource);
  } else {
    identity = compiled.find(({ name }) => name === definition.identity)?.expression ?? null;
  }

  if (problems.length > 0 || identity === null) return { ok: false, problems };
  return { ok: true, mapping: { definition, identity, scope, restricted: indicator, attributes: compiled } };
}

function identityExpression({ identity, attributes }: MappingDefinition, sourceId: string | null): string | null {
  if (identity === 'connector') return sourceId;
  return Object.hasOwn(attributes, identity) ? (attributes[identity] ?? null) : null;
}

function identityUnmapped(identity: MappingDefinition['identity']): string {
  if (identity !== 'connector') return `People are told apart by ${identity}, which has no expression.`;
  return 'The connector declares no id of its own: tell people apart by employeeId or email.';
}
