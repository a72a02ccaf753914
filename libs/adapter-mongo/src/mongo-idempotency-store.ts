import { IdempotencyStore, type RepeatableRequest, type RequestClaim } from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import type { MongoConnection } from './mongo-connection.js';
import { repeatableRequests, type RepeatableRequestDocument } from './schemas/repeatable-requests.js';

export class MongoIdempotencyStore extends IdempotencyStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  /** Whoever writes first has the claim: inserts are told apart by the key, later claims by what they replace. */
  override async claim(request: RepeatableRequest): Promise<RequestClaim> {
    const { id, fingerprint, at, busyUntil, forgottenBefore } = request;
    return this.connection.run(async (): Promise<RequestClaim> => {
      const fresh: RepeatableRequestDocument = { _id: id, fingerprint, since: at, busyUntil, answer: null };
      if (await this.insert(fresh)) return { kind: 'claimed', since: at };
      const found = await this.requests.findOne({ _id: id });
      // It was forgotten between the two; whoever sends it again finds out more.
      if (found === null) return { kind: 'busy' };
      const isForgotten = found.since < forgottenBefore;
      if (!isForgotten && found.fingerprint !== fingerprint) return { kind: 'otherRequest' };
      if (!isForgotten && found.answer !== null) return { kind: 'answered', answer: found.answer };
      if (!isForgotten && found.busyUntil > at) return { kind: 'busy' };
      const { _id, ...next } = { ...fresh, since: isForgotten ? at : found.since };
      const seen = { _id, since: found.since, busyUntil: found.busyUntil, answer: found.answer };
      const { modifiedCount } = await this.requests.updateOne(seen, { $set: next });
      return modifiedCount === 1 ? { kind: 'claimed', since: next.since } : { kind: 'busy' };
    });
  }

  override async answer(id: string, answer: string): Promise<void> {
    await this.connection.run(() => this.requests.updateOne({ _id: id }, { $set: { answer } }));
  }

  override async release(id: string): Promise<void> {
    await this.connection.run(() => this.requests.updateOne({ _id: id, answer: null }, { $set: { busyUntil: '' } }));
  }

  override async forget(id: string): Promise<void> {
    await this.connection.run(() => this.requests.deleteOne({ _id: id, answer: null }));
  }

  override async deleteBefore(instant: string): Promise<void> {
    await this.connection.run(() => this.requests.deleteMany({ since: { $lt: instant } }));
  }

  private async insert(document: RepeatableRequestDocument): Promise<boolean> {
    try {
      await this.requests.insertOne(document);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  private get requests() {
    return this.connection.collection(repeatableRequests);
  }
}
