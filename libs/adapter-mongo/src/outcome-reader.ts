import type { mongo } from 'mongoose';
import type { OutcomeRow, SeenRefresh, UnchangedRecords, UserId } from '#core';
import { rank } from '#core';
import { joinBody, restIds } from './body-parts.js';
import { bytesOf } from './bytes.js';
import { key, keysBetween } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import type { RankedRow } from './outcome-states.js';
import {
  outcomeBodies,
  outcomeExceptions,
  outcomePages,
  type OutcomeBodyDocument,
  type OutcomeExceptionDocument,
  type OutcomePageDocument,
} from './schemas/outcomes.js';
import { unpackJson } from './zstd-json.js';

/** What a page holds packed beside its rows. */
export interface PackedParts {
  unchanged: UnchangedRecords;
  refresh: SeenRefresh[];
}

/** Reads one sync's pages and rows, inside a transaction or outside. `sync` is tenant:sync. */
export class OutcomeReader {
  constructor(
    private readonly connection: MongoConnection,
    private readonly sync: string,
    private readonly session?: mongo.ClientSession,
  ) {}

  /** All status rows, in order of page. */
  async pages(): Promise<OutcomePageDocument[]> {
    return this.pagesCollection
      .find({ _id: keysBetween([this.sync], 0) }, this.options)
      .sort({ _id: 1 })
      .toArray();
  }

  async page(page: number): Promise<OutcomePageDocument | null> {
    return this.pagesCollection.findOne({ _id: key(this.sync, page) }, this.options);
  }

  /** Status rows in order of sequence, from the one on that holds `seq` or the first after it; read as they are used. */
  pagesFromSequence(seq: number): AsyncIterable<OutcomePageDocument> {
    return this.pagesCollection
      .find({ sync: this.sync, end: { $gt: seq } }, { ...this.options, batchSize: 64 })
      .sort({ end: 1 });
  }

  /** The status rows of the pages that hold these sequences or have these numbers. */
  async pagesOf(seqs: readonly number[], numbers: readonly number[] = []): Promise<OutcomePageDocument[]> {
    const found = new Map<number, OutcomePageDocument>();
    if (seqs.length > 0) {
      const sorted = [...seqs].sort((a, b) => a - b);
      const [lowest = 0] = sorted;
      const highest = sorted.at(-1) ?? lowest;
      let next = 0;
      const pages = this.pagesCollection
        .find({ sync: this.sync, end: { $gt: lowest } }, { ...this.options, batchSize: lowest === highest ? 1 : 256 })
        .sort({ end: 1 })
        .limit(lowest === highest ? 1 : 0);
      for await (const page of pages) {
        if (page.firstSeq > highest) break;
        while ((sorted[next] ?? Infinity) < page.firstSeq) next += 1;
        if ((sorted[next] ?? Infinity) < page.end) found.set(page.page, page);
      }
    }
    const missing = numbers.filter((number) => !found.has(number));
    if (missing.length > 0) {
      const ids = missing.map((number) => key(this.sync, number));
      for (const page of await this.pagesCollection.find({ _id: { $in: ids } }, this.options).toArray()) {
        found.set(page.page, page);
      }
    }
    return [...found.values()];
  }

  /** The planned rows of pages. */
  async planned(pages: readonly OutcomePageDocument[]): Promise<RankedRow[]> {
    const numbers = new Map(pages.map((page) => [page._id, page.page]));
    return [...(await this.bodies([...numbers.keys()]))].flatMap(([id, rows]) =>
      rows.map((row): RankedRow => ({ row, page: numbers.get(id) ?? 0, rank: rank.planned })),
    );
  }

  /** The planned rows of pages by the pages' keys, of whichever syncs. */
  async bodies(pageIds: readonly string[]): Promise<Map<string, OutcomeRow[]>> {
    const bodies = await this.rowsOf(pageIds);
    const restOfBodies = bodies.flatMap(({ _id, rest = 0 }) => restIds(_id, rest));
    const rest = new Map((await this.rowsOf(restOfBodies)).map((part) => [part._id, part.rows]));
    return new Map(
      bodies.map((body) => [body._id, unpackJson(joinBody(body._id, body.rows, body.rest ?? 0, rest)) as OutcomeRow[]]),
    );
  }

