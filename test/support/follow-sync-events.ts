import { readEvents } from '../../apps/cli/src/api/event-source.js';
import type { MusterApi } from './muster-api.js';

/** What a reader of a stream resumes from. */
export interface StreamPosition {
  lastId: string | null;
}

/** The states that the events of a sync tell, and `end`; of the first so many, when that is given. */
export async function followSyncEvents(
  api: MusterApi,
  { tenant, sync }: { tenant: string; sync: string },
  position: StreamPosition = { lastId: null },
  most = Infinity,
): Promise<string[]> {
  const seen: string[] = [];
  const closing = new AbortController();
  const response = await fetch(`${api.url}/v1/tenants/${tenant}/syncs/${sync}/events`, {
    headers: {
      authorization: `Bearer ${api.key ?? ''}`,
      ...(position.lastId === null ? {} : { 'last-event-id': position.lastId }),
    },
    signal: closing.signal,
  });
  for await (const { event, data } of readEvents(
    response.body ?? new ReadableStream<Uint8Array>(),
    (lastId) => (position.lastId = lastId),
  )) {
    if (event === 'state') seen.push((data as { state: string }).state);
    if (event === 'end') seen.push('end');
    if (seen.length >= most) break;
  }
  closing.abort();
  return seen;
}
