import type { UserField } from './user-field.js';

/** The comparing operators of SCIM (RFC 7644 §3.4.2.2, table 3). */
export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

/** A number is its decimal text: integers beyond 2^53 keep their digits. */
export type FilterValue =
  { type: 'string' | 'number'; text: string } | { type: 'boolean'; is: boolean } | { type: 'null' };

/** A filter as parsed: every field is one that the tenant has, every value one that its field can be compared with. */
export type Filter =
  | { kind: 'and' | 'or'; operands: Filter[] }
  | { kind: 'not'; operand: Filter }
  | { kind: 'present'; field: UserField }
  | { kind: 'compare'; field: UserField; comparison: Comparison; value: FilterValue };

/** Why a text is no filter. Never quotes it. */
export interface FilterProblem {
  /** 0-based offset in the text. */
  position: number;
  /** What was expected there. */
  message: string;
}

export type FilterResult = { ok: true; filter: Filter } | { ok: false; problem: FilterProblem };
