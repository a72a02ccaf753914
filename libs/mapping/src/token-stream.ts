import { tokenize } from '@jmespath-community/jmespath';

/** A token of the package's lexer; `EOF` stands after the last one. */
export interface Token {
  type: string;
  text: string;
  /** What a literal stands for. */
  value: unknown;
  start: number;
}

/** How strongly a token binds to what stands left of it: the package's own table. */
export const bindingPower: Readonly<Record<string, number>> = {
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

/** The tokens of a source, read from left to right. */
export class TokenStream {
  private readonly tokens: readonly Token[];
  private readonly end: Token;
  private index = 0;

  /** The source must have no lexical problem. */
  constructor(source: string) {
    this.tokens = tokenize(source).map(({ type, value, start }, index, all) => {
      const end = all[index + 1]?.start ?? source.length;
      return { type, value, start, text: source.slice(start, end).trimEnd() };
    });
    this.end = { type: 'EOF', text: '', value: '', start: source.length };
  }

  /** The next token, or one after it, without taking it. */
  peek(offset = 0): Token {
    return this.tokens[this.index + offset] ?? this.end;
  }

  next(): Token {
    const token = this.peek();
    this.index += 1;
    return token;
  }

  /** Takes the next token when it is of this type. */
  accept(type: string): boolean {
    if (this.peek().type !== type) return false;
    this.index += 1;
    return true;
  }

  /** The token before the one taken last. */
  beforeLast(): Token | undefined {
    return this.tokens[this.index - 2];
  }
}

/** A token as messages quote it. Values are not quoted: they may be somebody's. */
export function describeToken(token: Token): string {
  if (token.type === 'EOF') return 'the end of the expression';
  if (token.type === 'Literal') return token.text.startsWith("'") ? 'a text' : 'a JSON literal';
  if (token.type === 'Number') return 'a number';
  return token.text.length > 40 ? `${token.text.slice(0, 40)}…` : `'${token.text}'`;
}
