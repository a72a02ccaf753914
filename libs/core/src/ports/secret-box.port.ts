import type { TenantId } from '../ids.js';
import type { JsonObject } from '../json.js';

/** Seals secrets under the master key, bound to their tenant. Only the fetcher opens them. */
export abstract class SecretBox {
  abstract seal(tenantId: TenantId, secrets: JsonObject): string;
  /** Throws `ConfigurationError` `masterKeyWrong` when they were sealed under another key or for another tenant. */
  abstract open(tenantId: TenantId, sealed: string): JsonObject;
}
