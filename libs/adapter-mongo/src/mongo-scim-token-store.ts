import { maxScimTokens, type ScimScope, type ScimToken, type ScimTokenId, ScimTokenStore } from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import type { MongoConnection } from './mongo-connection.js';
import { type ScimTokenDocument, scimTokens } from './schemas/scim.js';

/** An integration has two places; a unique index gives each to one token. */
export class MongoScimTokenStore extends ScimTokenStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async create({ id, ...token }: ScimToken): Promise<'created' | 'full'> {
    return this.connection.run(async () => {
      for (let place = 0; place < maxScimTokens; place += 1) {
        try {
          await this.tokens.insertOne({ _id: id, ...token, place });
          return 'created';
        } catch (error) {
          if (!isDuplicateKey(error)) throw error;
        }
      }
      return 'full';
    });
  }

  override async byHash(hash: string): Promise<ScimToken | null> {
    return this.connection.run(async () => {
      const found = await this.tokens.findOne({ hash });
      return found === null ? null : toToken(found);
    });
  }

  override async list({ tenantId, integrationId }: ScimScope): Promise<ScimToken[]> {
    return this.connection.run(async () => {
      const found = await this.tokens.find({ tenantId, integrationId }).sort({ createdAt: 1, _id: 1 }).toArray();
      return found.map(toToken);
    });
  }

  override async delete({ tenantId, integrationId }: ScimScope, id: string): Promise<boolean> {
    return this.connection.run(async () => {
      const { deletedCount } = await this.tokens.deleteOne({ _id: id, tenantId, integrationId });
      return deletedCount === 1;
    });
  }

  override async noteUse({ id }: Pick<ScimToken, 'id'>, at: string): Promise<void> {
    await this.connection.run(() =>
      this.tokens.updateOne(
        { _id: id, $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: at } }] },
        { $set: { lastUsedAt: at } },
      ),
    );
  }

  private get tokens() {
    return this.connection.collection(scimTokens);
  }
}

function toToken({ _id, place: _place, ...token }: ScimTokenDocument): ScimToken {
  return { ...token, id: _id as ScimTokenId };
}
