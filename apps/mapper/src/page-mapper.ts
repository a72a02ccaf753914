import type { EncodedMessage, Lane } from '#core';
import type { PageIdentities, PageJobInput, SeenOfPage } from './page-job.js';

/** Says which records of a page the directory has seen already. */
export type LookUp = (identities: PageIdentities) => Promise<SeenOfPage>;

/** Takes a page through decoding, identifying and mapping, wherever the work is done. */
export abstract class PageMapper {
  /**
   * Gives the page's message for the next role. `lookUp` null: nothing was ever seen.
   *
   * @throws RejectedRecordError when the page cannot be read; what `lookUp` throws comes out as it is
   */
  abstract map(input: PageJobInput, lane: Lane, lookUp: LookUp | null): Promise<EncodedMessage>;
  abstract close(): Promise<void>;
}
