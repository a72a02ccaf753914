export const attributeTypes = ['string', 'number', 'boolean', 'date', 'string[]'] as const;
export type AttributeType = (typeof attributeTypes)[number];

/**
 * A typed value of an attribute. A `date` is `YYYY-MM-DD`; an integer beyond 2^53 is kept as its decimal text;
 * null means blank.
 */
export type AttributeValue = string | number | boolean | string[] | null;

/** How one attribute of a tenant's users behaves, standard or custom. Custom names start with `custom.`. */
export interface AttributeDefinition {
  name: string;
  label: string;
  type: AttributeType;
  /** Judged after {@link whenBlank}: a user may never end up without it. */
  required: boolean;
  /** What a blank mapped value does to a value that is there. */
  whenBlank: 'clear' | 'keep';
  excludeFromCsvExport: boolean;
  standard: boolean;
}

function standard(name: string, label: string, type: AttributeType, required = false): AttributeDefinition {
  return { name, label, type, required, whenBlank: 'clear', excludeFromCsvExport: false, standard: true };
}

/** The attributes that every tenant has from the start. */
export const standardAttributes: readonly AttributeDefinition[] = [
  standard('fullName', 'Full name', 'string', true),
  standard('email', 'E-mail', 'string', true),
  standard('employeeId', 'Employee id', 'string'),
  standard('active', 'Active', 'boolean'),
  standard('title', 'Title', 'string'),
  standard('department', 'Department', 'string'),
  standard('location', 'Location', 'string'),
  standard('managerEmail', 'Manager’s e-mail', 'string'),
  standard('managerEmployeeId', 'Manager’s employee id', 'string'),
  standard('managerSourceId', 'Manager’s source id', 'string'),
  standard('hireDate', 'Hire date', 'date'),
  standard('terminationDate', 'Termination date', 'date'),
  standard('pictureUrl', 'Picture', 'string'),
];

/** The attributes that point at another person, in the order in which they are tried. */
export const managerAttributes = ['managerSourceId', 'managerEmployeeId', 'managerEmail'] as const;
export type ManagerAttribute = (typeof managerAttributes)[number];

/** A custom attribute's name: `custom.` and a JSON-friendly identifier. */
export const customAttributeName = /^custom\.[A-Za-z][A-Za-z0-9_]{0,63}$/;

/**
 * The key under which an e-mail address is unique among a tenant's active users: NFC, trimmed, Unicode lower case.
 * No store uses a collation of its own. Null when blank.
 */
export function emailKey(value: AttributeValue | undefined): string | null {
  return normalisedKey(value);
}

/** The key under which an employee id is unique among a tenant's active users; as {@link emailKey}. */
export function employeeIdKey(value: AttributeValue | undefined): string | null {
  return normalisedKey(value);
}

function normalisedKey(value: AttributeValue | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const key = value.normalize('NFC').trim().toLowerCase();
  return key === '' ? null : key;
}
