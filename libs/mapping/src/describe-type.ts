/**
 * The type of a value as problems name it: `null`, `boolean`, `number`, `string`, `object`, and arrays with the types
 * of their elements, as `array of (string | null)`. Never the value.
 */
export function describeType(value: unknown): string {
  if (!Array.isArray(value)) return simpleType(value);
  if (value.length === 0) return 'empty array';
  const types = new Set<string>();
  for (const element of value) types.add(simpleType(element));
  return `array of (${[...types].join(' | ')})`;
}

function simpleType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
