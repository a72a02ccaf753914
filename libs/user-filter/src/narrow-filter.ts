import { emailKey, employeeIdKey, type IntegrationId, type UserId, type UserListFilter, type UserStatus } from '#core';
import type { Filter } from './filter.js';

/**
 * What of a filter a store can look up by itself: equalities that must hold whatever else does. It gives no fewer users
 * than the filter, mostly far fewer than all.
 */
export function narrowFilter(filter: Filter): UserListFilter {
  if (filter.kind === 'and') return Object.assign({}, ...filter.operands.map(narrowFilter)) as UserListFilter;
  if (filter.kind !== 'compare' || filter.comparison !== 'eq' || filter.value.type !== 'string') return {};
  const { text } = filter.value;
  switch (filter.field.name) {
    case 'id':
      return { id: text as UserId };
    case 'status':
      return { status: text as UserStatus };
    case 'owner':
      return { integrationId: text as IntegrationId };
    case 'email': {
      const key = emailKey(text);
      return key === null ? {} : { emailKey: key };
    }
    case 'employeeId': {
      const key = employeeIdKey(text);
      return key === null ? {} : { employeeIdKey: key };
    }
    default:
      return {};
  }
}
