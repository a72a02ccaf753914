import type { TenantId, WebhookId } from '../ids.js';
import type { Webhook } from '../notice.js';

/** Addresses that take notices. Writes are durable against a power cut when they resolve. */
export abstract class WebhookStore {
  /** `sealedSecret` is opaque and encrypted. */
  abstract create(webhook: Webhook, sealedSecret: string): Promise<void>;
  /** All of a tenant, oldest first: they are few. */
  abstract webhooks(tenantId: TenantId): Promise<Webhook[]>;
  /** Null when there is none of that id. */
  abstract withSecret(tenantId: TenantId, id: WebhookId): Promise<{ webhook: Webhook; sealedSecret: string } | null>;
  /** False when there is none. */
  abstract delete(tenantId: TenantId, id: WebhookId): Promise<boolean>;
}