  private async rowsOf(ids: readonly string[]): Promise<Pick<OutcomeBodyDocument, '_id' | 'rows' | 'rest'>[]> {
    if (ids.length === 0) return [];
    return this.connection
      .collection(outcomeBodies)
      .find({ _id: { $in: [...ids] } }, { ...this.options, projection: { rows: 1, rest: 1 } })
      .toArray();
  }

  /** Rows above the planned ones, by sequence: in the order of ranks. */
  async exceptions(seqs: readonly number[]): Promise<RankedRow[]> {
    if (seqs.length === 0) return [];
    const ids = seqs.flatMap((seq) => [key(this.sync, seq, rank.settled), key(this.sync, seq, rank.ended)]);
    return this.ranked({ $in: ids });
  }

  /** Effective rows of pages, in order of sequence; the pages must follow one another in sequence. */
  async effective(pages: readonly OutcomePageDocument[]): Promise<RankedRow[]> {
    if (pages.length === 0) return [];
    const rows = new Map<number, RankedRow>();
    const [planned, above] =
      this.session === undefined
        ? await Promise.all([this.planned(pages), this.above(pages)])
        : [await this.planned(pages), await this.above(pages)];
    for (const one of [...planned, ...above]) rows.set(one.row.seq, one);
    return [...rows.values()].sort((a, b) => a.row.seq - b.row.seq);
  }

  /** Rows of pages above the planned ones, by sequence: in the order of ranks. The pages must follow one another in sequence. */
  async above(pages: readonly OutcomePageDocument[]): Promise<RankedRow[]> {
    if (pages.length === 0) return [];
    const from = Math.min(...pages.map((page) => page.firstSeq));
    const to = Math.max(...pages.map((page) => page.end));
    const wanted = new Set(pages.map((page) => page.page));
    return (await this.ranked(keysBetween([this.sync], from, to))).filter(({ page }) => wanted.has(page));
  }

  /** What a page holds beside its rows; null when there is nothing or retention has deleted it. */
  async parts(page: number): Promise<PackedParts | null> {
    const found = await this.connection
      .collection(outcomeBodies)
      .findOne({ _id: key(this.sync, page) }, { ...this.options, projection: { parts: 1 } });
    const packed = found?.parts ?? null;
    return packed === null ? null : (unpackJson(bytesOf(packed)) as PackedParts);
  }

  /** The users of the records that are packed as unchanged in these pages, by sequence. */
  async unchangedUsers(pages: readonly OutcomePageDocument[]): Promise<Map<number, UserId>> {
    const found = await this.connection
      .collection(outcomeBodies)
      .find({ _id: { $in: pages.map(({ _id }) => _id) } }, { ...this.options, projection: { parts: 1 } })
      .toArray();
    const users = new Map<number, UserId>();
    for (const { parts } of found) {
      if (parts === null) continue;
      const { seqs, userIds } = (unpackJson(bytesOf(parts)) as PackedParts).unchanged;
      for (const [index, seq] of seqs.entries()) {
        const user = userIds[index];
        if (user !== undefined) users.set(seq, user);
      }
    }
    return users;
  }

  private async ranked(_id: mongo.Filter<OutcomeExceptionDocument>['_id']): Promise<RankedRow[]> {
    const found = await this.connection
      .collection(outcomeExceptions)
      .find({ _id } as mongo.Filter<OutcomeExceptionDocument>, this.options)
      .sort({ _id: 1 })
      .toArray();
    return found.map(({ page, rank: height, body }) => ({
      row: JSON.parse(body) as OutcomeRow,
      page,
      rank: height,
    }));
  }

  private get pagesCollection() {
    return this.connection.collection(outcomePages);
  }

  private get options(): { session?: mongo.ClientSession } {
    return this.session === undefined ? {} : { session: this.session };
  }
}
