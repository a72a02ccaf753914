/** Where the mapping finds the source's own immutable id of a person; the same for every record. */
export const identities = ['connector', 'employeeId', 'email'] as const;
export type Identity = (typeof identities)[number];

/** The expressions of one mapping version. All are JMESPath over the record document. */
export interface MappingDefinition {
  identity: Identity;
  /** Attribute name (custom ones `custom.<name>`) to expression; an attribute without one is never touched. */
  attributes: Record<string, string>;
  /** True puts the person in scope, false or null out of it. Null expression: everyone is in scope. */
  scope: string | null;
  /** Opens or closes restricted access, both ways; administrators are never demoted. */
  restricted: RestrictedIndicator | null;
}

export interface RestrictedIndicator {
  expression: string;
  /** What a missing or blank indicator means. */
  onMissing: 'keep' | 'restricted' | 'regular';
}

export const mappingProblemCodes = [
  'expressionFailed',
  'typeMismatch',
  'identityMissing',
  'decodeFailed',
  'recordTooLarge',
  'requiredAttributeMissing',
  'unclassified',
] as const;
export type MappingProblemCode = (typeof mappingProblemCodes)[number];

/** Why one expression gave no usable value for one record. Never holds a value of the record. */
export interface MappingProblem {
  /** The attribute, or `identity`, `scope`, `restricted`, `record`. */
  attribute: string;
  code: MappingProblemCode;
  expression: string;
  message: string;
  /** The JMESPath function that failed. */
  function?: string;
  expected?: string;
  actual?: string;
}
