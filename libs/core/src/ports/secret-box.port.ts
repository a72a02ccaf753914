import type { TenantId } from '../ids.js';
import type { JsonObject } from '../json.js';

/** Seals secrets under the master key, bound to their tenant. The fetcher opens a source's; the reporter those it signs webhooks with, and names of the others. */
export abstract class SecretBox {
  abstract seal(tenantId: TenantId, secrets: JsonObject): string;
  /** Throws `ConfigurationError` `masterKeyWrong` when they were sealed under another key or for another tenant. */
  abstract open(tenantId: TenantId, sealed: string): JsonObject;
}
