import { mongo } from 'mongoose';
import { DeadLetterStore, type DeadLetter } from '#core';
import { bytesOf } from './bytes.js';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { deadLetters } from './schemas/dead-letters.js';

export class MongoDeadLetterStore extends DeadLetterStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async put(letter: DeadLetter): Promise<void> {
    await this.connection.run(() =>
      this.letters.updateOne(
        { _id: key(letter.topic, letter.partition, letter.offset, letter.group) },
        {
          $setOnInsert: {
            ...letter,
            order: new mongo.ObjectId(),
            headers: JSON.stringify(letter.headers),
            value: new mongo.Binary(letter.value),
          },
        },
        { upsert: true },
      ),
    );
  }

  override async list(limit: number): Promise<DeadLetter[]> {
    return this.connection.run(async () => {
      const found = await this.letters.find({}).sort({ at: -1, order: -1 }).limit(limit).toArray();
      return found.map(({ _id, order: _order, headers, value, ...letter }) => ({
        ...letter,
        headers: JSON.parse(headers) as Record<string, string>,
        value: bytesOf(value),
      }));
    });
  }

  override async count(): Promise<number> {
    return this.connection.run(() => this.letters.countDocuments());
  }

  private get letters() {
    return this.connection.collection(deadLetters);
  }
}
