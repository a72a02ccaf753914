import type { FetchBatch, FetchEnd } from '../connector.js';
import type { JsonValue } from '../json-value.js';
import { unknownCursor } from '../unknown-cursor.errors.js';
import { withoutQuery } from '../url-query.js';
import type { ListedPage, PagingContext } from './list-pages.js';
import { listPages } from './list-pages.js';
import { linkToOtherHost } from './paging.errors.js';

export interface LinkedPagesOptions {
  /** Who sends the list, as a sentence begins: `The HR system`. */
  readonly source: string;
  /** The first page. */
  readonly url: URL;
  /** Reads the page at an address. `next`: the link to the next page as the source spelled it, null on the last one. */
  readonly read: (url: URL, signal: AbortSignal) => Promise<ListedPage<string>>;
  /** Parameters that are taken out of links: secrets that the source puts there, and which must not be stored with the cursor. */
  readonly without?: readonly string[];
  /** As of `cursorPages`. */
  readonly asksAhead?: boolean;
}

/**
 * Everybody, from a list whose pages link to the next: in a `Link` header (see `linkTarget`) or in the body. It ends where there is no link:
 * a source that forgets one looks like one that has come to its end, so pass on the total where it declares one.
 *
 * A link is followed at the origin of the first page only: the credentials go where it leads. A cursor is its path and query.
 *
 * @throws as `listPages`; SourceFatalError `linkToOtherHost`, `unknownCursor`
 */
export async function* linkedPages(
  context: PagingContext,
  { source, url, read, without = [], asksAhead = true }: LinkedPagesOptions,
): AsyncGenerator<FetchBatch, FetchEnd, void> {
  yield* listPages<URL>(context, {
    source,
    asksAhead,
    start: startOf(context.cursor, url),
    cursorOf: ({ pathname, search }) => pathname + search,
    read: async (at, signal) => {
      const { next, ...page } = await read(at, signal);
      if (next === null) return { ...page, next };
      const target = URL.canParse(next, at) ? new URL(next, at) : null;
      if (target?.origin !== url.origin || target.username !== '' || target.password !== '') {
        throw linkToOtherHost(source);
      }
      return { ...page, next: withoutQuery(target, without) };
    },
  });
  return { extent: 'full', lastPageSeen: true };
}

function startOf(cursor: JsonValue | null, url: URL): URL {
  if (cursor === null) return url;
  if (typeof cursor !== 'string' || !cursor.startsWith('/') || !URL.canParse(url.origin + cursor))
    throw unknownCursor();
  return new URL(url.origin + cursor);
}
