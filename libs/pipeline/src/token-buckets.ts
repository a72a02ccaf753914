import type { Clock } from '#core';

const minuteMs = 60_000;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Where a key stands after a request of it was counted. */
export interface BucketCount {
  isOver: boolean;
  /** Requests that may still be sent at once. */
  left: number;
  /** Until another one may be sent, at least 1. */
  secondsUntilNext: number;
  /** Until the bound is whole again. */
  secondsUntilFull: number;
}

/** A bound on the requests of each key, in this process: as many as the limit at once, refilled evenly over a minute. */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    readonly perMinute: number,
    private readonly clock: Clock,
  ) {}

  /** Null: there is no bound (0). */
  count(key: string): BucketCount | null {
    if (this.perMinute === 0) return null;
    const bucket = this.filled(key);
    const isOver = bucket.tokens < 1;
    if (!isOver) bucket.tokens -= 1;
    return {
      isOver,
      left: Math.floor(bucket.tokens),
      secondsUntilNext: Math.max(1, this.secondsUntil(bucket, 1)),
      secondsUntilFull: this.secondsUntil(bucket, this.perMinute),
    };
  }

  private filled(key: string): Bucket {
    const nowMs = this.clock.nowMs();
    const bucket = this.buckets.get(key) ?? { tokens: this.perMinute, filledAtMs: nowMs };
    const gained = (Math.max(0, nowMs - bucket.filledAtMs) * this.perMinute) / minuteMs;
    bucket.tokens = Math.min(this.perMinute, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    this.buckets.set(key, bucket);
    return bucket;
  }

  private secondsUntil({ tokens }: Bucket, wanted: number): number {
    return Math.ceil(((wanted - tokens) * minuteMs) / this.perMinute / 1000);
  }
}
