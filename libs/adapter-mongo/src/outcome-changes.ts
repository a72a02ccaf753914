import type { mongo } from 'mongoose';
import type { Drift, OutcomeDetail, OutcomeRow, OutcomeState, PageState, Rank } from '#core';
import { changesDirectory, countKey, rank } from '#core';
import { key } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import type { OutcomeReader } from './outcome-reader.js';
import { touchesOnlyLink, type RankedRow } from './outcome-states.js';
import { outcomeExceptions, outcomePages, type OutcomePageDocument } from './schemas/outcomes.js';

/**
 * What one transaction does to a sync's rows: loaded first, decided in memory, written by {@link flush}. Keeps the pages'
 * counts exact while rows move between buckets. A page's status row that changed is written back, so that of two
 * transactions that count on one page the later starts anew.
 */
export class OutcomeChanges {
  private readonly pages = new Map<number, OutcomePageDocument>();
  /** By sequence, the rows of each rank. */
  private readonly rows = new Map<number, Map<Rank, RankedRow>>();
  private readonly changedPages = new Set<OutcomePageDocument>();
  private readonly written: RankedRow[] = [];

  constructor(private readonly sync: string) {}

  /** Loads what must be known to change these sequences, and the status rows of these pages. */
  async load(reader: OutcomeReader, seqs: readonly number[], pages: readonly number[]): Promise<void> {
    const holding = await reader.pagesOf(seqs, pages);
    for (const page of holding) this.pages.set(page.page, page);
    if (seqs.length === 0) return;
    const wanted = new Set(seqs);
    const withRows = holding.filter((page) => seqs.some((seq) => seq >= page.firstSeq && seq < page.end));
    this.add((await reader.planned(withRows)).filter(({ row }) => wanted.has(row.seq)));
    this.add(await reader.exceptions([...wanted]));
  }

  /** Takes rows that were read already, with the page that holds them. */
  take(page: OutcomePageDocument, rows: readonly RankedRow[]): void {
    this.pages.set(page.page, page);
    this.add(rows);
  }

  page(page: number): OutcomePageDocument | null {
    return this.pages.get(page) ?? null;
  }

  /** The row of highest rank. */
  effective(seq: number): RankedRow | null {
    const ranks = this.rows.get(seq);
    return ranks?.get(rank.ended) ?? ranks?.get(rank.settled) ?? ranks?.get(rank.planned) ?? null;
  }

  /** Puts a row above what is there at rank `settled`; nothing happens when one of that rank is there already. */
  settle(page: number, row: OutcomeRow): void {
    if (this.rows.get(row.seq)?.has(rank.settled) === true) return;
    const below = this.effective(row.seq);
    this.write({ row, page, rank: rank.settled });
    this.edit(page, (status) => {
      status.exceptions += 1;
    });
    if (below?.rank === rank.ended) return;
    if (below === null) this.uncountPacked(page, row.seq);
    else this.count(below, -1);
    this.count({ row, page, rank: rank.settled }, 1);
  }

  /** Gives an outcome its last word (rank `ended`), whatever it was before; its values stay. */
  end(below: RankedRow, state: OutcomeState, cause?: Drift['cause']): void {
    const { row, page } = below;
    if (!changesDirectory(row.outcome) || (below.rank === rank.ended && row.state === state)) return;
    const ended: RankedRow = {
      row: { ...row, state, ...(cause === undefined ? {} : { detail: withDrift(row.detail, cause) }) },
      page,
      rank: rank.ended,
    };
    this.count(below, -1);
    this.count(ended, 1);
    this.write(ended);
  }

  setState(page: number, state: PageState): void {
    this.edit(page, (status) => {
      status.state = state;
    });
  }

  async flush(connection: MongoConnection, session: mongo.ClientSession): Promise<void> {
    if (this.written.length > 0) {
      // The last of one rank counts; an ended row may be ended anew.
      const last = new Map(this.written.map((one) => [key(this.sync, one.row.seq, one.rank), one]));
      const documents = [...last].map(([_id, { page, rank: height, row }]) => ({
        _id,
        page,
        rank: height,
        body: JSON.stringify(row),
      }));
      const fresh = documents.filter(({ _id }) => !this.known.has(_id));
      const present = documents.filter(({ _id }) => this.known.has(_id));
      const collection = connection.collection(outcomeExceptions);
      if (fresh.length > 0) await collection.insertMany(fresh, { session });
      if (present.length > 0) {
        await collection.bulkWrite(
          present.map((document) => ({ replaceOne: { filter: { _id: document._id }, replacement: document } })),
          { session },
        );
      }
    }
    if (this.changedPages.size > 0) {
      await connection.collection(outcomePages).bulkWrite(
        [...this.changedPages].map(({ _id, state, linkRows, exceptions, counts }) => ({
          updateOne: { filter: { _id }, update: { $set: { state, linkRows, exceptions, counts } } },
        })),
        { session },
      );
    }
  }

  /** Keys of exceptions that are stored. */
  private readonly known = new Set<string>();

  private add(rows: readonly RankedRow[]): void {
    for (const one of rows) {
      this.put(one);
      if (one.rank !== rank.planned) this.known.add(key(this.sync, one.row.seq, one.rank));
    }
  }

  private put(one: RankedRow): void {
    const ranks = this.rows.get(one.row.seq) ?? new Map<Rank, RankedRow>();
    ranks.set(one.rank, one);
    this.rows.set(one.row.seq, ranks);
  }

  private write(one: RankedRow): void {
    this.put(one);
    this.written.push(one);
  }

  private count({ row, page }: RankedRow, by: number): void {
    this.edit(page, (status) => {
      add(status, countKey(row.outcome, row.reason, row.state), by);
      if (touchesOnlyLink(row)) status.linkRows += by;
    });
  }

  /** A record that was packed with the unchanged has a row of its own now. */
  private uncountPacked(page: number, seq: number): void {
    this.edit(page, (status) => {
      if (status.removals || seq < status.firstSeq || seq >= status.end) return;
      add(status, countKey('skipped', 'unchanged', null), -1);
    });
  }

  private edit(page: number, work: (status: OutcomePageDocument) => void): void {
    const status = this.pages.get(page);
    if (status === undefined) return;
    work(status);
    this.changedPages.add(status);
  }
}

function add({ counts }: OutcomePageDocument, name: string, by: number): void {
  const count = (counts[name] ?? 0) + by;
  if (count > 0) counts[name] = count;
  else Reflect.deleteProperty(counts, name);
}

function withDrift(detail: OutcomeDetail | undefined, cause: Drift['cause']): OutcomeDetail {
  if (cause === 'email' || cause === 'employeeId') {
    const what = cause === 'email' ? 'e-mail address' : 'employee id';
    return { ...detail, key: cause, note: `another user took the ${what} after this was planned` };
  }
  if (cause === 'refused') {
    return { ...detail, note: 'this change could not be written; the next sync tries it again' };
  }
  const what = cause === 'version' ? 'user' : 'link';
  return { ...detail, note: `the ${what} changed after this was planned` };
}
