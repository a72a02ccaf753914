import { Injectable } from '@nestjs/common';
import type { Work } from '#pipeline';
import { PushQueue } from './push-queue.js';

/** So often what waits is looked at, too: of integrations that have gone live, and after syncs that failed. */
const everyNthLook = 10;

/** The pushes to all tenants as one piece of claimable work: one fetcher at a time makes syncs of them. */
@Injectable()
export class PushWork {
  private looks = 0;

  constructor(private readonly queue: PushQueue) {}

  async find(): Promise<Work[]> {
    const which = this.looks % everyNthLook === 0 ? 'pending' : 'fresh';
    this.looks += 1;
    if (!(await this.queue.isNeeded(which))) return [];
    return [
      {
        key: 'pushes',
        run: async (_lease, signal) => {
          await this.queue.run('fresh', signal);
          if (which === 'pending') await this.queue.run('pending', signal);
        },
      },
    ];
  }
}
