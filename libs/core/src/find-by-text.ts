import { setImmediate } from 'node:timers/promises';
import { fitsAll, fitsFilter, type OutcomeClass } from './outcome-filter.js';
import type { OutcomeFilter } from './ports/outcome-store.port.js';
import { foldNeedle } from './searched-text.js';

/** People counted exactly. */
export const countedAtMost = 10_000;
/** Outcomes looked up one by one, to count and to list, where a page holds some that fit and some that don't. */
const lookedUpAtMost = 3_000;
/** Pages whose texts are read in one step before others get the event loop: more of them where few are found. */
const pagesPerStep = { least: 32, most: 128 };
/** Found in one step, so many are no longer few. */
const manyPerStep = 500;

/** What is known of a page without its rows. */
export interface CountedPage {
  page: number;
  firstSeq: number;
  /** The sequence after the page's last. */
  end: number;
  buckets: readonly OutcomeClass[];
  /** So many people or more of the page are found, as the index alone can tell. */
  atLeast: number;
}

/** A sync whose people are found by text: the needle is folded. */
export interface TextIndex {
  /** In order of sequence; those may be left out in which nobody is found. */
  pages(needle: string): Promise<readonly CountedPage[]>;
  /** Of these pages, in whose text it is. */
  seqs(pages: readonly number[], needle: string): Promise<ReadonlyMap<number, readonly number[]>>;
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

const everything = () => true;

const unchanged: OutcomeClass = { outcome: 'skipped', reason: 'unchanged', state: null };

/**
 * Those of a sync in whose text `q` is and who fit one of the filters, in order of sequence. Where the pages' counts can't
 * tell who fits, it looks up a bounded number of outcomes: a page may then be shorter than `limit`, and the total a lower bound.
 */
export async function findByText(
  index: TextIndex,
  filters: readonly OutcomeFilter[],
  q: string,
  after: number,
  limit: number,
): Promise<FoundByText> {
  const needle = foldNeedle(q);
  const fits = filters.some(fitsAll)
    ? everything
    : (one: OutcomeClass) => filters.some((each) => fitsFilter(one, each));
  const searched = await index.pages(needle);
  const pages = fits === everything ? searched : searched.filter(({ buckets }) => buckets.some(fits));
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
  pages: readonly CountedPage[],
  needle: string,
  fits: (one: OutcomeClass) => boolean,
  isEnough: (total: number, atLeast: number) => boolean,
  take: (seq: number) => void = () => {},
): Promise<Walk> {
  // Counts are read only where there is a filter: that takes a while.
  const isMixed = (page: CountedPage) => fits !== everything && !page.buckets.every(fits);
  const leastOf = (page: CountedPage) => (page.atLeast === 0 || isMixed(page) ? 0 : page.atLeast);
  let atLeast = pages.reduce((sum, page) => sum + leastOf(page), 0);
  let total = 0;
  let lookedUp = 0;
  let pagesAtOnce = pagesPerStep.least;
  let step: readonly CountedPage[];
  for (let from = 0; from < pages.length; from += step.length) {
    if (isEnough(total, atLeast)) return { total, walked: from, atLeast, stoppedAt: null };
    if (from > 0) await setImmediate();
    step = pages.slice(from, from + pagesAtOnce);
    const [first] = step;
    if (first === undefined) break;
    const seqsOf = await index.seqs(
      step.map(({ page }) => page),
      needle,
    );
    const found = step.map((page) => ({ seqs: seqsOf.get(page.page) ?? [], isMixed: isMixed(page) }));
    const isMany = found.reduce((sum, { seqs }) => sum + seqs.length, 0) >= manyPerStep;
    pagesAtOnce = isMany ? pagesPerStep.least : Math.min(pagesAtOnce * 2, pagesPerStep.most);
    const doubtful = found.flatMap((one) => (one.isMixed ? one.seqs : []));
    if (lookedUp > 0 && lookedUp + doubtful.length > lookedUpAtMost) {
      return { total, walked: from, atLeast, stoppedAt: first.firstSeq - 1 };
    }
    lookedUp += doubtful.length;
    const classes = doubtful.length === 0 ? new Map<number, OutcomeClass>() : await index.classes(doubtful);
    for (const one of found) {
      for (const seq of one.seqs) {
        if (one.isMixed && !fits(classes.get(seq) ?? unchanged)) continue;
        total += 1;
        take(seq);
      }
    }
    for (const page of step) atLeast -= leastOf(page);
  }
  return { total, walked: pages.length, atLeast: 0, stoppedAt: null };
}
