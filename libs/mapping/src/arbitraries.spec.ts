import fc from 'fast-check';
import type { JsonValue } from '#core';

/* What the property tests of this lib run on; holds no test itself, and is a spec so that no build takes it along. */

/** Names that collide often, so that generated expressions find something in generated documents. */
const names = ['a', 'b', 'c', 'list', 'name'] as const;
const plainName = fc.constantFrom(...names);
const name = fc.oneof(
  { weight: 5, arbitrary: plainName },
  { weight: 1, arbitrary: fc.constantFrom('"c-d"', '"ü"', '"a"') },
);

const scalar: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.constantFrom<JsonValue[]>(null, true, false, '', 'x', 'Zoë', ' ', '12', 0, 1, -3, 2.5),
  fc.string({ maxLength: 4 }),
);

/** Documents whose members are the names that expressions use. */
export const document: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.dictionary(fc.constantFrom(...names, 'c-d', 'ü'), tie('value'), { maxKeys: 5 }),
    fc.array(tie('value'), { maxLength: 4 }),
  ),
})).value;

/** Chains of names, inherited ones among them. */
export const path = fc
  .array(fc.oneof(name, fc.constantFrom('constructor', '__proto__', 'toString', 'length', 'hasOwnProperty')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join('.'));

const unaryFunctions = [
  ...['abs', 'avg', 'ceil', 'floor', 'max', 'min', 'sum', 'to_number'],
  ...['length', 'lower', 'upper', 'trim', 'reverse', 'sort', 'to_string', 'type'],
  ...['items', 'from_items', 'keys', 'values', 'to_array', 'not_null'],
];
const binaryFunctions = [
  ...['contains', 'starts_with', 'ends_with', 'find_first', 'join', 'split', 'pad_left', 'trim_left'],
  ...['merge', 'zip', 'not_null'],
];
const referenceFunctions = ['sort_by', 'max_by', 'min_by', 'group_by'];
const binaryOperators = ['||', '&&', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '|'];

/** Expressions that follow the grammar, most of which fail on most documents. */
export const expression: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => {
  const any = tie('any');
  const call = (functions: readonly string[], ...args: fc.Arbitrary<string>[]) =>
    fc
      .tuple(fc.constantFrom(...functions), fc.tuple(...args))
      .map(([called, values]) => `${called}(${values.join(', ')})`);
  return {
    any: fc.oneof(
      { maxDepth: 5, depthSize: 'small', withCrossShrink: true },
      name,
      fc.constantFrom('@', '$', '`1`', '`"x"`', '`[1, 2]`', '`null`', "'text'", "'it\\'s'"),
      fc.tuple(any, name).map(([left, right]) => `(${left}).${right}`),
      fc
        .tuple(name, fc.constantFrom('[0]', '[-1]', '[1:]', '[::-1]', '[*]', '[]', '.*'))
        .map((parts) => parts.join('')),
      fc.tuple(name, any, name).map(([list, condition, member]) => `${list}[?${condition}].${member}`),
      fc
        .tuple(any, fc.constantFrom(...binaryOperators), any)
        .map(([left, operator, right]) => `((${left}) ${operator} ${right})`),
      any.map((operand) => `!(${operand})`),
      fc.tuple(any, any, any).map(([condition, yes, no]) => `((${condition}) ? (${yes}) : ${no})`),
      fc.array(any, { minLength: 1, maxLength: 3 }).map((parts) => `[${parts.join(', ')}]`),
      fc.tuple(any, any).map(([left, right]) => `{a: ${left}, "c-d": ${right}}`),
      call(unaryFunctions, any),
      call(binaryFunctions, any, any),
      call(
        referenceFunctions,
        any,
        any.map((reference) => `&${reference}`),
      ),
      fc.tuple(any, any).map(([reference, list]) => `map(&${reference}, ${list})`),
    ),
  };
}).any;

/** Rows of tokens that are hardly ever an expression. */
export const tokenSoup: fc.Arbitrary<string> = fc
  .array(
    fc.constantFrom(
      ...['a', 'b', 'let', 'in', '$', '$v', '@', '"q"', "'t'", '`1`', '1', '-2', '0', '.', '..', ',', ':', '?', '*'],
      ...[
        '[',
        ']',
        '[?',
        '[]',
        '{',
        '}',
        '(',
        ')',
        '&',
        '&&',
        '||',
        '|',
        '!',
        '!=',
        '==',
        '=',
        '<',
        '>=',
        '+',
        '-',
        '/',
        '//',
      ],
      ...['length(', 'map(&', 'sort_by(', '%', '\u00d7'],
    ),
    { minLength: 1, maxLength: 9 },
  )
  .chain((tokens) => fc.constantFrom('', ' ').map((space) => tokens.join(space)));
