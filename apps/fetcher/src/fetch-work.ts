import { Injectable } from '@nestjs/common';
import type { Work } from '#pipeline';
import { FetchTask } from './fetch-task.js';
import { FindWork } from './find-work.js';
import { ReplayTask } from './replay-task.js';

/** Fetches and replays as claimable work: they may take hours and wait for each other. */
@Injectable()
export class FetchWork {
  constructor(
    private readonly findWork: FindWork,
    private readonly fetchTask: FetchTask,
    private readonly replayTask: ReplayTask,
  ) {}

  async find(): Promise<Work[]> {
    return (await this.findWork.fetches()).map((sync) => {
      const task = sync.snapshotOf === sync.id ? this.fetchTask : this.replayTask;
      return {
        key: `${sync.id}:fetch`,
        share: [sync.tenantId, sync.integrationId],
        run: async (lease, signal) => this.findWork.withSettings(sync, async (whole) => task.run(whole, lease, signal)),
      };
    });
  }
}
