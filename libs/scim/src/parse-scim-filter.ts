import { comparisons, type FilterToken, type FilterValue, readFilterValue, readTokens } from '#user-filter';
import { findAttribute } from './attribute-names.js';
import { type AttributePath, definitionOf, parseAttributePath } from './attribute-path.js';
import type { ResourceType } from './resource-type.js';
import type { SchemaAttribute } from './schema-attribute.js';
import { ScimError, type ScimErrorType } from './scim-error.js';
import type { ScimFilter } from './scim-filter.js';

const maxLength = 8_000;
const maxDepth = 20;
const maxComparisons = 100;

/** What a PATCH operation's `path` selects (RFC 7644 §3.5.2): an attribute, some elements of one, or a part of them. */
export interface PatchPath extends AttributePath {
  filter: ScimFilter | null;
}

/**
 * Parses a filter over resources of one kind, the whole grammar of RFC 7644 §3.4.2.2. Attributes that no schema knows can be
 * compared too. Names and operators are taken in any case, `and` binds closer than `or`.
 * @throws {ScimError} 400 `invalidFilter`, with the position and what was expected there
 */
export function parseScimFilter(text: string, type: ResourceType): ScimFilter {
  const parser = new Parser(text, type, 'invalidFilter');
  return parser.toEnd(() => parser.either(null, 0));
}

/**
 * Parses a PATCH operation's path, a value filter and a part behind it included.
 * @throws {ScimError} 400 `invalidPath`, with the position and what was expected there
 */
export function parsePatchPath(text: string, type: ResourceType): PatchPath {
  const parser = new Parser(text, type, 'invalidPath');
  return parser.toEnd(() => parser.patchPath());
}

/** What an attribute may be within: the resource (null), or an element of the list that is filtered. */
type Within = readonly SchemaAttribute[] | null;

class Parser {
  private readonly tokens: FilterToken[];
  private at = 0;
  private compared = 0;

  constructor(
    text: string,
    private readonly type: ResourceType,
    private readonly scimType: ScimErrorType,
  ) {
    if (text.length > maxLength)
      throw this.wrong(maxLength, `The text is longer than ${String(maxLength)} characters.`);
    const tokens = readTokens(text);
    if (!Array.isArray(tokens)) throw this.wrong(tokens.position, tokens.message);
    this.tokens = tokens;
  }

  toEnd<Parsed>(parse: () => Parsed): Parsed {
    const parsed = parse();
    const { kind, position } = this.peek();
    if (kind !== 'end') throw this.wrong(position, 'The end, or and / or, is expected here.');
    return parsed;
  }

  patchPath(): PatchPath {
    const path = this.path();
    if (!this.take('[')) return { ...path, filter: null };
    const filter = this.elementFilter(path, 0);
    return { ...path, sub: this.partBehind(), filter };
  }

  either(within: Within, depth: number): ScimFilter {
    return this.joined('or', () => this.joined('and', () => this.operand(within, depth)));
  }

  private joined(kind: 'and' | 'or', next: () => ScimFilter): ScimFilter {
    const first = next();
    const operands = [first];
    while (this.takeWord(kind)) operands.push(next());
    return operands.length === 1 ? first : { kind, operands };
  }

  private operand(within: Within, depth: number): ScimFilter {
    const { position } = this.peek();
    if (depth > maxDepth) throw this.wrong(position, `Parentheses stand at most ${String(maxDepth)} deep.`);
    if (this.takeWord('not')) {
      if (this.peek().kind !== '(')
        throw this.wrong(this.peek().position, 'A parenthesis is expected after not: not (…).');
      return { kind: 'not', operand: this.operand(within, depth + 1) };
    }
    if (!this.take('(')) return this.expression(within, depth);
    const filter = this.either(within, depth + 1);
    if (!this.take(')')) throw this.wrong(this.peek().position, 'and, or, or a closing parenthesis is expected here.');
    return filter;
  }

  private expression(within: Within, depth: number): ScimFilter {
    const path = this.path();
    if (within === null && path.sub === null && this.take('[')) {
      const filter = this.elementFilter(path, depth);
      const sub = this.partBehind();
      if (sub === null) return { kind: 'element', path, filter };
      const part = this.comparison({ urn: null, attribute: sub, sub: null }, definitionOf(this.type, { ...path, sub }));
      return { kind: 'element', path, filter: { kind: 'and', operands: [filter, part] } };
    }
    if (within === null) return this.comparison(path, definitionOf(this.type, path));
    return this.comparison(path, path.attribute === null ? null : findAttribute(within, path.attribute));
  }

  /** What stands between the brackets, the opening one being read. */
  private elementFilter(path: AttributePath, depth: number): ScimFilter {
    const filter = this.either(definitionOf(this.type, path)?.subAttributes ?? [], depth + 1);
    if (!this.take(']')) throw this.wrong(this.peek().position, 'and, or, or a closing bracket is expected here.');
    return filter;
  }

  private comparison(path: AttributePath, definition: SchemaAttribute | null): ScimFilter {
    const { position } = this.peek();
    this.compared += 1;
    if (this.compared > maxComparisons) {
      throw this.wrong(position, `A filter compares at most ${String(maxComparisons)} times.`);
    }
    if (this.takeWord('pr')) return { kind: 'present', path };
    const operator = this.peek();
    const comparison = comparisons.find((one) => operator.kind === 'word' && one === operator.text.toLowerCase());
    if (comparison === undefined) {
      throw this.wrong(operator.position, `An operator is expected here: ${comparisons.join(', ')} or pr.`);
    }
    this.at += 1;
    const valued = this.peek();
    const value = readFilterValue(valued);
    if (value === null) {
      throw this.wrong(
        valued.position,
        'A value is expected here: text in double quotes, a number, true, false or null.',
      );
    }
    this.at += 1;
    if (comparison !== 'eq' && comparison !== 'ne' && (value.type === 'boolean' || value.type === 'null')) {
      throw this.wrong(operator.position, 'true, false and null are compared by eq and ne alone.');
    }
    return { kind: 'compare', path, definition, comparison, value: asBoolean(definition, value) };
  }

  private path(): AttributePath {
    const token = this.peek();
    if (token.kind !== 'word' || token.text.startsWith('.')) {
      throw this.wrong(token.position, 'An attribute is expected here.');
    }
    this.at += 1;
    return parseAttributePath(token.text, this.type);
  }

  /** `.value` right behind a closing bracket. */
  private partBehind(): string | null {
    const token = this.peek();
    if (token.kind !== 'word' || !token.text.startsWith('.')) return null;
    this.at += 1;
    return token.text.slice(1);
  }

  private take(kind: '(' | ')' | '[' | ']'): boolean {
    if (this.peek().kind !== kind) return false;
    this.at += 1;
    return true;
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

  private wrong(position: number, message: string): ScimError {
    return ScimError.bad(this.scimType, `At character ${String(position)}: ${message}`);
  }
}

/** Entra writes `primary eq "True"`. */
function asBoolean(definition: SchemaAttribute | null, value: FilterValue): FilterValue {
  if (definition?.type !== 'boolean' || value.type !== 'string') return value;
  const text = value.text.toLowerCase();
  return text === 'true' || text === 'false' ? { type: 'boolean', is: text === 'true' } : value;
}
