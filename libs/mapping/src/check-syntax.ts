import { tokenize } from '@jmespath-community/jmespath';
import { maxExpressionDepth, maxExpressionNodes } from './expression-limits.js';
import type { ExpressionProblem, ExpressionProblemCode } from './expression-problem.js';

/** A call of a function as it stands in the source. */
export interface FunctionCall {
  name: string;
  /** Offset of the function's name. */
  position: number;
  arguments: { kind: 'value' | 'reference'; position: number }[];
}

interface Token {
  type: string;
  text: string;
  /** What a literal stands for. */
  value: unknown;
  start: number;
}

/** How strongly a token binds to what stands left of it: the package's own table. */
const bindingPower: Record<string, number> = {
  Assign: 1,
  Pipe: 1,
  Question: 2,
  Or: 3,
  And: 4,
  EQ: 5,
  GT: 5,
  LT: 5,
  GTE: 5,
  LTE: 5,
  NE: 5,
  Minus: 6,
  Plus: 6,
  Div: 7,
  Divide: 7,
  Modulo: 7,
  Multiply: 7,
  Flatten: 9,
  Star: 20,
  Filter: 21,
  Dot: 40,
  Not: 45,
  Lbrace: 50,
  Lbracket: 55,
  Lparen: 60,
};
const logical = ['Pipe', 'Or', 'And', 'EQ', 'GT', 'LT', 'GTE', 'LTE', 'NE'];
const arithmetic = ['Minus', 'Plus', 'Div', 'Divide', 'Modulo', 'Multiply', 'Star'];
const binaryOperators = new Set([...logical, ...arithmetic]);
/** Tokens binding weaker than this end a projection. */
const projectionStop = 10;

/**
 * Checks the grammar of a source that has no {@link lexicalProblem}: the package's parser, rebuilt as a recogniser that
 * knows where it is. It is stricter: it refuses missing and trailing commas, `=` outside `let`, unknown variables and
 * references (`&name`) outside arguments, all of which the package lets through and then evaluates to something else.
 * Whatever it accepts, the package compiles.
 *
 * Depth is counted before recursing, so that no source can exhaust the stack.
 */
export function checkSyntax(
  source: string,
): { ok: true; calls: FunctionCall[] } | { ok: false; problem: ExpressionProblem } {
  const tokens = tokenize(source).map(({ type, value, start }, index, all): Token => {
    const end = all[index + 1]?.start ?? source.length;
    return { type, value, start, text: source.slice(start, end).trimEnd() };
  });
  const checker = new SyntaxChecker(tokens, { type: 'EOF', text: '', value: '', start: source.length });
  try {
    checker.check();
  } catch (error) {
    if (error instanceof SyntaxFailure) return { ok: false, problem: error.problem };
    throw error;
  }
  return { ok: true, calls: checker.calls };
}

class SyntaxFailure extends Error {
  constructor(readonly problem: ExpressionProblem) {
    super(problem.message);
  }
}

