import { describe, expect, it } from 'vitest';
import type { CountedKind } from './counted-kinds.js';
import { type CountedPage, findByText, type TextIndex } from './find-by-text.js';
import type { OutcomeClass } from './outcome-filter.js';

const failed: OutcomeClass = { outcome: 'failed', reason: 'typeMismatch', state: null };
const created: OutcomeClass = { outcome: 'created', reason: 'new', state: 'planned' };
const unchanged: OutcomeClass = { outcome: 'skipped', reason: 'unchanged', state: null };

interface Company {
  pages: number;
  /** People on a page. */
  size: number;
  /** How many of them failed, first of all; the others are `common`. */
  failed: (page: number) => number;
  common: OutcomeClass;
  isFound: (page: number, place: number) => boolean;
  tells?: (page: number) => boolean;
  atLeast?: (page: number) => number;
}

/** An index of invented people that notes how much of it is used. */
class CompanyIndex implements TextIndex {
  lookedUp = 0;

  constructor(private readonly company: Company) {}

  async pages(): Promise<CountedPage[]> {
    const { pages, size, failed: failing, common, tells = () => true, atLeast = () => 0 } = this.company;
    const kind = (one: OutcomeClass, count: number): CountedKind => ({ ...one, key: one.outcome, own: null, count });
    return Promise.resolve(
      Array.from({ length: pages }, (_, page) => ({
        page,
        firstSeq: page * size,
        end: (page + 1) * size,
        kinds: [kind(failed, failing(page)), kind(common, size - failing(page))].filter(({ count }) => count > 0),
        atLeast: atLeast(page),
        tellsRareKinds: tells(page),
      })),
    );
  }

  async seqs(pages: readonly number[]): Promise<Map<number, number[]>> {
    return Promise.resolve(new Map(pages.map((page) => [page, this.found(page)])));
  }

  async counts(pages: readonly number[]): Promise<Map<number, number>> {
    return Promise.resolve(new Map(pages.map((page) => [page, this.found(page).length])));
  }

  async rareSeqs(pages: Parameters<TextIndex['rareSeqs']>[0]): Promise<Map<number, number[]>> {
    return Promise.resolve(
      new Map(
        pages.map(({ page, kinds }) => [
          page,
          this.found(page).filter((seq) => kinds.some(({ outcome }) => outcome === this.classOf(seq).outcome)),
        ]),
      ),
    );
  }

  async classes(seqs: readonly number[]): Promise<Map<number, OutcomeClass>> {
    this.lookedUp += seqs.length;
    const withRow = seqs.filter((seq) => this.classOf(seq) !== unchanged);
    return Promise.resolve(new Map(withRow.map((seq) => [seq, this.classOf(seq)])));
  }

  private found(page: number): number[] {
    const { size, isFound } = this.company;
    return Array.from({ length: size }, (_, place) => place).flatMap((place) =>
      isFound(page, place) ? [page * size + place] : [],
    );
  }

  private classOf(seq: number): OutcomeClass {
    const { size, failed: failing, common } = this.company;
    return seq % size < failing(Math.floor(seq / size)) ? failed : common;
  }
}

describe('a search with a filter', () => {
  const million = { pages: 2_000, size: 500, failed: () => 50, common: unchanged };

  it('finds the only one there is among a hundred thousand who fit', async () => {
    const index = new CompanyIndex({ ...million, isFound: (page, place) => page === 1_999 && place === 7 });
    const found = await findByText(index, [{ outcome: 'failed' }], 'xy', -1, 50);
    expect(found).toEqual({ seqs: [1_999 * 500 + 7], next: null, total: 1, totalIsAtLeast: false });
    expect(index.lookedUp).toBe(0);
  });

  it('counts exactly where few fit, and where few do not', async () => {
    const index = new CompanyIndex({ ...million, isFound: (page, place) => place === page % 100 });
    const total = async (filter: Parameters<typeof findByText>[1][number]) => findByText(index, [filter], 'xy', -1, 9);
    expect(await total({ outcome: 'failed' })).toMatchObject({ total: 1_000, totalIsAtLeast: false });
    expect(await total({ reason: 'unchanged' })).toMatchObject({ total: 1_000, totalIsAtLeast: false });
    expect(index.lookedUp).toBe(0);
  });

  it('looks up those found where the pages tell nothing: some ten thousand, and the list goes on', async () => {
    const company = { ...million, failed: () => 250, isFound: (_: number, place: number) => place >= 490 };
    const index = new CompanyIndex(company);
    const found = await findByText(index, [{ outcome: 'failed' }], 'xy', -1, 50);
    expect(found).toMatchObject({ seqs: [], total: 0, totalIsAtLeast: true });
    expect(found.next).toBeGreaterThan(100_000);
    expect(index.lookedUp).toBeGreaterThan(8_000);
    expect(index.lookedUp).toBeLessThanOrEqual(10_000);
    const few = new CompanyIndex({ ...company, isFound: (page, place) => page % 10 === 0 && place >= 460 });
    expect(await findByText(few, [{ outcome: 'failed' }], 'xy', -1, 50)).toMatchObject({
      next: null,
      total: 0,
      totalIsAtLeast: false,
    });
  });

  it('is told by the index alone that there are ten thousand, less those who do not fit', async () => {
    const company = { ...million, common: created, failed: () => 5, isFound: (_: number, place: number) => place < 12 };
    const index = new CompanyIndex({ ...company, atLeast: () => 6 });
    expect(await findByText(index, [{ outcome: 'created' }], 'xyz', -1, 3)).toMatchObject({
      seqs: [5, 6, 7],
      total: 10_000,
      totalIsAtLeast: true,
    });
    const tight = new CompanyIndex({ ...company, isFound: (_, place) => place < 10, atLeast: () => 10 });
    expect(await findByText(tight, [{ outcome: 'created' }], 'xyz', -1, 3)).toMatchObject({
      total: 10_000,
      totalIsAtLeast: false,
    });
  });

  it('counts no fewer for what the index alone has told of some pages', async () => {
    const tells = (page: number) => page < 32;
    const company: Company = {
      pages: 200,
      size: 80,
      failed: (page) => (tells(page) ? 10 : 40),
      common: created,
      isFound: (page, place) => !tells(page) || place >= 60,
      tells,
    };
    const last = 200 * 80 - 1;
    const find = async (atLeast: (page: number) => number) =>
      findByText(new CompanyIndex({ ...company, atLeast }), [{ outcome: 'created' }], 'xyz', last, 50);
    const without = await find(() => 0);
    const told = await find((page) => (tells(page) ? 10 : 0));
    expect(told.total).toBeGreaterThanOrEqual(without.total);
    expect(told.totalIsAtLeast).toBe(true);
  });
});
