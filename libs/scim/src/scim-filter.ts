import type { Comparison, FilterValue } from '#user-filter';
import type { AttributePath } from './attribute-path.js';
import type { SchemaAttribute } from './schema-attribute.js';

/** A filter as parsed (RFC 7644 §3.4.2.2). Paths within `element` start at the element. */
export type ScimFilter =
  | { kind: 'and' | 'or'; operands: ScimFilter[] }
  | { kind: 'not'; operand: ScimFilter }
  | { kind: 'present'; path: AttributePath }
  | ScimComparison
  /** One element of a list fits: `emails[type eq "work"]`, and `emails[type eq "work"].value sw "a"` as one element's two rules. */
  | { kind: 'element'; path: AttributePath; filter: ScimFilter };

export interface ScimComparison {
  kind: 'compare';
  path: AttributePath;
  /** What the schemas say of the attribute compared; null when they don't know it. */
  definition: SchemaAttribute | null;
  comparison: Comparison;
  value: FilterValue;
}
