import { Injectable } from '@nestjs/common';
import type { Work } from '#pipeline';
import { CheckTask } from './check-task.js';
import { CommitTask } from './commit-task.js';
import { FindWork } from './find-work.js';
import { RepublishTask } from './republish-task.js';

/** What is done in seconds, as claimable work. */
@Injectable()
export class ErrandWork {
  constructor(
    private readonly findWork: FindWork,
    private readonly commitTask: CommitTask,
    private readonly republishTask: RepublishTask,
    private readonly checkTask: CheckTask,
  ) {}

  async find(): Promise<Work[]> {
    const work: Work[] = [];
    for (const sync of await this.findWork.commits()) {
      if (await this.commitTask.isDone(sync)) continue;
      work.push({
        key: `${sync.id}:commit`,
        share: [sync.tenantId, sync.integrationId],
        run: async (_lease, signal) =>
          this.findWork.withSettings(sync, async (whole) => this.commitTask.run(whole, signal)),
      });
    }
    for (const sync of await this.findWork.stalled()) {
      if (this.republishTask.isDone(sync)) continue;
      work.push({
        key: `${sync.id}:republish`,
        share: [sync.tenantId, sync.integrationId],
        run: async (_lease, signal) =>
          this.findWork.withSettings(sync, async (whole) => this.republishTask.run(whole, signal)),
      });
    }
    for (const check of await this.findWork.unansweredChecks()) {
      work.push({
        key: `${check.id}:check`,
        share: [check.tenantId, check.integrationId],
        run: async (_lease, signal) => this.checkTask.run(check, signal),
      });
    }
    return work;
  }
}
