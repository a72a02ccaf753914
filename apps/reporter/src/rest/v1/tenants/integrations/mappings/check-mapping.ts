import { type AttributeDefinition, type MappingDefinition, toJsonPointer } from '#core';
import { compileMapping, type MappingDefinitionProblem } from '#mapping';
import { type FieldProblem, ProblemError } from '../../../../http/problem.errors.js';

/**
 * Refuses a mapping that could not run.
 *
 * @throws ProblemError `mappingInvalid`: every problem with its field and, within an expression, its position
 */
export function checkMapping(
  definition: MappingDefinition,
  attributes: readonly AttributeDefinition[],
  sourceIdExpression: string | null,
): void {
  const compilation = compileMapping({ definition, attributes, sourceIdExpression });
  if (compilation.ok) return;
  const unknown = compilation.problems.filter(({ code }) => code === 'unknownAttribute');
  const names = unknown.map(({ field }) => field.replace(/^attributes\./, ''));
  const detail =
    names.length > 0
      ? `Define ${names.join(', ')} first (PUT …/attributes/{name}), or leave the expression out.`
      : 'Correct the expressions named here and save it again. Nothing was stored.';
  throw new ProblemError('mappingInvalid', detail, compilation.problems.map(toFieldProblem));
}

function toFieldProblem({ field, code, message, position }: MappingDefinitionProblem): FieldProblem {
  return { pointer: pointerOf(field), code, message, ...(position === undefined ? {} : { position }) };
}

/** `attributes.custom.x` → `/attributes/custom.x`: attribute names hold dots. */
function pointerOf(field: string): string {
  const [, name] = /^attributes\.(.*)$/s.exec(field) ?? [];
  return toJsonPointer(name === undefined ? field.split('.') : ['attributes', name]);
}
