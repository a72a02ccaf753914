import type { IntegrationRequestId, TenantId } from '../ids.js';
import type { IntegrationRequest, IntegrationRequestState } from '../integration-request.js';

export interface IntegrationRequestFilter {
  state?: IntegrationRequestState;
}

/** Wishes for integrations. Writes are durable against a power cut when they resolve. */
export abstract class IntegrationRequestStore {
  abstract create(request: IntegrationRequest): Promise<void>;
  abstract request(tenantId: TenantId, id: IntegrationRequestId): Promise<IntegrationRequest | null>;
  /** Newest first; `after` is an id of this list. */
  abstract requests(
    tenantId: TenantId,
    filter: IntegrationRequestFilter,
    after: IntegrationRequestId | null,
    limit: number,
  ): Promise<IntegrationRequest[]>;
  /** Writes it with `revision + 1` if the stored revision equals the given one. */
  abstract update(request: IntegrationRequest): Promise<'updated' | 'stale' | 'unknown'>;
  /** Those of all tenants that are `deployed`, by tenant and id, after a place in that order. */
  abstract deployed(
    after: Pick<IntegrationRequest, 'tenantId' | 'id'> | null,
    limit: number,
  ): Promise<IntegrationRequest[]>;
}
