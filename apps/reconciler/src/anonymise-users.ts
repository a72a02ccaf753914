import { Injectable } from '@nestjs/common';
import { Clock, DirectoryStore } from '#core';

const perRead = 200;

/** Second stage of leaving: when the delay is over, a user's values go and their keys and links become free. */
@Injectable()
export class UserAnonymiser {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly clock: Clock,
  ) {}

  async isDue(): Promise<boolean> {
    return (await this.directory.dueForAnonymisation(this.clock.now(), 1)).length > 0;
  }

  async run(signal: AbortSignal): Promise<void> {
    const now = this.clock.now();
    for (;;) {
      const due = await this.directory.dueForAnonymisation(now, perRead);
      for (const { tenantId, userId } of due) {
        if (signal.aborted) return;
        await this.directory.anonymise(tenantId, userId, now);
      }
      if (due.length < perRead) return;
    }
  }
}
