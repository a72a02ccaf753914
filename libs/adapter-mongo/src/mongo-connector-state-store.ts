import { ConnectorStateStore, type ConnectorState, type IntegrationId, type JsonValue, type TenantId } from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { connectorStates } from './schemas/connector-states.js';

export class MongoConnectorStateStore extends ConnectorStateStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async read(tenantId: TenantId, integrationId: IntegrationId): Promise<ConnectorState | null> {
    return this.connection.run(async () => {
      const found = await this.states.findOne({ _id: key(tenantId, integrationId) });
      if (found === null) return null;
      return { generation: found.generation, syncId: found.syncId, state: JSON.parse(found.state) as JsonValue };
    });
  }

  override async advance(
    tenantId: TenantId,
    integrationId: IntegrationId,
    next: ConnectorState,
  ): Promise<'written' | 'stale'> {
    const _id = key(tenantId, integrationId);
    const written = { generation: next.generation, syncId: next.syncId, state: JSON.stringify(next.state) };
    return this.connection.run(async () => {
      const filter = { _id, generation: { $lte: next.generation } };
      const { matchedCount } = await this.states.updateOne(filter, { $set: written });
      if (matchedCount === 1) return 'written';
      try {
        await this.states.insertOne({ _id, ...written });
        return 'written';
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        // A higher generation's, or a first one that came in between.
        const again = await this.states.updateOne(filter, { $set: written });
        return again.matchedCount === 1 ? 'written' : 'stale';
      }
    });
  }

  private get states() {
    return this.connection.collection(connectorStates);
  }
}
