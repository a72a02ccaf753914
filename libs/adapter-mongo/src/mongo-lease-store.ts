import { LeaseStore, type Clock, type Lease } from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import type { MongoConnection } from './mongo-connection.js';
import { leases } from './schemas/leases.js';

const longAgo = new Date(0);

/**
 * Leases by the server's own clock (`$$NOW`, the primary's): the clocks of the roles' machines don't matter. Each
 * operation reads the clock and decides within one update of one document.
 */
export class MongoLeaseStore extends LeaseStore {
  /** With a clock, that is the time: for tests. */
  constructor(
    private readonly connection: MongoConnection,
    private readonly clock: Clock | null = null,
  ) {
    super();
  }

  override async acquire(key: string, holder: string, ttlMs: number): Promise<Lease | null> {
    const wanted = { $literal: holder };
    const isMine = { $eq: ['$holder', wanted] };
    const isNew = { $eq: [{ $type: '$claim' }, 'missing'] };
    const isFree = { $or: [isNew, isMine, { $lte: ['$expiresAt', this.now()] }] };
    return this.connection.run(async () => {
      for (;;) {
        try {
          const lease = await this.leases.findOneAndUpdate(
            { _id: key },
            [
              {
                $set: {
                  claim: {
                    $switch: {
                      branches: [
                        { case: isNew, then: 1 },
                        { case: isMine, then: '$claim' },
                        { case: isFree, then: { $add: ['$claim', 1] } },
                      ],
                      default: '$claim',
                    },
                  },
                  // Fields of one stage all see the document as it was.
                  holder: { $cond: [isFree, wanted, '$holder'] },
                  expiresAt: { $cond: [isFree, { $add: [this.now(), ttlMs] }, '$expiresAt'] },
                },
              },
            ],
            { upsert: true, returnDocument: 'after' },
          );
          return lease?.holder === holder ? { key, holder, claim: lease.claim } : null;
        } catch (error) {
          // Two upserts of a new key met: it is there now.
          if (!isDuplicateKey(error)) throw error;
        }
      }
    });
  }

  override async renew(lease: Lease, ttlMs: number): Promise<boolean> {
    return this.connection.run(async () => {
      const { matchedCount } = await this.leases.updateOne(
        { _id: lease.key, holder: lease.holder, claim: lease.claim },
        [{ $set: { expiresAt: { $add: [this.now(), ttlMs] } } }],
      );
      return matchedCount === 1;
    });
  }

  override async release(lease: Lease): Promise<void> {
    await this.connection.run(() =>
      this.leases.updateOne(
        { _id: lease.key, holder: lease.holder, claim: lease.claim },
        { $set: { holder: '', expiresAt: longAgo } },
      ),
    );
  }

  override async claimOf(key: string): Promise<number> {
    return this.connection.run(async () => (await this.leases.findOne({ _id: key }))?.claim ?? 0);
  }

  override async dropAll(): Promise<void> {
    await this.connection.run(() => this.leases.updateMany({}, { $set: { holder: '', expiresAt: longAgo } }));
  }

  private get leases() {
    return this.connection.collection(leases);
  }

  private now(): Date | '$$NOW' {
    return this.clock === null ? '$$NOW' : new Date(this.clock.nowMs());
  }
}
