import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock, type Notice, type NoticeEvent, NoticeStore, type TenantId } from '#core';
import { type Work, type WorkLoop, WorkLoops } from '#pipeline';
import { NoticeDelivery } from './notice-delivery.js';
import { NoticeWriter } from './notice-writer.js';

const atOnce = 200;
/** Two questions that indexes answer: people who have to decide are not kept waiting. */
const intervalMs = 1_000;

/**
 * Makes notices of events and sends what is due, for one tenant in one process at a time. Recipients do not wait for each
 * other; one that does not answer is asked once in each look.
 */
@Injectable()
export class NoticeLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: WorkLoop;

  constructor(
    private readonly notices: NoticeStore,
    private readonly writer: NoticeWriter,
    private readonly delivery: NoticeDelivery,
    private readonly clock: Clock,
    workLoops: WorkLoops,
  ) {
    this.loop = workLoops.make('reporter/notices', { intervalMs, find: () => this.find() });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  private async find(): Promise<Work[]> {
    const events = Map.groupBy(await this.notices.events(atOnce), ({ tenantId }) => tenantId);
    const due = Map.groupBy(await this.notices.due(this.clock.now(), atOnce), ({ tenantId }) => tenantId);
    return [...new Set([...events.keys(), ...due.keys()])].map((tenantId: TenantId) => ({
      key: `notices:${tenantId}`,
      run: async (_lease, signal) => this.run(events.get(tenantId) ?? [], due.get(tenantId) ?? [], signal),
    }));
  }

  /** One event or recipient that makes trouble keeps no other waiting; the first trouble is told at the end. */
  private async run(events: readonly NoticeEvent[], due: readonly Notice[], signal: AbortSignal): Promise<void> {
    const troubles: unknown[] = [];
    for (const event of events) {
      if (signal.aborted) return;
      await this.writer.write(event).catch((error: unknown) => troubles.push(error));
    }
    if (events.length > troubles.length) this.loop.wake();
    const byTarget = Map.groupBy(due, ({ channel, target }) => `${channel} ${target}`);
    await Promise.all(
      [...byTarget.values()].map((of) => this.deliver(of, signal).catch((error: unknown) => troubles.push(error))),
    );
    if (troubles.length > 0 && !signal.aborted) throw troubles[0];
  }

  private async deliver(notices: readonly Notice[], signal: AbortSignal): Promise<void> {
    for (const notice of notices) {
      if (signal.aborted || !(await this.delivery.attempt(notice, signal))) return;
    }
  }
}
