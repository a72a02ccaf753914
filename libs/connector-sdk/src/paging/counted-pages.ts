import type { FetchBatch, FetchEnd } from '../connector.js';
import type { JsonValue } from '../json-value.js';
import type { RawRecord } from '../raw-record.js';
import { unknownCursor } from '../unknown-cursor.errors.js';
import type { PagingContext } from './list-pages.js';
import { listPages } from './list-pages.js';

/** A page of a list whose places are numbers. */
export interface CountedPage {
  readonly records: readonly RawRecord[];
  /** How many people the source says there are, as this page said it. */
  readonly total?: number | undefined;
  /** What the source says of it, where it does: `true` ends the list. Left out, an empty page or the total does. */
  readonly isLast?: boolean | undefined;
}

export interface CountedPagesOptions {
  /** Who sends the list, as a sentence begins: `The HR system`. */
  readonly source: string;
  /** `offset`: a place is how many people come before it. `page`: it is the number of a page. */
  readonly by: 'offset' | 'page';
  /** The first place. Default 0 for offsets, 1 for pages. */
  readonly first?: number;
  readonly read: (place: number, signal: AbortSignal) => Promise<CountedPage>;
  /** As of `cursorPages`. */
  readonly asksAhead?: boolean;
}

/** Where a page begins, how many people came before it, and what the first page declared. */
type Place = { readonly at: number; readonly read: number; readonly total: number | null };

/**
 * Everybody, from a list by offset or page number. A page that is short is not the last for that: sources cut pages by their size in bytes,
 * and leave out whom the client may not see. The list ends where the source says so, where as many people came as it declares, or at a page
 * without anybody.
 *
 * Where people join or leave while such a list is read, all behind them move, and somebody is passed over. So when the total changes on
 * the way, or is not what came, the end is not claimed: `lastPageSeen` is false, with a note.
 *
 * @throws as `listPages`; SourceFatalError `unknownCursor`
 */
export async function* countedPages(
  context: PagingContext,
  { source, by, first = by === 'page' ? 1 : 0, read, asksAhead = true }: CountedPagesOptions,
): AsyncGenerator<FetchBatch, FetchEnd, void> {
  let doubt: string | null = null;
  yield* listPages<Place>(context, {
    source,
    asksAhead,
    refusesRepeats: true,
    start: placeOf(context.cursor) ?? { at: first, read: 0, total: null },
    cursorOf: (place) => place,
    read: async (place, signal) => {
      const { records, total, isLast } = await read(place.at, signal);
      const came = place.read + records.length;
      const declared = place.total ?? total ?? null;
      if (total !== undefined && total !== declared) {
        doubt = `The list changed while it was read: ${source} declared ${declared} people first and ${total} then.`;
      }
      const isEnd = isLast ?? (records.length === 0 || (total !== undefined && came >= total));
      if (isEnd && total !== undefined && came !== total) {
        doubt ??= `${source} declares ${total} people, and ${came} came.`;
      }
      const step = by === 'page' ? 1 : records.length;
      return { records, total, next: isEnd ? null : { at: place.at + step, read: came, total: declared } };
    },
  });
  return { extent: 'full', lastPageSeen: doubt === null, ...(doubt === null ? {} : { note: doubt }) };
}

function placeOf(cursor: JsonValue | null): Place | null {
  if (cursor === null) return null;
  if (typeof cursor !== 'object' || Array.isArray(cursor)) throw unknownCursor();
  const { at, read, total = null } = cursor;
  if (!isCount(at) || !isCount(read) || (total !== null && !isCount(total))) throw unknownCursor();
  return { at, read, total };
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
