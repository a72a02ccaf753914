import { maxExpressionDepth, maxExpressionNodes } from './expression-limits.js';
import type { ExpressionProblem, ExpressionProblemCode } from './expression-problem.js';
import { bindingPower, describeToken, type Token, TokenStream } from './token-stream.js';

/** A call of a function as it stands in the source. */
export interface FunctionCall {
  name: string;
  /** Offset of the function's name. */
  position: number;
  arguments: { kind: 'value' | 'reference'; position: number }[];
}

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
  const checker = new SyntaxChecker(new TokenStream(source));
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
  private depth = 0;
  private nodes = 0;
  private variables: string[] = [];

  constructor(private readonly tokens: TokenStream) {}

  check(): void {
    if (this.tokens.peek().type === 'EOF') this.fail(this.tokens.peek(), 'The expression is empty.');
    this.expression(0);
    if (this.tokens.peek().type !== 'EOF') this.failUnexpected(this.tokens.peek());
  }

  private expression(power: number): void {
    if (this.depth === maxExpressionDepth) this.failTooDeep(this.tokens.peek());
    this.depth += 1;
    this.start(this.tokens.next());
    while (power < (bindingPower[this.tokens.peek().type] ?? 0)) this.continue(this.tokens.next());
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
        if (token.text === 'let' && this.tokens.peek().type === 'Variable') this.letExpression();
        return;
      case 'QuotedIdentifier':
        if (this.tokens.peek().type === 'Lparen') this.fail(token, 'The name of a function stands without quotes.');
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
        else if (this.tokens.peek().type === 'Star' && this.tokens.peek(1).type === 'Rbracket') this.wildcard();
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
        this.fail(token, 'A number is written in backticks, as in `1`.');
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
        if (this.tokens.accept('Star')) this.projection();
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
        else if (this.tokens.peek().type === 'Star') this.wildcard();
        else
          this.fail(
            this.tokens.peek(),
            "Expected an index, a slice or '*' after '['. To choose several members write '.['.",
          );
        return;
      case 'Assign':
        this.fail(token, "A single '=' only defines a variable in 'let'. To compare write '=='.");
        return;
      default:
        this.failUnexpected(token);
    }
  }

  private projection(): void {
    const { type } = this.tokens.peek();
    // The package's parser trips over a colon here.
    if (type === 'Colon')
      this.fail(this.tokens.peek(), "Put the list before ':' in parentheses, as in 'a ? (b[]) : c'.");
    if ((bindingPower[type] ?? 0) < projectionStop) return;
    if (type === 'Lbracket' || type === 'Filter') this.expression(bindingPower['Star'] ?? 0);
    else if (this.tokens.accept('Dot')) this.afterDot();
    else this.failUnexpected(this.tokens.peek());
  }

  private afterDot(): void {
    const token = this.tokens.peek();
    if (['UnquotedIdentifier', 'QuotedIdentifier', 'Star'].includes(token.type)) {
      this.expression(bindingPower['Dot'] ?? 0);
    } else if (this.tokens.accept('Lbracket')) {
      this.multiSelectList();
    } else if (this.tokens.accept('Lbrace')) {
      this.multiSelectHash();
    } else {
      this.fail(token, `Expected a name, '*', '[' or '{' after '.', but found ${describeToken(token)}.`);
    }
  }

  private filter(): void {
    this.expression(0);
    this.expect('Rbracket', "']'");
    if (this.tokens.peek().type !== 'Flatten') this.projection();
  }

  private wildcard(): void {
    this.expect('Star', "'*'");
    this.expect('Rbracket', "']'");
    this.projection();
  }

  private isIndex(): boolean {
    return this.tokens.peek().type === 'Number' || this.tokens.peek().type === 'Colon';
  }

  private indexOrSlice(): void {
    let colons = 0;
    this.tokens.accept('Number');
    while (colons < 2 && this.tokens.accept('Colon')) {
      colons += 1;
      const step = this.tokens.peek();
      if (this.tokens.accept('Number') && colons === 2 && Number(step.text) === 0) {
        this.fail(step, 'The step of a slice cannot be 0.');
      }
    }
    this.expect('Rbracket', "']'");
    if (colons > 0) this.projection();
  }

  private multiSelectList(): void {
    do this.expression(0);
    while (this.tokens.accept('Comma'));
    this.expect('Rbracket', "',' or ']'");
  }

  private multiSelectHash(): void {
    do {
      const key = this.tokens.next();
      if (key.type !== 'UnquotedIdentifier' && key.type !== 'QuotedIdentifier') {
        this.fail(key, `Expected a name, but found ${describeToken(key)}.`);
      }
      this.expect('Colon', "':'");
      this.expression(0);
    } while (this.tokens.accept('Comma'));
    this.expect('Rbrace', "',' or '}'");
  }

  private call(parenthesis: Token): void {
    const name = this.tokens.beforeLast();
    if (name?.type !== 'UnquotedIdentifier') {
      this.fail(parenthesis, "Only the name of a function can stand before '('.");
    }
    const call: FunctionCall = { name: name.text, position: name.start, arguments: [] };
    this.calls.push(call);
    if (this.tokens.accept('Rparen')) return;
    do {
      const { start } = this.tokens.peek();
      call.arguments.push({ kind: this.tokens.accept('Expref') ? 'reference' : 'value', position: start });
      this.expression(0);
    } while (this.tokens.accept('Comma'));
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
    } while (this.tokens.accept('Comma'));
    const keyword = this.tokens.next();
    if (keyword.text !== 'in') this.fail(keyword, `Expected ',' or 'in', but found ${describeToken(keyword)}.`);
    this.variables = inner;
    this.expression(0);
    this.variables = outer;
  }

  private expect(type: string, what: string): Token {
    const token = this.tokens.next();
    if (token.type !== type) this.fail(token, `Expected ${what}, but found ${describeToken(token)}.`);
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
      token.type === 'EOF' ? 'The expression ends too early.' : `Did not expect ${describeToken(token)} here.`,
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