class SyntaxChecker {
  readonly calls: FunctionCall[] = [];
  private index = 0;
  private depth = 0;
  private nodes = 0;
  private variables: string[] = [];

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: Token,
  ) {}

  check(): void {
    if (this.peek().type === 'EOF') this.fail(this.end, 'The expression is empty.');
    this.expression(0);
    if (this.peek().type !== 'EOF') this.failUnexpected(this.peek());
  }

  private expression(power: number): void {
    if (this.depth === maxExpressionDepth) this.failTooDeep(this.peek());
    this.depth += 1;
    this.start(this.next());
    while (power < (bindingPower[this.peek().type] ?? 0)) this.continue(this.next());
    this.depth -= 1;
  }

  /** What may stand at the beginning of an expression. */
  private start(token: Token): void {
    this.countNode(token);
    switch (token.type) {
      case 'Literal':
        if (nestsDeeper(token.value, maxExpressionDepth - this.depth)) this.failTooDeep(token);
        return;
      case 'Current':
      case 'Root':
        return;
      case 'Variable':
        if (!this.variables.includes(token.text)) this.fail(token, `The variable ${token.text} is not defined here.`);
        return;
      case 'UnquotedIdentifier':
        if (token.text === 'let' && this.peek().type === 'Variable') this.letExpression();
        return;
      case 'QuotedIdentifier':
        if (this.peek().type === 'Lparen') this.fail(token, 'The name of a function stands without quotes.');
        return;
      case 'Not':
      case 'Minus':
      case 'Plus':
        this.expression(bindingPower[token.type] ?? 0);
        return;
      case 'Star':
      case 'Flatten':
        this.projection();
        return;
      case 'Filter':
        this.filter();
        return;
      case 'Lbrace':
        this.multiSelectHash();
        return;
      case 'Lbracket':
        if (this.isIndex()) this.indexOrSlice();
        else if (this.peek().type === 'Star' && this.peek(1).type === 'Rbracket') this.wildcard();
        else this.multiSelectList();
        return;
      case 'Lparen':
        this.expression(0);
        this.expect('Rparen', "')'");
        return;
      case 'Expref':
        this.fail(token, "A reference ('&') can only be an argument of a function, as in sort_by(list, &name).");
        return;
      case 'Number':
        this.fail(token, `A number is written in backticks: \`${token.text}\`.`);
        return;
      default:
        this.failUnexpected(token);
    }
  }

  /** What may follow a complete expression. */
  private continue(token: Token): void {
    this.countNode(token);
    if (binaryOperators.has(token.type)) {
      this.expression(bindingPower[token.type] ?? 0);
      return;
    }
    switch (token.type) {
      case 'Question':
        this.expression(0);
        this.expect('Colon', "':' and what to give otherwise");
        this.expression(0);
        return;
      case 'Dot':
        if (this.accept('Star')) this.projection();
        else this.afterDot();
        return;
      case 'Lparen':
        this.call(token);
        return;
      case 'Filter':
        this.filter();
        return;
      case 'Flatten':
        this.projection();
        return;
      case 'Lbracket':
        if (this.isIndex()) this.indexOrSlice();
        else if (this.peek().type === 'Star') this.wildcard();
        else
          this.fail(this.peek(), "Expected an index, a slice or '*' after '['. To choose several members write '.['.");
        return;
      case 'Assign':
        this.fail(token, "A single '=' only defines a variable in 'let'. To compare write '=='.");
        return;
      default:
        this.failUnexpected(token);
    }
  }

  private projection(): void {
    const { type } = this.peek();
    // The package's parser trips over a colon here.
    if (type === 'Colon') this.fail(this.peek(), "Put the list before ':' in parentheses, as in 'a ? (b[]) : c'.");
    if ((bindingPower[type] ?? 0) < projectionStop) return;
    if (type === 'Lbracket' || type === 'Filter') this.expression(bindingPower['Star'] ?? 0);
    else if (this.accept('Dot')) this.afterDot();
    else this.failUnexpected(this.peek());
  }

  private afterDot(): void {
    const token = this.peek();
    if (['UnquotedIdentifier', 'QuotedIdentifier', 'Star'].includes(token.type)) {
      this.expression(bindingPower['Dot'] ?? 0);
    } else if (this.accept('Lbracket')) {
      this.multiSelectList();
    } else if (this.accept('Lbrace')) {
      this.multiSelectHash();
    } else {
      this.fail(token, `Expected a name, '*', '[' or '{' after '.', but found ${describe(token)}.`);
    }
  }

  private filter(): void {
    this.expression(0);
    this.expect('Rbracket', "']'");
    if (this.peek().type !== 'Flatten') this.projection();
  }

  private wildcard(): void {
    this.expect('Star', "'*'");
    this.expect('Rbracket', "']'");
    this.projection();
  }

  private isIndex(): boolean {
    return this.peek().type === 'Number' || this.peek().type === 'Colon';
  }

  private indexOrSlice(): void {
    let colons = 0;
    this.accept('Number');
    while (colons < 2 && this.accept('Colon')) {
      colons += 1;
      const step = this.peek();
      if (this.accept('Number') && colons === 2 && Number(step.text) === 0) {
        this.fail(step, 'The step of a slice cannot be 0.');
      }
    }
    this.expect('Rbracket', "']'");
    if (colons > 0) this.projection();
  }

  private multiSelectList(): void {
    do this.expression(0);
    while (this.accept('Comma'));
    this.expect('Rbracket', "',' or ']'");
  }

  private multiSelectHash(): void {
    do {
      const key = this.next();
      if (key.type !== 'UnquotedIdentifier' && key.type !== 'QuotedIdentifier') {
        this.fail(key, `Expected a name, but found ${describe(key)}.`);
      }
      this.expect('Colon', "':'");
      this.expression(0);
    } while (this.accept('Comma'));
    this.expect('Rbrace', "',' or '}'");
  }

  private call(parenthesis: Token): void {
    const name = this.tokens[this.index - 2];
    if (name?.type !== 'UnquotedIdentifier') {
      this.fail(parenthesis, "Only the name of a function can stand before '('.");
    }
    const call: FunctionCall = { name: name.text, position: name.start, arguments: [] };
    this.calls.push(call);
    if (this.accept('Rparen')) return;
    do {
      const { start } = this.peek();
      call.arguments.push({ kind: this.accept('Expref') ? 'reference' : 'value', position: start });
      this.expression(0);
    } while (this.accept('Comma'));
    this.expect('Rparen', "',' or ')'");
  }

  private letExpression(): void {
    const outer = this.variables;
    const inner = [...outer];
    do {
      const variable = this.expect('Variable', "a variable like '$name'");
      this.expect('Assign', "'='");
      this.expression(0);
      inner.push(variable.text);
    } while (this.accept('Comma'));
    const keyword = this.next();
    if (keyword.text !== 'in') this.fail(keyword, `Expected ',' or 'in', but found ${describe(keyword)}.`);
    this.variables = inner;
    this.expression(0);
    this.variables = outer;
  }

  private peek(offset = 0): Token {
    return this.tokens[this.index + offset] ?? this.end;
  }

  private next(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  private accept(type: string): boolean {
    if (this.peek().type !== type) return false;
    this.index += 1;
    return true;
  }

  private expect(type: string, what: string): Token {
    const token = this.next();
    if (token.type !== type) this.fail(token, `Expected ${what}, but found ${describe(token)}.`);
    return token;
  }

  private countNode(token: Token): void {
    this.nodes += 1;
    if (this.nodes > maxExpressionNodes) {
      this.fail(token, `The expression has more than ${maxExpressionNodes} parts.`, 'tooManyNodes');
    }
  }

  private failTooDeep(token: Token): never {
    this.fail(token, `The expression nests deeper than ${maxExpressionDepth} levels.`, 'tooDeep');
  }

  private failUnexpected(token: Token): never {
    this.fail(
      token,
      token.type === 'EOF' ? 'The expression ends too early.' : `Did not expect ${describe(token)} here.`,
    );
  }

  private fail(token: Token, message: string, code: ExpressionProblemCode = 'syntax'): never {
    throw new SyntaxFailure({ code, message, position: token.start });
  }
}

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => nestsDeeper(member, levels - 1));
}

function describe(token: Token): string {
  if (token.type === 'EOF') return 'the end of the expression';
  return token.text.length > 40 ? `${token.text.slice(0, 40)}…` : `'${token.text}'`;
}
