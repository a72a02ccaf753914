import type { FetchBatch, FetchContext, FetchEnd } from '#connector-sdk';
import { cursorPages } from '#connector-sdk';
import { AcmeHrApi } from './acme-hr-api.js';
import type { AcmeHrConfig, AcmeHrSecrets } from './acme-hr.settings.js';

type Context = FetchContext<AcmeHrConfig, AcmeHrSecrets>;

/**
 * Everyone page by page, or one person. The page that follows is asked for while the last one is being worked on; the HR
 * system's cursors stand for a place in its list, so a page asked for in vain costs it nothing.
 */
export async function* fetchWorkers(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const api = new AcmeHrApi(context);
  if (context.person !== null) {
    const record = await api.worker(context.person);
    yield { records: record ? [record] : [], next: null };
    return {
      extent: 'person',
      lastPageSeen: true,
      ...(record ? {} : { note: 'The HR system does not know this person.' }),
    };
  }
  return yield* cursorPages(context, {
    source: 'The HR system',
    read: (cursor, signal) => api.page(cursor, { signal }),
  });
}
