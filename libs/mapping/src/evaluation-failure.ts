import { describeType } from './describe-type.js';

export interface FailureDetails {
  /** The JMESPath function or operator that failed. */
  function?: string;
  expected?: string;
  actual?: string;
}

/** Why an expression gave no value for a record. Made of types and of our own words, never of the record's values. */
export class EvaluationFailure extends Error {
  constructor(
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message);
    this.name = 'EvaluationFailure';
  }
}

/** The package's messages about types, which name types only. Its other messages may quote values and are not used. */
const argumentType = /^Invalid type: \w+\(\) expected argument (\d+) to be type \((.+)\) but received type/;
const keyType = /^Invalid type: expected(?: one of)? \((.+)\), received (.+)$/;
const firstKeyType = /^Invalid type: unexpected type \((.+)\)$/;

/** What an error of the package's functions means, given the arguments that it was called with. */
export function failedCall(name: string, values: readonly unknown[], error: unknown): EvaluationFailure {
  const text = error instanceof Error ? error.message : '';

  const [, number, types] = argumentType.exec(text) ?? [];
  if (number !== undefined && types !== undefined) {
    const actual = describeType(values[Number(number) - 1]);
    const expected = types.replaceAll(/Array<(\w+)(?:<any>)?>/g, 'array of ($1)').replaceAll('(Array)', '(array)');
    const message = `${name}() expected argument ${number} to be ${expected}, but it was ${actual}.`;
    return new EvaluationFailure(message, { function: name, expected, actual });
  }

  const [, expectedKey, actualKey] = keyType.exec(text) ?? [];
  if (expectedKey !== undefined && actualKey !== undefined) return failedKey(name, expectedKey, actualKey);
  const [, firstKey] = firstKeyType.exec(text) ?? [];
  if (firstKey !== undefined) return failedKey(name, 'number | string', firstKey);

  const expected = expectedForm(text);
  const actual = values.map(describeType).join(', ');
  const message = `${name}() cannot work with these arguments (${actual})${expected === null ? '' : `: it expected ${expected}`}.`;
  return new EvaluationFailure(message, { function: name, ...(expected === null ? {} : { expected }), actual });
}

function failedKey(name: string, expected: string, actual: string): EvaluationFailure {
  const message = `${name}() expected its '&' argument to give ${expected} for every element, but it gave ${actual}.`;
  return new EvaluationFailure(message, { function: name, expected, actual });
}

function expectedForm(text: string): string | null {
  if (text === 'invalid-value: expecting an integer.') return 'a whole number';
  if (text === 'invalid-value: expecting a non-negative integer.') return 'a whole number of 0 or more';
  if (text.startsWith('invalid value, pad_')) return 'one character to pad with';
  if (text.startsWith('invalid value, each array')) return 'pairs of a string and a value';
  return null;
}
