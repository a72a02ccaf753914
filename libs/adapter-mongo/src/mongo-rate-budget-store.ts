import {
  type Clock,
  maxRestMs,
  RateBudgetStore,
  type RatedSource,
  type RateMeter,
  type RatePace,
  type RateTaken,
  rateTolerance,
} from '#core';
import { isDuplicateKey } from './duplicate-key.js';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { type RateBudgetDocument, rateBudgets } from './schemas/rate-budgets.js';

type Expression = object | number | string;

/** As it was before the update; a source that nobody has asked yet has none. */
const madeUpAt = { $ifNull: ['$madeUpAt', 0] };
const restUntil = { $ifNull: ['$restUntil', 0] };

/**
 * Budgets by the server's own clock (`$$NOW`, the primary's). What `takeFromMeter` and `restMeter` of core compute is said here as
 * expressions, so that each step reads the clock and decides within one update of one document.
 */
export class MongoRateBudgetStore extends RateBudgetStore {
  /** With a clock, that is the time: for tests. */
  constructor(
    private readonly connection: MongoConnection,
    private readonly clock: Clock | null = null,
  ) {
    super();
  }

  override async take(
    source: RatedSource,
    { intervalMs, burst }: RatePace,
    { wanted, unused }: { wanted: number; unused: number },
  ): Promise<RateTaken> {
    const now = this.now();
    const isResting = this.isResting();
    const most = { $add: [now, burst * intervalMs] };
    const start = { $max: [now, { $min: [most, { $subtract: [madeUpAt, unused * intervalMs] }] }] };
    const free = { $floor: { $add: [{ $divide: [{ $subtract: [most, start] }, intervalMs] }, rateTolerance] } };
    const granted = { $max: [0, { $min: [wanted, free] }] };
    const enough = { $add: [start, Math.min(wanted, burst) * intervalMs] };
    const waitMs = { $max: [1, { $ceil: { $subtract: [enough, most] } }] };
    const { granted: got, waitMs: wait } = await this.update(source, {
      granted: { $cond: [isResting, 0, granted] },
      waitMs: {
        $switch: {
          branches: [
            { case: isResting, then: { $ceil: { $subtract: [restUntil, now] } } },
            { case: { $or: [{ $gt: [granted, 0] }, { $eq: [wanted, 0] }] }, then: 0 },
          ],
          default: waitMs,
        },
      },
      madeUpAt: { $cond: [isResting, madeUpAt, { $add: [start, { $multiply: [granted, intervalMs] }] }] },
    });
    return { granted: got, waitMs: wait };
  }

  override async rest(
    source: RatedSource,
    { intervalMs, burst }: RatePace,
    { ms, status }: { ms: number; status: number },
  ): Promise<void> {
    const now = this.now();
    const isResting = this.isResting();
    const until = { $add: [now, Math.min(ms, maxRestMs)] };
    const lastsLonger = { $and: [isResting, { $gte: [restUntil, until] }] };
    const unlessLonger = (old: Expression, changed: Expression) => ({ $cond: [lastsLonger, old, changed] });
    await this.update(source, {
      granted: 0,
      waitMs: 0,
      madeUpAt: unlessLonger(madeUpAt, { $max: [madeUpAt, { $add: [until, (burst - 1) * intervalMs] }] }),
      restUntil: unlessLonger('$restUntil', until),
      restSince: { $cond: [isResting, '$restSince', now] },
      restStatus: unlessLonger('$restStatus', { $literal: status }),
    });
  }

  override async read({ tenantId, integrationId }: RatedSource): Promise<{ meter: RateMeter; nowMs: number } | null> {
    return this.connection.run(async () => {
      const [found] = await this.budgets
        .aggregate<RateBudgetDocument & { now: number }>([
          { $match: { _id: key(tenantId, integrationId) } },
          { $set: { now: this.now() } },
        ])
        .toArray();
      if (found === undefined) return null;
      const { madeUpAt: madeUpAtMs, restUntil: untilMs, restSince: sinceMs, restStatus: status, now: nowMs } = found;
      const rest =
        untilMs === undefined || sinceMs === undefined || status === undefined ? null : { untilMs, sinceMs, status };
      return { meter: { madeUpAtMs, rest }, nowMs };
    });
  }

  /** One step over one document, which is made where there is none; gives it as it is then. */
  private async update(
    { tenantId, integrationId }: RatedSource,
    fields: Record<string, Expression>,
  ): Promise<RateBudgetDocument> {
    return this.connection.run(async () => {
      for (;;) {
        try {
          const changed = await this.budgets.findOneAndUpdate(
            { _id: key(tenantId, integrationId) },
            // Fields of one stage all see the document as it was.
            [{ $set: fields }],
            { upsert: true, returnDocument: 'after' },
          );
          if (changed !== null) return changed;
        } catch (error) {
          // Two upserts of a new key met: it is there now.
          if (!isDuplicateKey(error)) throw error;
        }
      }
    });
  }

  /** As `restAt` of core. */
  private isResting(): object {
    const now = this.now();
    return { $and: [{ $gt: [restUntil, now] }, { $lte: [restUntil, { $add: [now, maxRestMs] }] }] };
  }

  private get budgets() {
    return this.connection.collection(rateBudgets);
  }

  /** Milliseconds since 1970. */
  private now(): Expression {
    return this.clock === null ? { $toDouble: '$$NOW' } : this.clock.nowMs();
  }
}
