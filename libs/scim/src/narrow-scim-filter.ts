import type { ScimFilter } from './scim-filter.js';

/** An equality that every resource of a filter fulfils, of those that a store has an index for. */
export interface ScimLookup {
  by: 'id' | 'externalId' | 'userName' | 'displayName' | 'email' | 'member';
  /** As the filter has it. */
  value: string;
}

const lookups: Record<string, ScimLookup['by']> = {
  id: 'id',
  externalid: 'externalId',
  username: 'userName',
  displayname: 'displayName',
  emails: 'email',
  'emails.value': 'email',
  members: 'member',
  'members.value': 'member',
};

/** What of a filter a store can look up by itself; null when all resources have to be read. It gives no fewer than the filter. */
export function narrowScimFilter(filter: ScimFilter, within = ''): ScimLookup | null {
  switch (filter.kind) {
    case 'and':
      return (
        filter.operands.map((operand) => narrowScimFilter(operand, within)).find((found) => found !== null) ?? null
      );
    case 'element':
      return filter.path.urn === null ? narrowScimFilter(filter.filter, `${filter.path.attribute ?? ''}.`) : null;
    case 'compare': {
      const { path, comparison, value } = filter;
      if (comparison !== 'eq' || value.type !== 'string' || path.urn !== null || path.attribute === null) return null;
      const name = `${within}${path.attribute}${path.sub === null ? '' : `.${path.sub}`}`;
      const by = lookups[name.toLowerCase()];
      return by === undefined ? null : { by, value: value.text };
    }
    case 'or':
    case 'not':
    case 'present':
      return null;
  }
}
