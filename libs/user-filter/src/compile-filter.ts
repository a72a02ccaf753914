import { type AttributeValue, emailKey, employeeIdKey, foldText, type User } from '#core';
import type { Comparison, Filter, FilterValue } from './filter.js';
import { toNumber } from './field-order.js';
import type { UserField } from './user-field.js';

export type UserPredicate = (user: User) => boolean;

type ValueTest = (value: Exclude<AttributeValue, null | string[]>) => boolean;

/**
 * Makes a filter a question about one user. Texts compare without regard to case, e-mail addresses and employee ids by the keys
 * under which they are unique; of several values one that fits is enough; `ne` is the opposite of `eq`, so that a blank
 * value is unequal to every text. The same on every engine, because no engine has a part in it.
 */
export function compileFilter(filter: Filter): UserPredicate {
  switch (filter.kind) {
    case 'and': {
      const operands = filter.operands.map(compileFilter);
      return (user) => operands.every((holds) => holds(user));
    }
    case 'or': {
      const operands = filter.operands.map(compileFilter);
      return (user) => operands.some((holds) => holds(user));
    }
    case 'not': {
      const operand = compileFilter(filter.operand);
      return (user) => !operand(user);
    }
    case 'present':
      return (user) => !isBlank(filter.field.read(user));
    case 'compare':
      return compileComparison(filter.field, filter.comparison, filter.value);
  }
}

function compileComparison(field: UserField, comparison: Comparison, value: FilterValue): UserPredicate {
  if (comparison === 'ne') {
    const equals = compileComparison(field, 'eq', value);
    return (user) => !equals(user);
  }
  if (value.type === 'null') return (user) => isBlank(field.read(user));
  const test = valueTest(field, comparison, value);
  return (user) => {
    const present = field.read(user);
    if (present === null) return false;
    return Array.isArray(present) ? present.some(test) : test(present);
  };
}

function valueTest(
  { name, type }: UserField,
  comparison: Comparison,
  value: Exclude<FilterValue, { type: 'null' }>,
): ValueTest {
  if (value.type === 'boolean') return (present) => present === value.is;
  const { text } = value;
  switch (type) {
    case 'number':
      return comparing(comparison, toNumber, toNumber(text));
    case 'instant':
      return comparing(comparison, (present) => Date.parse(String(present)), Date.parse(text));
    case 'id':
    case 'word':
      return (present) => present === text;
    case 'date':
      return comparing(comparison, String, text);
    case 'string':
    case 'string[]':
    case 'boolean':
      return textTest(name, comparison, text);
  }
}

function textTest(name: string, comparison: Comparison, text: string): ValueTest {
  if (comparison === 'eq' && name === 'email') return sameKey(emailKey, text);
  if (comparison === 'eq' && name === 'employeeId') return sameKey(employeeIdKey, text);
  const wanted = foldText(text);
  switch (comparison) {
    case 'co':
      return (present) => foldText(String(present)).includes(wanted);
    case 'sw':
      return (present) => foldText(String(present)).startsWith(wanted);
    case 'ew':
      return (present) => foldText(String(present)).endsWith(wanted);
    default:
      return comparing(comparison, (present) => foldText(String(present)), wanted);
  }
}

function sameKey(keyOf: (value: AttributeValue) => string | null, text: string): ValueTest {
  const wanted = keyOf(text);
  return (present) => wanted !== null && keyOf(present) === wanted;
}

function comparing<Ordered extends string | number | bigint>(
  comparison: Comparison,
  toOrdered: (value: string | number | boolean) => Ordered,
  wanted: Ordered,
): ValueTest {
  switch (comparison) {
    case 'gt':
      return (present) => toOrdered(present) > wanted;
    case 'ge':
      return (present) => toOrdered(present) >= wanted;
    case 'lt':
      return (present) => toOrdered(present) < wanted;
    case 'le':
      return (present) => toOrdered(present) <= wanted;
    default:
      return (present) => toOrdered(present) === wanted;
  }
}

/** No value: SCIM's `pr` asks for the opposite. */
function isBlank(value: AttributeValue): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
