import type { IntegrationId, TenantId } from '#core';

/** Whose files they are. */
export interface AccountId {
  readonly tenantId: TenantId;
  readonly integrationId: IntegrationId;
}

const form = /^(ten_[0-9a-z]{16})\.(int_[0-9a-z]{16})$/;

/** The name to log in with: it says whose files they are, so that names are neither given away twice nor stored. */
export function accountName({ tenantId, integrationId }: AccountId): string {
  return `${tenantId}.${integrationId}`;
}

/** Null for what is no such name. */
export function parseAccountName(name: string): AccountId | null {
  const [, tenantId, integrationId] = form.exec(name) ?? [];
  if (tenantId === undefined || integrationId === undefined) return null;
  return { tenantId: tenantId as TenantId, integrationId: integrationId as IntegrationId };
}
