import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MusterConfig } from '#config';
import { type ApiKeyId, Clock } from '#core';
import { ProblemError } from '../http/problem.errors.js';

const minuteMs = 60_000;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/**
 * A bound on the requests of each key, in this process: as many as the limit at once, refilled evenly over a minute.
 * Every answer says what is left (`RateLimit-Limit`, `-Remaining`, `-Reset` in seconds until the bound is whole again).
 */
@Injectable()
export class RateLimit {
  private readonly buckets = new Map<ApiKeyId, Bucket>();
  private readonly limit: number;

  constructor(
    config: MusterConfig,
    private readonly clock: Clock,
  ) {
    this.limit = config.rateLimitPerMinute;
  }

  /** @throws ProblemError `tooManyRequests` */
  count(key: ApiKeyId, reply: FastifyReply): void {
    if (this.limit === 0) return;
    const bucket = this.filled(key);
    const isOver = bucket.tokens < 1;
    if (!isOver) bucket.tokens -= 1;
    void reply.headers({
      'ratelimit-limit': String(this.limit),
      'ratelimit-remaining': String(Math.floor(bucket.tokens)),
      'ratelimit-reset': String(this.secondsUntil(bucket, this.limit)),
    });
    if (!isOver) return;
    const seconds = Math.max(1, this.secondsUntil(bucket, 1));
    const detail = `This key has sent more than ${String(this.limit)} requests in a minute. Wait ${String(seconds)} s; to follow a sync, read its events.`;
    throw new ProblemError('tooManyRequests', detail, [], { 'retry-after': String(seconds) });
  }

  private filled(key: ApiKeyId): Bucket {
    const nowMs = this.clock.nowMs();
    const bucket = this.buckets.get(key) ?? { tokens: this.limit, filledAtMs: nowMs };
    const gained = (Math.max(0, nowMs - bucket.filledAtMs) * this.limit) / minuteMs;
    bucket.tokens = Math.min(this.limit, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    this.buckets.set(key, bucket);
    return bucket;
  }

  private secondsUntil({ tokens }: Bucket, wanted: number): number {
    return Math.ceil(((wanted - tokens) * minuteMs) / this.limit / 1000);
  }
}
