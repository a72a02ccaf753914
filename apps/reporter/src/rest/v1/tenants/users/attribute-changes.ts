import { type AttributeDefinition, type Attributes, type AttributeValue, toJsonPointer } from '#core';
import { coerceValue } from '#mapping';
import { type FieldProblem, ProblemError } from '../../../http/problem.errors.js';

/**
 * Checks values set by hand against the tenant's attributes, by the same coercion as a mapping's.
 *
 * @throws ProblemError `unprocessable` that names each attribute
 */
export function checkAttributeChanges(
  given: Readonly<Record<string, AttributeValue>>,
  definitions: readonly AttributeDefinition[],
): Attributes {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const errors: FieldProblem[] = [];
  const checked: Attributes = {};
  for (const [name, value] of Object.entries(given)) {
    const pointer = toJsonPointer(['attributes', name]);
    const definition = byName.get(name);
    if (definition === undefined) {
      errors.push({ pointer, code: 'unknownField', message: `There is no attribute ${name}.` });
    } else if (name === 'active') {
      errors.push({ pointer, code: 'notAllowed', message: 'Use deprovision or reactivate to end or restore access.' });
    } else {
      const coercion = coerceValue(value, name === 'email' ? 'email' : definition.type);
      if (!coercion.ok) {
        errors.push({ pointer, code: 'wrongType', message: `${name} takes: ${coercion.expected}.` });
      } else if (coercion.value === null && definition.required) {
        errors.push({ pointer, code: 'required', message: `${name} is required and may not be blank.` });
      } else {
        checked[name] = coercion.value;
      }
    }
  }
  if (errors.length > 0) throw new ProblemError('unprocessable', 'Some of the values cannot be accepted.', errors);
  return checked;
}
