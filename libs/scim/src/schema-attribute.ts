/** What an attribute is, as /Schemas tells it (RFC 7643 §7). */
export interface SchemaAttribute {
  name: string;
  type: 'string' | 'boolean' | 'dateTime' | 'reference' | 'binary' | 'complex';
  multiValued: boolean;
  description: string;
  required: boolean;
  /** Whether texts are compared with regard to case. */
  caseExact: boolean;
  mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly';
  returned: 'always' | 'never' | 'default' | 'request';
  uniqueness: 'none' | 'server';
  canonicalValues?: readonly string[];
  referenceTypes?: readonly string[];
  subAttributes?: readonly SchemaAttribute[];
}

/** An attribute that is a text, optional and writable unless said otherwise (the defaults of RFC 7643 §2.2). */
export function attribute(name: string, description: string, rest: Partial<SchemaAttribute> = {}): SchemaAttribute {
  return {
    name,
    type: 'string',
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...rest,
  };
}

/** A list of values with a kind each: emails, phone numbers and the like (RFC 7643 §2.4). */
export function typedValues(
  name: string,
  description: string,
  canonicalValues: readonly string[],
  value: Partial<SchemaAttribute> = {},
): SchemaAttribute {
  return attribute(name, description, {
    type: 'complex',
    multiValued: true,
    subAttributes: [
      attribute('value', 'The value itself.', value),
      attribute('display', 'The value as people read it.'),
      attribute('type', 'What the value is used for.', canonicalValues.length > 0 ? { canonicalValues } : {}),
      attribute('primary', 'Whether this is the preferred one; true at most once.', { type: 'boolean' }),
    ],
  });
}
