import { describe, expect, it } from 'vitest';
import { compileExpression } from './compile-expression.js';
import { evaluate } from './evaluate.js';
import { maxExpressionDepth, maxExpressionLength, maxExpressionNodes } from './expression-limits.js';

function problemOf(source: string) {
  const compiled = compileExpression(source);
  if (compiled.ok) throw new Error(`${source} compiles`);
  return compiled.problem;
}

/** The source with a `▲` put where the problem is. */
function marked(source: string): string {
  const { position } = problemOf(source);
  return `${source.slice(0, position)}▲${source.slice(position)}`;
}

describe('the place of a syntax error', () => {
  it.each([
    // at the end of the source
    '▲',
    '  ▲',
    'a.▲',
    'a.b.▲',
    'a ||▲',
    'a[▲',
    'a[0▲',
    'a[?b == c▲',
    'length(▲',
    'length(a▲',
    'length(a,▲',
    '{a: b▲',
    '{a▲',
    '(a▲',
    'a ? b▲',
    'let $x = a▲',
    // in the middle
    'a ▲b',
    'a.▲.b',
    'a.▲[?b]',
    'a ▲!b',
    'a ▲{b: c}',
    'a[▲b]',
    'a[0 ▲1]',
    'a[1:2:3▲:4]',
    'a[::▲0]',
    'a == ▲== b',
    'a ▲= b',
    'a[*] ▲= b',
    '▲1 + a',
    'a + ▲1',
    'a.▲0',
    'a▲)',
    '▲]',
    '[ ▲]',
    '[a ▲b]',
    '[a,▲]',
    '{a: b ▲c: d}',
    '{▲1: b}',
    '{a ▲b}',
    '{a: b,▲}',
    'length(a ▲b)',
    'length(a,▲)',
    '▲"length"(a)',
    '(length)▲(a)',
    '@▲(a)',
    '▲&a',
    'a || ▲&b',
    '▲$x',
    'let $x = a in ▲$y',
    'let $x = a, ▲b in $x',
    'let $x ▲a in $x',
    'let $x = a ▲of $x',
    '(let $x = a in $x) || ▲$x',
    'a[*] ▲* b',
    'a ? b[] ▲: c',
    // tokens
    "a == ▲'open",
    'a == ▲`1',
    'a.▲"b',
    'a == ▲`{"a"}`',
    'a == ▲`wrong`',
    'a.▲"\\x"',
    'a ▲; b',
    'a ▲~',
    'Zo▲ë',
    'a ▲😀',
    'a[▲1-2]',
    'a[▲--1]',
    'a[▲99999999999999999999]',
    '"ü😀" ▲;',
  ])('%s', (source) => {
    expect(marked(source.replace('▲', ''))).toBe(source);
  });

  it.each([
    ['', 'The expression is empty.'],
    ['a.', "Expected a name, '*', '[' or '{' after '.', but found the end of the expression."],
    ['a || ', 'The expression ends too early.'],
    ['a = b', "A single '=' only defines a variable in 'let'. To compare write '=='."],
    ['a == 1', 'A number is written in backticks, as in `1`.'],
    ['a b', "Did not expect 'b' here."],
    ["'open", 'This text is never closed.'],
    ["name 'Jane Doe'", 'Did not expect a text here.'],
    ['name `"Jane Doe"`', 'Did not expect a JSON literal here.'],
    ['name[100042 name]', "Expected ']', but found 'name'."],
    ['[name, 100042-3]', 'This is not a whole number.'],
  ])('%s says why', (source, message) => {
    expect(problemOf(source)).toMatchObject({ code: 'syntax', message });
  });
});

describe('calls', () => {
  it.each([
    ['name || uper(name)', 8, 'unknownFunction', 'There is no function uper(). Did you mean upper()?'],
    ['frobnicate(name)', 0, 'unknownFunction', 'There is no function frobnicate().'],
    ['constructor(a)', 0, 'unknownFunction', 'There is no function constructor().'],
    ['toString()', 0, 'unknownFunction', 'Did you mean to_string()?'],
    ['[a, upper()]', 4, 'wrongArguments', 'upper() takes 1 argument, not 0.'],
    ['upper(a, b)', 0, 'wrongArguments', 'upper() takes 1 argument, not 2.'],
    ["replace(a, 'b')", 0, 'wrongArguments', 'replace() takes 3 to 4 arguments, not 2.'],
    ['not_null()', 0, 'wrongArguments', 'not_null() takes at least 1 argument, not 0.'],
    ['sort_by(list, name)', 14, 'wrongArguments', "Argument 2 of sort_by() is a reference: write '&' before it."],
    ['upper(&name)', 6, 'wrongArguments', "Argument 1 of upper() is a value, not a reference: leave out the '&'."],
  ])('%s', (source, position, code, message) => {
    const problem = problemOf(source);
    expect(problem).toMatchObject({ code, position });
    expect(problem.message).toContain(message);
  });
});

describe('limits', () => {
  it('refuses a source beyond the longest', () => {
    expect(compileExpression('a'.repeat(maxExpressionLength))).toMatchObject({ ok: true });
    expect(problemOf('a'.repeat(maxExpressionLength + 1))).toMatchObject({
      code: 'tooLong',
      position: maxExpressionLength,
    });
  });

  const nested = (open: string, inner: string, close: string, levels: number) =>
    open.repeat(levels) + inner + close.repeat(levels);

  it.each([
    ['(', 'a', ')'],
    ['[', 'a', ']'],
    ['!', 'a', ''],
    ['{a:', 'a', '}'],
    ['to_array(', 'a', ')'],
    ['map(&', 'a', ', @)'],
    ['a[?', 'a', ']'],
    ['a ? ', 'a', ' : b'],
  ])('refuses %s nested too deep', (open, inner, close) => {
    const levels = maxExpressionDepth - 1;
    expect(compileExpression(nested(open, inner, close, levels))).toMatchObject({ ok: true });
    const tooDeep = problemOf(nested(open, inner, close, levels + 1));
    expect(tooDeep).toMatchObject({ code: 'tooDeep', position: (levels + 1) * open.length });
    expect(problemOf(nested(open, inner, close, Math.floor(4_000 / (open + close).length)))).toMatchObject({
      code: 'tooDeep',
    });
  });

  it('refuses a JSON literal nested too deep', () => {
    expect(compileExpression(`\`${nested('[', '', ']', maxExpressionDepth - 1)}\``)).toMatchObject({ ok: true });
    expect(problemOf(`a == \`${nested('[', '', ']', 2_000)}\``)).toMatchObject({ code: 'tooDeep', position: 5 });
  });

  it('refuses more parts than the limit, and evaluates as many as it allows', () => {
    const operands = maxExpressionNodes / 2;
    const largest = compileExpression(Array(operands).fill('a').join('||'));
    if (!largest.ok) throw new Error(largest.problem.message);
    expect(evaluate(largest.expression, {})).toEqual({ ok: true, value: null });
    expect(
      problemOf(
        Array(operands + 1)
          .fill('a')
          .join('||'),
      ),
    ).toMatchObject({ code: 'tooManyNodes', position: 3 * operands });
  });
});
