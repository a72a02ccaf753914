import type { ApiKeyId, ApiKeyRole, TenantId } from '#core';

/** Who is asking: an API key. */
export interface Caller {
  keyId: ApiKeyId;
  role: ApiKeyRole;
  /** Null: an operator, who sees all tenants. */
  tenantId: TenantId | null;
  label: string;
}

/** How the audit and syncs name a caller. */
export function callerName(caller: Caller): string {
  return `key:${caller.keyId}`;
}

const ranks: Record<ApiKeyRole, number> = { viewer: 0, admin: 1, operator: 2 };

export function hasRole(caller: Caller, least: ApiKeyRole): boolean {
  return ranks[caller.role] >= ranks[least];
}
