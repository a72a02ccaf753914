import { checkComparison } from './check-comparison.js';
import { type Comparison, comparisons, type Filter, type FilterProblem, type FilterResult } from './filter.js';
import { type FilterToken, readFilterValue, readTokens } from './filter-tokens.js';
import type { UserFields } from './user-field.js';

const maxDepth = 20;
const maxComparisons = 100;

class Unexpected extends Error {
  constructor(readonly problem: FilterProblem) {
    super(problem.message);
  }
}

/**
 * Parses a filter in SCIM's grammar (RFC 7644 §3.4.2.2): `department eq "Sales" and not (title co "intern")`. Operators and
 * names are taken in any case; `and` binds closer than `or`. Value paths (`emails[type eq "work"]`) are not part of it,
 * because no attribute has parts.
 */
export function parseFilter(text: string, fields: UserFields): FilterResult {
  const tokens = readTokens(text);
  if (!Array.isArray(tokens)) return { ok: false, problem: tokens };
  const bracket = tokens.find(({ kind }) => kind === '[');
  if (bracket !== undefined) {
    const message = 'Filters within [ ] are not known here; compare the attribute itself.';
    return { ok: false, problem: { position: bracket.position, message } };
  }
  try {
    return { ok: true, filter: new Parser(tokens, fields).parse() };
  } catch (error) {
    if (error instanceof Unexpected) return { ok: false, problem: error.problem };
    throw error;
  }
}

class Parser {
  private at = 0;
  private compared = 0;

  constructor(
    private readonly tokens: readonly FilterToken[],
    private readonly fields: UserFields,
  ) {}

  parse(): Filter {
    const filter = this.either(0);
    const { kind, position } = this.peek();
    if (kind === ')') throw unexpected(position, 'There is no opening parenthesis for this one.');
    if (kind !== 'end') throw unexpected(position, 'and, or, or the end of the filter is expected here.');
    return filter;
  }

  private either(depth: number): Filter {
    return this.joined('or', () => this.joined('and', () => this.operand(depth)));
  }

  private joined(kind: 'and' | 'or', next: () => Filter): Filter {
    const first = next();
    const operands = [first];
    while (this.takeWord(kind)) operands.push(next());
    return operands.length === 1 ? first : { kind, operands };
  }

  private operand(depth: number): Filter {
    const { position } = this.peek();
    if (depth > maxDepth) throw unexpected(position, `Parentheses stand at most ${String(maxDepth)} deep.`);
    if (this.takeWord('not')) {
      if (this.peek().kind !== '(')
        throw unexpected(this.peek().position, 'A parenthesis is expected after not: not (…).');
      return { kind: 'not', operand: this.operand(depth + 1) };
    }
    if (this.peek().kind !== '(') return this.comparison();
    this.at += 1;
    const filter = this.either(depth + 1);
    if (this.peek().kind !== ')')
      throw unexpected(this.peek().position, 'and, or, or a closing parenthesis is expected here.');
    this.at += 1;
    return filter;
  }

  private comparison(): Filter {
    const named = this.peek();
    if (named.kind !== 'word')
      throw unexpected(named.position, 'An attribute, not, or an opening parenthesis is expected here.');
    const field = this.fields.find(named.text);
    if (field === null) throw unexpected(named.position, `There is no such attribute. Known: ${this.fields.known}.`);
    this.at += 1;
    this.compared += 1;
    if (this.compared > maxComparisons) {
      throw unexpected(named.position, `A filter compares at most ${String(maxComparisons)} times.`);
    }
    const { position } = this.peek();
    if (this.takeWord('pr')) return { kind: 'present', field };
    const comparison = this.operator();
    const valued = this.peek();
    const value = readFilterValue(valued);
    if (value === null) {
      throw unexpected(
        valued.position,
        'A value is expected here: text in double quotes, a number, true, false or null.',
      );
    }
    const problem = checkComparison(field, comparison, value, { operator: position, value: valued.position });
    if (problem !== null) throw new Unexpected(problem);
    this.at += 1;
    return { kind: 'compare', field, comparison, value };
  }

  private operator(): Comparison {
    const token = this.peek();
    const found = token.kind === 'word' ? comparisons.find((one) => one === token.text.toLowerCase()) : undefined;
    if (found === undefined) {
      throw unexpected(token.position, `An operator is expected here: ${comparisons.join(', ')} or pr.`);
    }
    this.at += 1;
    return found;
  }

  private takeWord(wanted: string): boolean {
    const token = this.peek();
    if (token.kind !== 'word' || token.text.toLowerCase() !== wanted) return false;
    this.at += 1;
    return true;
  }

  private peek(): FilterToken {
    return this.tokens[this.at] ?? { kind: 'end', position: 0 };
  }
}

function unexpected(position: number, message: string): Unexpected {
  return new Unexpected({ position, message });
}
