import type { FetchBatch, FetchEnd, RawRecord } from '#connector-sdk';

/** What came of a fetch: all that it yielded, and its end or its error. */
export interface ReadFetch {
  batches: FetchBatch[];
  records: RawRecord[];
  ids: (string | null)[];
  end: FetchEnd | undefined;
  error: unknown;
}

/** Reads a connector's fetch to its end, or to the error that ends it. */
export async function readFetch(fetch: AsyncGenerator<FetchBatch, FetchEnd, void>): Promise<ReadFetch> {
  const batches: FetchBatch[] = [];
  let end: FetchEnd | undefined;
  let error: unknown;
  try {
    let step = await fetch.next();
    for (; step.done !== true; step = await fetch.next()) batches.push(step.value);
    end = step.value;
  } catch (thrown) {
    error = thrown;
  }
  const records = batches.flatMap((batch) => batch.records);
  return { batches, records, ids: records.map(({ sourceId }) => sourceId), end, error };
}
