import { search } from '@jmespath-community/jmespath';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '#core';
import { document, expression, path } from './arbitraries.spec.js';
import { compileExpression } from './compile-expression.js';
import { evaluate, type Evaluation } from './evaluate.js';

function run(source: string, record: JsonValue): Evaluation {
  const compiled = compileExpression(source);
  if (!compiled.ok) throw new Error(`${source}: ${compiled.problem.message}`);
  return evaluate(compiled.expression, record);
}

function packageRun(source: string, record: JsonValue): Evaluation {
  try {
    return { ok: true, value: search(record, source) };
  } catch (error) {
    return { ok: false, failure: { message: String(error) } };
  }
}

/** The same tree with objects that inherit nothing: on these the package finds own members only. */
function withoutPrototypes(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (value === null || typeof value !== 'object') return value;
  const bare = Object.create(null) as Record<string, JsonValue>;
  for (const [name, member] of Object.entries(value)) {
    Object.defineProperty(bare, name, { value: withoutPrototypes(member), enumerable: true });
  }
  return bare;
}

describe('evaluating equals the package', () => {
  it('along paths of names', () => {
    fc.assert(
      fc.property(path, document, (source, record) => {
        expect(run(source, record)).toEqual(packageRun(source, withoutPrototypes(record)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('for whatever else', () => {
    fc.assert(
      fc.property(expression, document, (source, record) => {
        const expected = packageRun(source, record);
        const actual = run(source, record);
        if (expected.ok) expect(actual).toEqual(expected);
        else expect(actual.ok).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('names that objects inherit', () => {
  const record = JSON.parse('{"a": {}, "own": {"constructor": "kept", "__proto__": {"polluted": true}}}') as JsonValue;

  it.each([
    'constructor',
    '__proto__',
    'a.toString',
    'a.__proto__.constructor',
    '[a.constructor][0]',
    'a | valueOf',
    '{b: a}.toString',
  ])('%s is null', (source) => {
    const evaluation = run(source, record);
    expect(evaluation).toEqual({ ok: true, value: null });
  });

  it('are found when the record has them, and pollute nothing', () => {
    expect(run('own.constructor', record)).toEqual({ ok: true, value: 'kept' });
    expect(run('own.__proto__.polluted', record)).toEqual({ ok: true, value: true });
    expect(run('merge(a, own)', record)).toMatchObject({ ok: true });
    expect(run('{__proto__: own}', record)).toMatchObject({ ok: true });
    expect(run("group_by([{k: '__proto__'}, {k: 'constructor'}], &k)", record)).toMatchObject({ ok: false });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('variables', () => {
  it('reach into references and end with their let', () => {
    const record = { chosen: 2, list: [{ id: 1 }, { id: 2 }] };
    expect(run('let $c = chosen in list[?id == $c].id', record)).toEqual({ ok: true, value: [2] });
    expect(run('let $c = chosen in map(&(id == $c), list)', record)).toEqual({ ok: true, value: [false, true] });
    expect(run('let $c = chosen in [let $c = `9` in $c, $c, $.chosen]', record)).toEqual({
      ok: true,
      value: [9, 2, 2],
    });
    expect(run('let $c = missing in $c', record)).toEqual({ ok: true, value: null });
    expect(run('let $c = chosen in upper($c)', record)).toMatchObject({ ok: false });
    expect(run('let $c = list in $c[0].id', record)).toEqual({ ok: true, value: 1 });
  });
});

describe('a failing call', () => {
  const record = { name: 'Ada', age: 36, none: null, list: ['x', null, 3], people: [{ id: 'x' }, { id: 4 }], zero: 0 };

  it.each([
    ['upper(none)', 'upper', 'string', 'null', 'upper() expected argument 1 to be string, but it was null.'],
    ['upper(missing.deep)', 'upper', 'string', 'null', 'but it was null.'],
    ['starts_with(name, age)', 'starts_with', 'string', 'number', 'argument 2'],
    ["join(', ', list)", 'join', 'array of (string)', 'array of (string | null | number)', 'argument 2'],
    ['sum(name)', 'sum', 'array of (number)', 'string', 'argument 1'],
    ['length(age)', 'length', 'string | array | object', 'number', 'argument 1'],
    ['sort_by(people, &id)', 'sort_by', 'string', 'number', "its '&' argument"],
    ['sort_by(people, &@)', 'sort_by', 'number | string', 'object', "its '&' argument"],
    ['group_by(people, &id)', 'group_by', 'string', 'number', "its '&' argument"],
    ["split(name, '', age / `5`)", 'split', 'a whole number of 0 or more', 'string, string, number', 'cannot work'],
    ['from_items([[name]])', 'from_items', 'pairs of a string and a value', 'array of (array)', 'cannot work'],
    ['name + age', '+', 'number', 'string, number', "'+' works on numbers"],
    ['-name', '-', 'number', 'string', "'-' works on numbers"],
    ['age / zero', '/', 'finite number', 'number, number', 'not a finite number'],
    ['age // zero', '//', 'finite number', 'number, number', 'not a finite number'],
    ['age % zero', '%', 'finite number', 'number, number', 'not a finite number'],
    ["(to_number('Infinity') == age)", 'to_number', 'finite number', 'string', 'not a finite number'],
    ['map(&upper(@), list)', 'upper', 'string', 'null', 'argument 1'],
  ])('%s names function and types', (source, name, expected, actual, message) => {
    const evaluation = run(source, record);
    expect(evaluation).toMatchObject({ ok: false, failure: { function: name, expected, actual } });
    expect(evaluation.ok ? '' : evaluation.failure.message).toContain(message);
  });

  it('is found also when the record itself holds an infinite number', () => {
    expect(run('big', { big: Infinity })).toMatchObject({ ok: false, failure: { expected: 'finite number' } });
  });

  it('leaves nothing behind for the next record', () => {
    expect(run('let $n = name in upper(age)', record)).toMatchObject({ ok: false });
    expect(run('let $m = name in upper($m)', record)).toEqual({ ok: true, value: 'ADA' });
  });
});

describe('an expression that multiplies its work', () => {
  const people = Array.from({ length: 3_000 }, (_, id) => ({ id, name: `n${id}` }));

  it.each([
    ['walking lists within lists', 'a[*].[$.a[*].[$.a[*].id]]'],
    ['padding', "pad_left('x', `1000000000`)"],
    ['padding a part', 'a[*].pad_right(name, `100000000`)'],
    ['replacing counted', "replace('aaaa', 'a', 'aaaaaaaa', `100000000`)"],
    ['replacing and growing', `let $a = join('x', a[*].name) in ${'replace('.repeat(6)}$a${", 'x', $a)".repeat(6)}`],
    ['joining what was joined', "let $a = join('', a[*].name) in join($a, a[*].name)"],
    [
      'writing out one list many times',
      'let $b = [$, $, $, $, $, $, $, $] in let $c = [$b, $b, $b, $b, $b, $b, $b, $b] in let $d = [$c, $c, $c, $c, $c, $c, $c, $c] in to_string($d)',
    ],
    [
      'giving one list many times',
      'let $b = [$, $, $, $, $, $, $, $] in let $c = [$b, $b, $b, $b, $b, $b, $b, $b] in [$c, $c, $c, $c, $c, $c, $c, $c]',
    ],
    [
      'flattening',
      'let $b = [$.a, $.a, $.a, $.a, $.a, $.a, $.a][] in let $c = [$b, $b, $b, $b, $b, $b, $b][] in let $d = [$c, $c, $c, $c, $c, $c, $c][] in [$d, $d][]',
    ],
    ['comparing through and through', 'a[?$ == $]'],
  ])('fails on that record: %s', (_, source) => {
    const evaluation = run(source, { a: people });
    expect(evaluation.ok ? 'a value' : evaluation.failure.message).toContain('more than 1000000 steps');
    expect(run('length(a)', { a: people })).toEqual({ ok: true, value: 3_000 });
  });

  it('is let through while it is a lookup in a long list', () => {
    expect(run('a[?id == `2999`].name | [0]', { a: people })).toEqual({ ok: true, value: 'n2999' });
    expect(run('length(to_string($))', { a: people })).toMatchObject({ ok: true });
  });
});
