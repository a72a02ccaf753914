import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EncodedMessage, Lane } from '#core';
import { nothingSeen, PageJob, type PageJobInput } from './page-job.js';
import { type LookUp, PageMapper } from './page-mapper.js';

/** Maps in the calling thread; others get a turn after each step. */
export class InlinePageMapper extends PageMapper {
  override async map(input: PageJobInput, _lane: Lane, lookUp: LookUp | null): Promise<EncodedMessage> {
    await nextTurn();
    const job = new PageJob(input);
    const seen = lookUp === null ? nothingSeen : await lookUp(job.identities);
    await nextTurn();
    return job.finish(seen);
  }

  override async close(): Promise<void> {}
}
