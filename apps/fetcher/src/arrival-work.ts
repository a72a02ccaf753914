import { Injectable } from '@nestjs/common';
import { Clock } from '#core';
import type { Work } from '#pipeline';
import { errorFields, Logger } from '#telemetry';
import { ArrivalQueue } from './arrival-queue.js';
import { Arrivals } from './arrivals.js';

/** So often all inboxes are looked through: for what another fetcher has taken, and for what waits for something else. */
const allEveryMs = 60_000;

/** Files that have come, as claimable work: of one integration, one fetcher at a time begins a sync. */
@Injectable()
export class ArrivalWork {
  private lastAllMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly arrivals: Arrivals,
    private readonly queue: ArrivalQueue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async find(): Promise<Work[]> {
    const now = this.clock.nowMs();
    if (now - this.lastAllMs >= allEveryMs) {
      await this.arrivals.addAll();
      this.lastAllMs = now;
    }
    const work: Work[] = [];
    for (const account of this.arrivals.take()) {
      try {
        const { kind } = await this.queue.decide(account);
        if (kind === 'nothing') continue;
        this.arrivals.add(account);
        if (kind === 'later') continue;
        work.push({
          key: `${account.integrationId}:arrival`,
          run: async () => {
            // Between the look and the lease somebody else may have begun it.
            const decision = await this.queue.decide(account);
            if (decision.kind === 'begin') await this.queue.begin(decision);
          },
        });
      } catch (error) {
        this.logger.warn('What has arrived in an inbox could not be looked at.', { ...account, ...errorFields(error) });
      }
    }
    return work;
  }
}
