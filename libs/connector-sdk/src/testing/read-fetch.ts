import type { FetchBatch, FetchEnd } from '../connector.js';
import type { RawRecord } from '../raw-record.js';

/** What came of a fetch: all that it yielded, and its end or its error. */
export interface ReadFetch {
  batches: FetchBatch[];
  records: RawRecord[];
  ids: (string | null)[];
  end: FetchEnd | undefined;
  error: unknown;
}

/**
 * Reads a connector's fetch to its end, or to the error that ends it.
 *
 * @param maxBatches an error ends the reading behind so many; default: no bound
 */
export async function readFetch(
  fetch: AsyncGenerator<FetchBatch, FetchEnd, void>,
  { maxBatches = Infinity }: { maxBatches?: number } = {},
): Promise<ReadFetch> {
  const batches: FetchBatch[] = [];
  let end: FetchEnd | undefined;
  let error: unknown;
  try {
    let step = await fetch.next();
    for (; step.done !== true; step = await fetch.next()) {
      batches.push(step.value);
      if (batches.length > maxBatches)
        throw new Error(`The fetch has no end: it yielded more than ${maxBatches} batches.`);
    }
    end = step.value;
  } catch (thrown) {
    error = thrown;
  }
  const records = batches.flatMap((batch) => batch.records);
  return { batches, records, ids: records.map(({ sourceId }) => sourceId), end, error };
}
