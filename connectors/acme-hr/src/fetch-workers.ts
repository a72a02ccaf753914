import type { FetchBatch, FetchContext, FetchEnd } from '#connector-sdk';
import { SourceFatalError, unknownCursor } from '#connector-sdk';
import { AcmeHrApi } from './acme-hr-api.js';
import type { AcmeHrConfig, AcmeHrSecrets } from './acme-hr.settings.js';
import type { WorkerPage } from './worker-page.js';

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
  yield* fetchPages(context, api);
  return { extent: 'full', lastPageSeen: true };
}

async function* fetchPages(context: Context, api: AcmeHrApi): AsyncGenerator<FetchBatch, void, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const seen = new Set<string>();
  let records = 0;
  const ask = (cursor: string | null): Promise<WorkerPage> => {
    if (cursor !== null) {
      seen.add(cursor);
    }
    const page = api.page(cursor, { signal });
    // Awaited one turn of the loop later, or never when the reader stops first.
    page.catch(() => undefined);
    return page;
  };

  try {
    let asked: Promise<WorkerPage> | null = ask(resumeAt(context));
    while (asked) {
      const { records: workers, next, total }: WorkerPage = await asked;
      if (next !== null && seen.has(next)) {
        throw new SourceFatalError({
          code: 'cursorLoop',
          message: `The HR system sent the same cursor twice: its list leads in a circle after ${seen.size + 1} pages. Report it to the HR system's team.`,
          fields: { pages: seen.size + 1 },
        });
      }
      asked = next === null ? null : ask(next);
      records += workers.length;
      context.progress({ records, ...(total === undefined ? {} : { total }) });
      yield { records: workers, next, ...(total === undefined ? {} : { declaredTotal: total }) };
    }
  } finally {
    stop.abort();
  }
}

function resumeAt({ cursor }: Context): string | null {
  if (cursor === null || typeof cursor === 'string') {
    return cursor;
  }
  throw unknownCursor();
}
