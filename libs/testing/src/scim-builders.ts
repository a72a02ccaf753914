import type { ScimMember, ScimMemberChanges, ScimResourceId } from '#core';

/** The id of a resource that a test calls by a letter. */
export function scimIdOf(text: string): ScimResourceId {
  return `scm_${text}` as ScimResourceId;
}

/** Changes of a group's members; a text is the member whom {@link scimIdOf} makes of it, with nothing else said of them. */
export function buildMemberChanges(change: {
  clear?: boolean;
  put?: readonly (string | ScimMember)[];
  remove?: readonly string[];
}): ScimMemberChanges {
  const put = (change.put ?? []).map((one) => (typeof one === 'string' ? { value: scimIdOf(one) } : one));
  return {
    clear: change.clear ?? false,
    put: new Map(put.map((member) => [member.value, member])),
    remove: new Set((change.remove ?? []).map(scimIdOf)),
  };
}
