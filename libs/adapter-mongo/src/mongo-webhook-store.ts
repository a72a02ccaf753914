import { type TenantId, type Webhook, type WebhookId, WebhookStore } from '#core';
import { key, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { type WebhookDocument, webhooks } from './schemas/notices.js';

function toWebhook({ _id, sealedSecret: _secret, ...webhook }: WebhookDocument): Webhook {
  return webhook;
}

export class MongoWebhookStore extends WebhookStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async create(webhook: Webhook, sealedSecret: string): Promise<void> {
    const _id = key(webhook.tenantId, webhook.id);
    await this.connection.run(() => this.collection.insertOne({ _id, ...webhook, sealedSecret }));
  }

  override async webhooks(tenantId: TenantId): Promise<Webhook[]> {
    return this.connection.run(async () => {
      const found = await this.collection
        .find({ _id: keysUnder([tenantId]) })
        .sort({ createdAt: 1, _id: 1 })
        .toArray();
      return found.map(toWebhook);
    });
  }

  override async withSecret(
    tenantId: TenantId,
    id: WebhookId,
  ): Promise<{ webhook: Webhook; sealedSecret: string } | null> {
    return this.connection.run(async () => {
      const found = await this.collection.findOne({ _id: key(tenantId, id) });
      return found === null ? null : { webhook: toWebhook(found), sealedSecret: found.sealedSecret };
    });
  }

  override async delete(tenantId: TenantId, id: WebhookId): Promise<boolean> {
    return this.connection.run(async () => {
      const { deletedCount } = await this.collection.deleteOne({ _id: key(tenantId, id) });
      return deletedCount === 1;
    });
  }

  private get collection() {
    return this.connection.collection(webhooks);
  }
}
