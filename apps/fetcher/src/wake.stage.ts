import { Controller } from '@nestjs/common';
import { Consumes, type StageMessage } from '#pipeline';
import { FetcherLoops } from './fetcher-loops.js';

/** Commands only say that there may be work: it is found and claimed in the stores. */
@Controller()
export class WakeStage {
  constructor(private readonly loops: FetcherLoops) {}

  @Consumes('sync-commands', { group: 'fetcher', maxBatch: 100 })
  async wake(batch: StageMessage<'sync-commands'>[]): Promise<void> {
    if (batch.some(({ body }) => body.role === 'fetcher')) this.loops.wake();
  }
}
