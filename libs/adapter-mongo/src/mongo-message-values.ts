import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { cutBytes } from './body-parts.js';
import { bytesOf } from './bytes.js';
import { key, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { messageValues, type MessageValueDocument } from './schemas/message-values.js';

/**
 * Values that are too large for a message of the bus, kept until no message can name them any more. They belong to
 * their message: written once, by whoever publishes it, and never changed. No port of core: only this engine's bus asks.
 */
export class MongoMessageValues {
  constructor(private readonly connection: MongoConnection) {}

  /** Durable when it resolves. Gives the name that it is found by. Throws `RetriableError` when MongoDB is away. */
  async put(value: Uint8Array, keptForMs: number): Promise<string> {
    const parts = cutBytes(value);
    // Says how many parts there are: one that is missing is noticed.
    const name = `${randomUUID()}.${String(parts.length)}`;
    const expiresAt = new Date(Date.now() + keptForMs);
    for (const [part, bytes] of parts.entries()) {
      const document: MessageValueDocument = { _id: key(name, part), value: bytes, expiresAt };
      await this.connection.run(() => this.collection.insertOne(document));
    }
    return name;
  }

  /** Null when it is not kept any more. Throws `RetriableError` when MongoDB is away. */
  async get(name: string): Promise<Uint8Array | null> {
    const found = await this.connection.run(() =>
      this.collection
        .find({ _id: keysUnder([name]) })
        .sort({ _id: 1 })
        .toArray(),
    );
    if (found.length === 0 || found.length !== Number(name.split('.').at(-1))) return null;
    return Buffer.concat(found.map(({ value }) => bytesOf(value)));
  }

  private get collection() {
    return this.connection.collection(messageValues);
  }
}
