import type { AttributeValue, Attributes, Changes, FrozenSettings, MappedRecord, User, UserRole } from '#core';

/** True when two attribute values are the same to a reader of the directory. */
export function sameValue(left: AttributeValue, right: AttributeValue): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => item === right[index]);
  }
  return left === right;
}

/**
 * Attributes that mapped values would change, before → after. A blank value clears or keeps as its attribute says.
 * `active` is told by the user's status and is no stored value.
 */
export function diffAttributes(frozen: FrozenSettings, values: Attributes, present: Attributes): Changes {
  const changes: Changes = {};
  for (const attribute of frozen.attributes) {
    const { name } = attribute;
    if (name === 'active') continue;
    const next = values[name];
    if (next === undefined) continue;
    const before = present[name] ?? null;
    if (next === null && attribute.whenBlank === 'keep') continue;
    if (!sameValue(before, next)) changes[name] = [before, next];
  }
  return changes;
}

/** The first required attribute that a user would be without after these changes; null when all are there. */
export function missingRequired(frozen: FrozenSettings, present: Attributes, changes: Changes): string | null {
  for (const { name, required } of frozen.attributes) {
    if (!required || name === 'active') continue;
    const change = changes[name];
    if ((change === undefined ? (present[name] ?? null) : change[1]) === null) return name;
  }
  return null;
}

/**
 * The role that the restricted indicator gives: both ways, except that administrators are never demoted. Without an
 * indicator, or when a missing one means `keep`, the role stays.
 */
export function nextRole(frozen: FrozenSettings, record: MappedRecord, user: User | null): UserRole {
  const present = user?.role ?? 'regular';
  const indicator = frozen.mapping?.definition.restricted;
  if (present === 'admin' || indicator === null || indicator === undefined) return present;
  if (record.restricted !== null) return record.restricted ? 'restricted' : 'regular';
  return indicator.onMissing === 'keep' ? present : indicator.onMissing;
}
