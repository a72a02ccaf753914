import {
  MongoConnection,
  MongoConnectorStateStore,
  MongoDeadLetterStore,
  MongoDirectoryStore,
  MongoOutcomeStore,
  MongoSnapshotStore,
  MongoSyncStore,
} from '#adapter-mongo';
import { ConnectorStateStore, DeadLetterStore, DirectoryStore, OutcomeStore, SnapshotStore, SyncStore } from '#core';
import type { PrivateServers } from '../../support/private-servers.js';

type Token<Port> = abstract new (...args: never[]) => Port;

/** The stores of a Muster on the distributed engine, seen past its roles. */
export class HarmedStores {
  private readonly stores: Map<unknown, unknown>;

  private constructor(private readonly connection: MongoConnection) {
    this.stores = new Map<unknown, unknown>([
      [DirectoryStore, new MongoDirectoryStore(connection)],
      [DeadLetterStore, new MongoDeadLetterStore(connection)],
      [SyncStore, new MongoSyncStore(connection)],
      [ConnectorStateStore, new MongoConnectorStateStore(connection)],
      [OutcomeStore, new MongoOutcomeStore(connection)],
      [SnapshotStore, new MongoSnapshotStore(connection)],
    ]);
  }

  static async open(servers: PrivateServers, database: string): Promise<HarmedStores> {
    const uri = servers.mongodbUri(servers.mongodb.port, database);
    return new HarmedStores(await MongoConnection.open({ uri, appName: 'chaos' }));
  }

  part<Port>(token: Token<Port>): Port {
    return this.stores.get(token) as Port;
  }

  async close(): Promise<void> {
    await this.connection.close();
  }
}
