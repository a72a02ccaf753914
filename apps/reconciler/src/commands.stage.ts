import { Controller } from '@nestjs/common';
import { Consumes, type StageMessage } from '#pipeline';
import { ReconcilerWork } from './reconciler-work.js';

/** Commands only wake: the work is found and claimed in the store. */
@Controller()
export class ReconcilerCommandsStage {
  constructor(private readonly work: ReconcilerWork) {}

  @Consumes('sync-commands', { group: 'reconciler', maxBatch: 100 })
  handle(batch: StageMessage<'sync-commands'>[]): Promise<void> {
    if (batch.some(({ body }) => body.role === 'reconciler')) this.work.wake();
    return Promise.resolve();
  }
}
