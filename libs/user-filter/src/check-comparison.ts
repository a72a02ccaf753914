import type { Comparison, FilterProblem, FilterValue } from './filter.js';
import type { FieldType, UserField } from './user-field.js';

const all: readonly Comparison[] = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'];
const equal: readonly Comparison[] = ['eq', 'ne'];
const ordered: readonly Comparison[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];

/** How each type of field may be compared, and with what. */
const rules: Record<
  FieldType,
  { comparisons: readonly Comparison[]; takes: string; accepts: (value: FilterValue) => boolean }
> = {
  string: { comparisons: all, takes: 'text in double quotes', accepts: isText },
  'string[]': { comparisons: ['eq', 'ne', 'co', 'sw', 'ew'], takes: 'text in double quotes', accepts: isText },
  number: { comparisons: ordered, takes: 'a number', accepts: ({ type }) => type === 'number' },
  boolean: { comparisons: equal, takes: 'true or false', accepts: ({ type }) => type === 'boolean' },
  date: { comparisons: ordered, takes: 'a date in double quotes: "2026-01-31"', accepts: isDate },
  instant: {
    comparisons: ordered,
    takes: 'an instant or a date (UTC) in double quotes: "2026-01-31T08:00:00Z"',
    accepts: isInstant,
  },
  id: { comparisons: equal, takes: 'an id in double quotes', accepts: isText },
  word: { comparisons: equal, takes: '', accepts: isText },
};

/** Why a field cannot be compared so; null when it can. `null` (for blank) is taken by `eq` and `ne` of every field. */
export function checkComparison(
  { name, type, words }: UserField,
  comparison: Comparison,
  value: FilterValue,
  at: { operator: number; value: number },
): FilterProblem | null {
  const { comparisons, takes, accepts } = rules[type];
  if (!comparisons.includes(comparison)) {
    return { position: at.operator, message: `${name} can be compared by ${comparisons.join(', ')} or pr.` };
  }
  if (value.type === 'null') {
    if (equal.includes(comparison)) return null;
    return { position: at.value, message: 'null stands after eq or ne alone.' };
  }
  if (words.length > 0) {
    if (value.type === 'string' && words.includes(value.text)) return null;
    return { position: at.value, message: `${name} takes one of: ${words.map((word) => `"${word}"`).join(', ')}.` };
  }
  return accepts(value) ? null : { position: at.value, message: `${name} takes ${takes}.` };
}

function isText({ type }: FilterValue): boolean {
  return type === 'string';
}

function isDate(value: FilterValue): boolean {
  return value.type === 'string' && /^\d{4}-\d\d-\d\d$/.test(value.text) && !Number.isNaN(Date.parse(value.text));
}

function isInstant(value: FilterValue): boolean {
  if (isDate(value)) return true;
  return (
    value.type === 'string' &&
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d)$/.test(value.text) &&
    !Number.isNaN(Date.parse(value.text))
  );
}
