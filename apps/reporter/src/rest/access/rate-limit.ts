import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { MusterConfig } from '#config';
import { type ApiKeyId, Clock } from '#core';
import { TokenBuckets } from '#pipeline';
import { ProblemError } from '../http/problem.errors.js';

/**
 * A bound on the requests of each key, in this process. Every answer says what is left (`RateLimit-Limit`, `-Remaining`,
 * `-Reset` in seconds until the bound is whole again).
 */
@Injectable()
export class RateLimit {
  private readonly buckets: TokenBuckets;

  constructor(config: MusterConfig, clock: Clock) {
    this.buckets = new TokenBuckets(config.rateLimitPerMinute, clock);
  }

  /** @throws ProblemError `tooManyRequests` */
  count(key: ApiKeyId, reply: FastifyReply): void {
    const count = this.buckets.count(key);
    if (count === null) return;
    const limit = String(this.buckets.perMinute);
    void reply.headers({
      'ratelimit-limit': limit,
      'ratelimit-remaining': String(count.left),
      'ratelimit-reset': String(count.secondsUntilFull),
    });
    if (!count.isOver) return;
    const seconds = String(count.secondsUntilNext);
    const detail = `This key has sent more than ${limit} requests in a minute. Wait ${seconds} s; to follow a sync, read its events.`;
    throw new ProblemError('tooManyRequests', detail, [], { 'retry-after': seconds });
  }
}
