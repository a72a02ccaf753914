import type { JsonValue } from '#core';

export const jsonTypes = ['string', 'number', 'boolean', 'null', 'object', 'array'] as const;
export type JsonType = (typeof jsonTypes)[number];

/** A place in record documents. Tells what stands there by type and number, never by value. */
export interface DocumentField {
  /** Names from the document's root; those inside lists are `null`. */
  path: (string | null)[];
  /** JMESPath that gives what stands there, of lists all of it: `emails[*]."work-address"`. */
  expression: string;
  /** The same of the first element of each list; null outside of lists. */
  firstExpression: string | null;
  /** What was found there, in the order of {@link jsonTypes}. */
  types: JsonType[];
  /** In how many documents something stands there that is neither null nor blank text. */
  filled: number;
}

/** Documents with ids for names, or made to be large, have no end of fields: these many are told. */
const mostFields = 2000;
const deepest = 20;
/** Elements of one list that are looked at. */
const mostElements = 100;

interface Facts {
  path: (string | null)[];
  first: string;
  types: Set<JsonType>;
  filled: number;
  lastFilledIn: number;
}

/** Gathers the fields of any number of record documents, in bounded memory. */
export class DocumentFields {
  private readonly facts = new Map<string, Facts>();
  private count = 0;
  private isCut = false;

  get documents(): number {
    return this.count;
  }

  /** True when there was more than is told: too many fields, or fields too deep. */
  get isTruncated(): boolean {
    return this.isCut;
  }

  add(document: JsonValue): void {
    this.count += 1;
    this.walk(document, '', '', []);
  }

  /** In the order in which they first appeared. */
  list(): DocumentField[] {
    return [...this.facts].map(([expression, { path, first, types, filled }]) => ({
      path,
      expression,
      firstExpression: first === expression ? null : first,
      types: jsonTypes.filter((type) => types.has(type)),
      filled,
    }));
  }

  private walk(value: JsonValue, expression: string, first: string, path: (string | null)[]): void {
    if (path.length > 0 && !this.note(value, expression, first, path)) return;
    if (Array.isArray(value)) {
      for (const element of value.slice(0, mostElements)) {
        this.walk(element, `${expression}[*]`, `${first}[0]`, [...path, null]);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, child] of Object.entries(value)) {
        const word = quoted(name);
        this.walk(child, join(expression, word), join(first, word), [...path, name]);
      }
    }
  }

  /** False when there is no room for the field. */
  private note(value: JsonValue, expression: string, first: string, path: (string | null)[]): boolean {
    let facts = this.facts.get(expression);
    if (facts === undefined) {
      if (this.facts.size >= mostFields || path.length > deepest) {
        this.isCut = true;
        return false;
      }
      facts = { path, first, types: new Set(), filled: 0, lastFilledIn: 0 };
      this.facts.set(expression, facts);
    }
    facts.types.add(typeOf(value));
    const isBlank = value === null || (typeof value === 'string' && value.trim() === '');
    if (isBlank || facts.lastFilledIn === this.count) return true;
    facts.filled += 1;
    facts.lastFilledIn = this.count;
    return true;
  }
}

/** A name as JMESPath writes it: bare when it is an identifier, else in quotes. */
function quoted(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

function join(expression: string, word: string): string {
  return expression === '' ? word : `${expression}.${word}`;
}

function typeOf(value: JsonValue): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as JsonType;
}
