import type { ApiKeyId, TenantId } from './ids.js';

/** A customer; nothing crosses from one to another. */
export interface Tenant {
  id: TenantId;
  name: string;
  /** IANA time zone whose calendar decides on which day a termination date is reached. */
  timeZone: string;
  /** Days between the end of access and anonymisation. */
  deprovisioningDelayDays: number;
  /** E-mail addresses of those who are told of what concerns the tenant, beside each integration's own. */
  contacts: string[];
  /** Rises with each change of the fields above. */
  revision: number;
  /** Rises with each change of the tenant's attributes. */
  attributesRevision: number;
  createdAt: string;
}

/** `operator`: all tenants; `admin`: one tenant; `viewer`: one tenant, no raw payloads, no export. */
export const apiKeyRoles = ['viewer', 'admin', 'operator'] as const;
export type ApiKeyRole = (typeof apiKeyRoles)[number];

/** A bearer key of the API as stored: only its hash is kept. */
export interface ApiKey {
  id: ApiKeyId;
  /** Null for an operator's key. */
  tenantId: TenantId | null;
  role: ApiKeyRole;
  label: string;
  /** SHA-256 of the whole key, hex. */
  hash: string;
  createdAt: string;
}
