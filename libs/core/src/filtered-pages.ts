import { setImmediate } from 'node:timers/promises';
import type { CountedKind } from './counted-kinds.js';
import type { CountedPage, TextIndex } from './find-by-text.js';
import type { OutcomeClass } from './outcome-filter.js';

/** A kind that is rare on a page is so large a part of it at most. */
const rarePart = 1 / 8;
/** Pages whose rare kinds are searched before others get the event loop. */
const pagesTold = 512;

const unchanged: OutcomeClass = { outcome: 'skipped', reason: 'unchanged', state: null };

/** True for an outcome that fits the filters. */
export type Fits = (one: OutcomeClass) => boolean;

/** True for a kind of which a page of so many outcomes has few. Never for what is unchanged: that has no row as a rule. */
export function isRare(
  { outcome, reason, count }: Pick<CountedKind, 'outcome' | 'reason' | 'count'>,
  ofOutcomes: number,
): boolean {
  return count <= ofOutcomes * rarePart && (outcome !== unchanged.outcome || reason !== unchanged.reason);
}

/** A page, and how much of it fits. Its kinds are looked at only where there is a filter: that takes a while. */
export class FilteredPage {
  readonly page: number;
  readonly firstSeq: number;
  readonly end: number;
  readonly fittingKinds: readonly CountedKind[];
  readonly otherKinds: readonly CountedKind[];
  private readonly others: number;
  /** Those found who don't fit, where that is known. */
  notFitting: readonly number[] | null = null;

  constructor(
    private readonly counted: CountedPage,
    fits: Fits | null,
  ) {
    this.page = counted.page;
    this.firstSeq = counted.firstSeq;
    this.end = counted.end;
    this.fittingKinds = fits === null ? [] : counted.kinds.filter(fits);
    this.otherKinds = fits === null ? [] : counted.kinds.filter((kind) => !fits(kind));
    this.others = this.otherKinds.reduce((sum, { count }) => sum + count, 0);
  }

  /** Some fit, some don't. */
  get isMixed(): boolean {
    return this.fittingKinds.length > 0 && this.otherKinds.length > 0;
  }

  /** So many people or more are found. */
  get foundAtLeast(): number {
    return this.counted.atLeast;
  }

  /** So many people or more of those found fit. */
  get atLeast(): number {
    return Math.max(0, this.foundAtLeast - (this.notFitting?.length ?? this.others));
  }

  /** True when the index can tell who of those found doesn't fit. */
  get canTellNotFitting(): boolean {
    return !this.isMixed || this.notFitting !== null || this.tells(this.otherKinds);
  }

  /** True when the index can tell these kinds of the page from others without looking up each outcome. */
  tells(kinds: readonly CountedKind[]): boolean {
    return this.counted.tellsRareKinds && kinds.every((kind) => isRare(kind, this.end - this.firstSeq));
  }
}

/** Those of some pages who are found and fit. */
export interface FoundOnPages {
  total: number;
  /** In order; empty when only their number was asked for. */
  seqs: number[];
  /** Outcomes that were looked up to know who fits. */
  lookedUp: number;
}

/** What pages are searched for. */
export interface PageSearch {
  needle: string;
  fits: Fits | null;
  /** Their number is enough. */
  isCount: boolean;
  /** So many outcomes may be looked up. */
  mayLookUp: number;
}

/** Searches pages that follow one another; null where more would have to be looked up. */
export async function searchPages(
  index: TextIndex,
  pages: readonly FilteredPage[],
  { needle, fits, isCount, mayLookUp }: PageSearch,
): Promise<FoundOnPages | null> {
  const rare: FilteredPage[] = [];
  const counted: FilteredPage[] = [];
  const read: FilteredPage[] = [];
  for (const page of pages) {
    if (page.isMixed && page.tells(page.fittingKinds)) rare.push(page);
    else (isCount && page.canTellNotFitting ? counted : read).push(page);
  }
  const ofKinds = rare.map(({ page, fittingKinds: kinds }) => ({ page, kinds }));
  const ofRare = rare.length === 0 ? new Map<number, number[]>() : await index.rareSeqs(ofKinds, needle);
  const ofRead = read.length === 0 ? new Map<number, number[]>() : await index.seqs(read.map(numberOf), needle);
  const counts = counted.length === 0 ? new Map<number, number>() : await index.counts(counted.map(numberOf), needle);
  const foundOn = (page: FilteredPage) => ofRead.get(page.page) ?? [];
  const doubtful = [
    ...read.filter((page) => foundOn(page).length > 0),
    ...counted.filter(({ page }) => (counts.get(page) ?? 0) > 0),
  ].filter(({ isMixed, notFitting }) => isMixed && notFitting === null);
  const untold = doubtful.filter((page) => !page.canTellNotFitting);
  const lookedUp = untold.reduce((sum, page) => sum + foundOn(page).length, 0);
  if (lookedUp > mayLookUp) return null;
  await tellNotFitting(
    index,
    doubtful.filter((page) => page.canTellNotFitting),
    needle,
  );
  if (untold.length > 0 && fits !== null) {
    const classes = await index.classes(untold.flatMap(foundOn));
    for (const page of untold) page.notFitting = foundOn(page).filter((seq) => !fits(classes.get(seq) ?? unchanged));
  }
  const seqs = pages.flatMap((page) => {
    const notFitting = new Set(page.notFitting);
    return ofRare.get(page.page) ?? foundOn(page).filter((seq) => !notFitting.has(seq));
  });
  const total = counted.reduce(
    (sum, { page, notFitting }) => sum + (counts.get(page) ?? 0) - (notFitting?.length ?? 0),
    seqs.length,
  );
  return { total, seqs: isCount ? [] : seqs, lookedUp };
}

/** Of pages whose other kinds are rare, finds out who is found and doesn't fit. */
export async function tellNotFitting(index: TextIndex, pages: readonly FilteredPage[], needle: string): Promise<void> {
  for (let from = 0; from < pages.length; from += pagesTold) {
    if (from > 0) await setImmediate();
    const some = pages.slice(from, from + pagesTold);
    const found = await index.rareSeqs(
      some.map(({ page, otherKinds: kinds }) => ({ page, kinds })),
      needle,
    );
    for (const page of some) page.notFitting = found.get(page.page) ?? [];
  }
}

function numberOf({ page }: FilteredPage): number {
  return page;
}
