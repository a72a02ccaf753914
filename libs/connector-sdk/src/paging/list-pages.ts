import { hash } from 'node:crypto';
import type { FetchBatch, FetchContext } from '../connector.js';
import type { JsonValue } from '../json-value.js';
import { ListCircle } from '../list-circle.js';
import type { RawRecord } from '../raw-record.js';
import { PageRepeat } from './page-repeat.js';
import { cursorLoop, listLoop, pageRepeated } from './paging.errors.js';

/** What a list of pages needs of a fetch. */
export type PagingContext = Pick<FetchContext, 'cursor' | 'signal' | 'progress'>;

/** A page, and the place that follows it. */
export interface ListedPage<Place> {
  readonly records: readonly RawRecord[];
  /** Null behind the last page. */
  readonly next: Place | null;
  readonly total?: number | undefined;
}

export interface ListPagesOptions<Place> {
  /** Who sends the list, as a sentence begins: `The HR system`. */
  readonly source: string;
  readonly start: Place;
  /** Reads the page at a place. Ends when the signal is aborted. */
  readonly read: (place: Place, signal: AbortSignal) => Promise<ListedPage<Place>>;
  /** A place as a cursor, which the fetch can be resumed from. */
  readonly cursorOf: (place: Place) => JsonValue;
  /** Whether the next page is asked for while the last one is being worked on. Default true. */
  readonly asksAhead?: boolean;
  /**
   * Whether a page that is the one before it ends the fetch: where places are counted, the source does not go where it is told to. Where it
   * names them itself, its people have only come twice.
   */
  readonly refusesRepeats?: boolean;
}

/** So many empty pages in a row, each with a new cursor, are no list. */
const MOST_EMPTY_PAGES = 1000;

/**
 * A list in pages, one after the other, to its end: what all ways of paging have in common. Declared totals are passed on as they came.
 *
 * @throws SourceFatalError `cursorLoop` for a place that comes again, `listLoop` for people who do, `pageRepeated` where repeats are
 *   refused, for a page that is the one before byte for byte; what `read` throws; the signal's reason. Batches yielded before stay valid.
 */
export async function* listPages<Place>(
  context: PagingContext,
  { source, start, read, cursorOf, asksAhead = true, refusesRepeats = false }: ListPagesOptions<Place>,
): AsyncGenerator<FetchBatch, void, void> {
  const stop = new AbortController();
  const signal = AbortSignal.any([context.signal, stop.signal]);
  const seen = new Set<string>();
  const circle = new ListCircle();
  const repeat = new PageRepeat();
  const ask = (place: Place): Promise<ListedPage<Place>> => {
    const page = read(place, signal);
    // Awaited one turn of the loop later, or never when the reader stops first.
    page.catch(() => undefined);
    return page;
  };
  let [records, pages, empty] = [0, 0, 0];
  try {
    seen.add(keyOf(cursorOf(start)));
    let asked: Promise<ListedPage<Place>> | null = ask(start);
    while (asked !== null) {
      const page: ListedPage<Place> = await asked;
      context.signal.throwIfAborted();
      pages += 1;
      empty = page.records.length === 0 ? empty + 1 : 0;
      const { next, total } = page;
      const cursor = next === null ? null : cursorOf(next);
      if (cursor !== null && seen.has(keyOf(cursor))) throw cursorLoop(source, pages);
      if (refusesRepeats && repeat.isOf(page.records)) throw pageRepeated(source, pages);
      if (empty > MOST_EMPTY_PAGES || circle.closes(page.records.map(({ sourceId }) => sourceId))) {
        throw listLoop(source, pages);
      }
      if (cursor !== null) seen.add(keyOf(cursor));
      asked = next !== null && asksAhead ? ask(next) : null;
      records += page.records.length;
      const declared = total === undefined ? {} : { total };
      context.progress({ records, ...declared });
      yield { records: page.records, next: cursor, ...(total === undefined ? {} : { declaredTotal: total }) };
      if (next !== null) asked ??= ask(next);
    }
  } finally {
    stop.abort();
  }
}

/** Cursors may be long, and lists too: what is remembered of each is not. */
function keyOf(cursor: JsonValue): string {
  return hash('sha256', JSON.stringify(cursor), 'base64url').slice(0, 22);
}
