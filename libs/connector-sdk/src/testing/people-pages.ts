/** Ways in which lists in pages go wrong. */
export const SOURCE_QUIRKS = ['loopedCursor', 'lostLastPage', 'shortTotal'] as const;

/**
 * `loopedCursor`: the last page leads back to the first. `lostLastPage`: the last page but one says that it is the last.
 * `shortTotal`: the declared total is one less than there are.
 */
export type SourceQuirk = (typeof SOURCE_QUIRKS)[number];

export interface PeoplePage {
  /** JSON texts. */
  readonly records: readonly string[];
  /** The cursor of the page that follows; null on the last. */
  readonly next: string | null;
  readonly total: number;
}

/** A list in pages, as sources with cursors keep it; for a simulator to put into its own words. */
export class PeoplePages {
  constructor(
    private readonly records: readonly string[],
    private readonly quirk: SourceQuirk | null = null,
  ) {}

  /** `cursor`: as an earlier page gave it; null or empty from the start. */
  page(cursor: string | null, size: number): PeoplePage {
    const { records, quirk } = this;
    const start = Number(cursor ?? 0);
    const end = start + size;
    const isLast = end >= records.length || (quirk === 'lostLastPage' && end + size >= records.length);
    const next = isLast ? (quirk === 'loopedCursor' ? '0' : null) : String(end);
    const total = records.length - (quirk === 'shortTotal' ? 1 : 0);
    return { records: records.slice(start, end), next, total };
  }
}
