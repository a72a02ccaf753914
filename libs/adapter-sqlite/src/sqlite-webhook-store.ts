import { type IntegrationId, type TenantId, type Webhook, type WebhookId, WebhookStore } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';

interface WebhookRow {
  tenant_id: TenantId;
  id: WebhookId;
  integration_id: IntegrationId | null;
  url: string;
  sealed_secret: string;
  created_at: string;
}

function toWebhook({ tenant_id, id, integration_id, url, created_at }: WebhookRow): Webhook {
  return { id, tenantId: tenant_id, integrationId: integration_id, url, createdAt: created_at };
}

/** Every write is one transaction at `full`. */
export class SqliteWebhookStore extends WebhookStore {
  constructor(private readonly database: SqliteDatabase) {
    super();
  }

  override async create(webhook: Webhook, sealedSecret: string): Promise<void> {
    const { tenantId, id, integrationId, url, createdAt } = webhook;
    this.database.transaction(() => {
      this.database
        .prepare(
          `INSERT INTO webhooks (tenant_id, id, integration_id, url, sealed_secret, created_at)
           VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run(tenantId, id, integrationId, url, sealedSecret, createdAt);
    }, 'full');
  }

  override async webhooks(tenantId: TenantId): Promise<Webhook[]> {
    return this.database.read(() => {
      const rows = this.database
        .prepare('SELECT * FROM webhooks WHERE tenant_id = ? ORDER BY created_at, id')
        .all(tenantId) as unknown as WebhookRow[];
      return rows.map(toWebhook);
    });
  }

  override async withSecret(
    tenantId: TenantId,
    id: WebhookId,
  ): Promise<{ webhook: Webhook; sealedSecret: string } | null> {
    return this.database.read(() => {
      const row = this.database.prepare('SELECT * FROM webhooks WHERE tenant_id = ? AND id = ?').get(tenantId, id) as
        WebhookRow | undefined;
      return row === undefined ? null : { webhook: toWebhook(row), sealedSecret: row.sealed_secret };
    });
  }

  override async delete(tenantId: TenantId, id: WebhookId): Promise<boolean> {
    return this.database.transaction(() => {
      const { changes } = this.database
        .prepare('DELETE FROM webhooks WHERE tenant_id = ? AND id = ?')
        .run(tenantId, id);
      return changes === 1;
    }, 'full');
  }
}
