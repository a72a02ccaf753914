import type { FetchBatch, FetchEnd } from '../connector.js';
import { unknownCursor } from '../unknown-cursor.errors.js';
import type { ListedPage, PagingContext } from './list-pages.js';
import { listPages } from './list-pages.js';

export interface CursorPagesOptions {
  /** Who sends the list, as a sentence begins: `The HR system`. */
  readonly source: string;
  /** Reads the page at a cursor, the first one at null. `next` is null on the last page, as the source itself said it. */
  readonly read: (cursor: string | null, signal: AbortSignal) => Promise<ListedPage<string>>;
  /**
   * Whether the next page is asked for while the last one is being worked on. Default true; false for cursors that are good for one use,
   * and for those that expire soon.
   */
  readonly asksAhead?: boolean;
}

/**
 * Everybody, from a list whose pages name the cursor of the next. It ends where the source names none, and nowhere else: a page may be
 * short or empty.
 *
 * @throws as `listPages`; SourceFatalError `unknownCursor` for one that is no text
 */
export async function* cursorPages(
  context: PagingContext,
  { read, ...options }: CursorPagesOptions,
): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { cursor } = context;
  if (cursor !== null && typeof cursor !== 'string') throw unknownCursor();
  yield* listPages<string | null>(context, {
    ...options,
    start: cursor,
    read,
    cursorOf: (place) => place,
  });
  return { extent: 'full', lastPageSeen: true };
}
