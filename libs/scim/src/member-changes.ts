import type { JsonValue, ScimMember } from '#core';
import { findAttribute, isObject, readAttribute } from './attribute-names.js';
import { groupSchema } from './group-schema.js';
import type { PatchOperation } from './patch-request.js';
import { readValue } from './read-resource.js';
import { ScimError } from './scim-error.js';
import type { ScimFilter } from './scim-filter.js';
import { withoutPasswords } from './without-passwords.js';

/** What becomes of a group's members, without reading them first: a group may have very many. */
export interface MemberChanges {
  /** Everybody who was a member before is out. */
  clear: boolean;
  /** Who is a member afterwards, by id. */
  put: Map<string, ScimMember>;
  /** Who is not, by id. */
  remove: Set<string>;
}

/**
 * Takes the changes of members out of a group's PATCH.
 * @throws {ScimError} 400 `invalidPath` for members selected otherwise than by `value`, `invalidValue` for one without
 */
export function splitMemberChanges(operations: readonly PatchOperation[]): {
  rest: PatchOperation[];
  members: MemberChanges;
} {
  const members: MemberChanges = { clear: false, put: new Map(), remove: new Set() };
  const rest = operations.filter((operation) => {
    const { urn, attribute } = operation.path;
    if (urn !== null || attribute?.toLowerCase() !== 'members') return true;
    changeMembers(members, operation);
    return false;
  });
  return { rest, members };
}

/**
 * The members that a group is written with, by id; the last of one id stands.
 * @throws {ScimError} 400 `invalidValue`
 */
export function readMembers(value: JsonValue | undefined): Map<string, ScimMember> {
  const attribute = findAttribute(groupSchema.attributes, 'members');
  const read = attribute === null ? [] : readValue(withoutPasswords(value ?? []), attribute, 'members');
  const members = new Map<string, ScimMember>();
  for (const member of Array.isArray(read) ? read : []) {
    const id = isObject(member) ? readAttribute(member, 'value') : null;
    if (!isObject(member) || typeof id !== 'string' || id === '') {
      throw ScimError.bad('invalidValue', 'Each of members has to have a value: the member’s id.');
    }
    members.set(id, { ...member, value: id });
  }
  return members;
}

function changeMembers(changes: MemberChanges, { op, path, value }: PatchOperation): void {
  if (path.filter !== null) {
    const ids = selectedIds(path.filter);
    if (op !== 'remove' || path.sub !== null) {
      throw ScimError.bad('invalidPath', 'Selected members can be removed; add and replace take members as a whole.');
    }
    for (const id of ids) removeMember(changes, id);
    return;
  }
  if (path.sub !== null) throw ScimError.bad('invalidPath', 'Members are changed as a whole, not by a part of each.');
  const members = readMembers(value);
  if (op === 'remove' && value !== null) {
    for (const id of members.keys()) removeMember(changes, id);
    return;
  }
  if (op !== 'add') clearMembers(changes);
  for (const [id, member] of members) {
    changes.remove.delete(id);
    changes.put.set(id, member);
  }
}

function clearMembers(changes: MemberChanges): void {
  changes.put.clear();
  changes.remove.clear();

  changes.clear = true;
}

function removeMember({ put, remove }: MemberChanges, id: string): void {
  put.delete(id);
  remove.add(id);
}

/** `members[value eq "a" or value eq "b"]` */
function selectedIds(filter: ScimFilter): string[] {
  if (filter.kind === 'or') return filter.operands.flatMap(selectedIds);
  const named = filter.kind === 'compare' && filter.comparison === 'eq' && filter.value.type === 'string';
  if (!named || filter.path.attribute?.toLowerCase() !== 'value' || filter.value.type !== 'string') {
    throw ScimError.bad('invalidPath', 'Members are selected by members[value eq "…"].');
  }
  return [filter.value.text];
}
