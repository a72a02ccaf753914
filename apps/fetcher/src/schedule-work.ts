import { Injectable } from '@nestjs/common';
import type { Work } from '#pipeline';
import { Scheduler } from './scheduler.js';

/** The schedules of all tenants as one piece of claimable work: one fetcher at a time does it. */
@Injectable()
export class ScheduleWork {
  constructor(private readonly scheduler: Scheduler) {}

  async find(): Promise<Work[]> {
    if (!(await this.scheduler.isNeeded())) return [];
    return [{ key: 'schedules', run: async (_lease, signal) => this.scheduler.run(signal) }];
  }
}
