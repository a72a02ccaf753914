import type { ScimFilter } from './scim-filter.js';

/** Whether a filter asks about an attribute at the resource's top, or a part of it: what it does not ask about need not be read. */
export function asksAbout(filter: ScimFilter, name: string): boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.operands.some((operand) => asksAbout(operand, name));
    case 'not':
      return asksAbout(filter.operand, name);
    case 'present':
    case 'compare':
    case 'element':
      return filter.path.urn === null && filter.path.attribute?.toLowerCase() === name.toLowerCase();
  }
}

/**
 * The members that a filter over groups asks about, by id (`members.value eq "…"`, `members[value eq "…"]`); null when it asks
 * about members in any other way, which takes all of them to answer.
 */
export function membersNamed(filter: ScimFilter, within = false): string[] | null {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return allNamed(filter.operands, within);
    case 'not':
      return membersNamed(filter.operand, within);
    case 'element':
      return asksAbout(filter, 'members') ? membersNamed(filter.filter, true) : [];
    case 'present':
      return within || asksAbout(filter, 'members') ? null : [];
    case 'compare': {
      if (!within && !asksAbout(filter, 'members')) return [];
      const { path, comparison, value } = filter;
      const part = within ? path.attribute : (path.sub ?? 'value');
      const named = part?.toLowerCase() === 'value' && comparison === 'eq' && value.type === 'string';
      return named ? [value.text] : null;
    }
  }
}

function allNamed(operands: readonly ScimFilter[], within: boolean): string[] | null {
  const named: string[] = [];
  for (const operand of operands) {
    const ids = membersNamed(operand, within);
    if (ids === null) return null;
    named.push(...ids);
  }
  return named;
}
