import { setImmediate } from 'node:timers/promises';
import type { CountedKind } from './counted-kinds.js';
import { fitsAll, fitsFilter, type OutcomeClass } from './outcome-filter.js';
import { FilteredPage, type Fits, searchPages, tellNotFitting } from './filtered-pages.js';
import type { OutcomeFilter } from './ports/outcome-store.port.js';
import { foldNeedle } from './searched-text.js';

/** People counted exactly. */
export const countedAtMost = 10_000;
/** Outcomes looked up to tell whether they fit, to count and to list, on pages where some fit and some don't. */
const lookedUpAtMost = 10_000;
/** Pages whose texts are read in one step before others get the event loop: more of them where few are found. */
const pagesPerStep = { least: 32, most: 128 };
/** Found in one step, so many are no longer few. */
const manyPerStep = 500;

/** Found in all, so many are counted on most pages. */
const manyFound = 2_000;

/** What is known of a page without its rows. */
export interface CountedPage {
  page: number;
  firstSeq: number;
  /** The sequence after the page's last. */
  end: number;
  kinds: readonly CountedKind[];
  /** So many people or more of the page are found, as the index alone can tell. */
  atLeast: number;
  /** The index can tell rare kinds of the page apart. */
  tellsRareKinds: boolean;
}

/** Outcomes of some kinds on a page. */
export interface KindsOfPage {
  page: number;
  kinds: readonly CountedKind[];
}

/** A sync whose people are found by text: the needle is folded. */
export interface TextIndex {
  /** In order of sequence; those may be left out in which nobody is found. */
  pages(needle: string): Promise<readonly CountedPage[]>;
  /** Of these pages, in whose text it is, in order. */
  seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>>;
  /** As `seqs`, only how many. */
  counts(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, number>>;
  /** As `seqs`, of some rare kinds only. */
  rareSeqs(pages: readonly KindsOfPage[], needle: string): Promise<ReadonlyMap<number, readonly number[]>>;
  /** Of those sequences that have a row; the others are unchanged. */
  classes(seqs: readonly number[]): Promise<ReadonlyMap<number, OutcomeClass>>;
}

export interface FoundByText {
  /** Of this page of the list, in order. */
  seqs: number[];
  /** After which sequence the next page begins; null: there is nothing more. */
  next: number | null;
  /** How many are found in the whole sync. */
  total: number;
  totalIsAtLeast: boolean;
}

/**
 * Those of a sync in whose text `q` is and who fit one of the filters, in order of sequence. Where the pages' counts can't
 * tell who fits, a bounded number of outcomes is looked up: enough for an exact total whenever those with `q` are 10,000 at
 * most. Beyond, a page may be shorter than `limit`, and the total a lower bound.
 */
export async function findByText(
  index: TextIndex,
  filters: readonly OutcomeFilter[],
  q: string,
  after: number,
  limit: number,
): Promise<FoundByText> {
  const needle = foldNeedle(q);
  const fits = filters.some(fitsAll) ? null : (one: OutcomeClass) => filters.some((each) => fitsFilter(one, each));
  const searched = (await index.pages(needle)).map((page) => new FilteredPage(page, fits));
  const pages = fits === null ? searched : searched.filter(({ fittingKinds }) => fittingKinds.length > 0);
  const sum = (of: (page: FilteredPage) => number) => pages.reduce((all, page) => all + of(page), 0);
  // At once for all pages, which is faster; and then the index alone may tell that there are enough.
  if (fits !== null && sum((page) => page.foundAtLeast) > manyFound && sum((page) => page.atLeast) <= countedAtMost) {
    const told = pages.filter((page) => page.isMixed && page.canTellNotFitting);
    await tellNotFitting(index, told, needle);
  }
  const before = pages.filter(({ end }) => end <= after + 1);
  const from = pages.slice(before.length);
  const found: number[] = [];
  const listed = await walk(
    index,
    from,
    needle,
    fits,
    () => found.length > limit,
    (seq) => {
      if (seq > after && found.length <= limit) found.push(seq);
    },
  );
  const uncounted = listed.stoppedAt === null ? [...before, ...from.slice(listed.walked)] : before;
  const isEnough = (total: number, atLeast: number) => listed.total + total + atLeast > countedAtMost;
  const counted = await walk(index, uncounted, needle, fits, isEnough);
  const total = listed.total + counted.total + counted.atLeast;
  const more = found.length > limit ? (found[limit - 1] ?? null) : null;
  return {
    seqs: found.slice(0, limit),
    next: more ?? (listed.stoppedAt === null ? null : Math.max(after, listed.stoppedAt)),
    total: Math.min(total, countedAtMost),
    totalIsAtLeast: total > countedAtMost || counted.stoppedAt !== null || listed.stoppedAt !== null,
  };
}

interface Walk {
  /** People found. */
  total: number;
  /** Pages walked over. */
  walked: number;
  /** Of the pages beyond, so many people or more are found. */
  atLeast: number;
  /** The last sequence seen, where too many had to be looked up. */
  stoppedAt: number | null;
}

/** Walks over pages until there is enough. */
async function walk(
  index: TextIndex,
  pages: readonly FilteredPage[],
  needle: string,
  fits: Fits | null,
  isEnough: (total: number, atLeast: number) => boolean,
  take: ((seq: number) => void) | null = null,
): Promise<Walk> {
  let atLeast = pages.reduce((sum, page) => sum + page.atLeast, 0);
  let total = 0;
  let lookedUp = 0;
  let pagesAtOnce = pagesPerStep.least;
  let step: readonly FilteredPage[];
  for (let from = 0; from < pages.length; from += step.length) {
    if (isEnough(total, atLeast)) return { total, walked: from, atLeast, stoppedAt: null };
    if (from > 0) await setImmediate();
    step = pages.slice(from, from + pagesAtOnce);
    const leastOfStep = step.reduce((sum, page) => sum + page.atLeast, 0);
    const mayLookUp = lookedUp === 0 ? Infinity : lookedUpAtMost - lookedUp;
    const found = await searchPages(index, step, { needle, fits, isCount: take === null, mayLookUp });
    if (found === null) return { total, walked: from, atLeast, stoppedAt: (step[0]?.firstSeq ?? 0) - 1 };
    if (take !== null) for (const seq of found.seqs) take(seq);
    total += found.total;
    lookedUp += found.lookedUp;
    pagesAtOnce = found.total >= manyPerStep ? pagesPerStep.least : Math.min(pagesAtOnce * 2, pagesPerStep.most);
    atLeast -= leastOfStep;
  }
  return { total, walked: pages.length, atLeast: 0, stoppedAt: null };
}
