import { mongo } from 'mongoose';
import type {
  CountedKind,
  EffectiveOutcome,
  OutcomeCounts,
  OutcomeFilter,
  OutcomePlace,
  OutcomeRow,
  OutcomeSearch,
  OutcomeTotal,
  PagePlan,
  PlannedPage,
  SettledRow,
  SliceReport,
  SyncId,
  SyncProgress,
  TenantId,
  UserId,
} from '#core';
import {
  OutcomeStore,
  bucketsOf,
  countKey,
  createdBy,
  effectiveState,
  findByText,
  foldNeedle,
  hasEnded,
  isOpen,
  isSamePlace,
  plannedTexts,
  removalsTexts,
  sumTotals,
  unchangedOutcome,
} from '#core';
import { cutBody, restIds } from './body-parts.js';
import { bytesOf } from './bytes.js';
import { isDuplicateKey } from './duplicate-key.js';
import { key, keysBetween, keysUnder } from './keys.js';
import type { MongoConnection } from './mongo-connection.js';
import { OutcomeChanges } from './outcome-changes.js';
import { listOutcomes, listUnchanged } from './outcome-list.js';
import { OutcomeReader, type PackedParts } from './outcome-reader.js';
import { toOutcome, touchesOnlyLink, withTransferState } from './outcome-states.js';
import { OutcomeTextIndex } from './outcome-text-index.js';
import { OutcomeTexts } from './outcome-texts.js';
import { packPageKinds } from './page-kinds.js';
import { bitsOf, packPageText, type PageText, seqsIn } from './page-text.js';
import {
  outcomeBodies,
  outcomeExceptions,
  outcomePages,
  outcomeSlices,
  outcomeTexts,
  type OutcomeBodyDocument,
  type OutcomePageDocument,
} from './schemas/outcomes.js';
import { syncs } from './schemas/syncs.js';
import { UserOutcomes } from './user-outcomes.js';
import { packJson } from './zstd-json.js';

/**
 * A page of planned rows is one packed body and one status row; what happens to single rows afterwards are exceptions
 * beside them. Every change is one transaction in which the status row of each page it counts on is written: it is there
 * as a whole or not at all, counts included, and after a crash the message that asked for it comes again. Whether it was
 * done before, a unique key says: of the page's status row, of the slice, or of the exception's rank.
 */
export class MongoOutcomeStore extends OutcomeStore {
  constructor(private readonly connection: MongoConnection) {
    super();
  }

  override async insertPlanned(
    page: PlannedPage,
    userTexts: ReadonlyMap<UserId, string> = new Map(),
  ): Promise<'inserted' | 'duplicate' | 'ended'> {
    const parts: PackedParts | null =
      page.unchanged.seqs.length === 0 && page.refresh.length === 0
        ? null
        : { unchanged: { seqs: page.unchanged.seqs, userIds: page.unchanged.userIds }, refresh: page.refresh };
    const status: OutcomePageDocument = {
      ...this.newPage(page.tenantId, page.syncId, page.page, page.firstSeq),
      end: page.firstSeq + page.records,
      records: page.records,
      linkRows: page.rows.filter(touchesOnlyLink).length,
      refreshes: page.refresh.length,
      counts: page.counts,
      digest: page.digest,
    };
    const beside = {
      facts: new mongo.Binary(Buffer.from(page.facts, 'base64')),
      parts: parts === null ? null : new mongo.Binary(packJson(parts)),
    };
    return this.insertPage(
      page,
      status,
      page.rows,
      packPageText(plannedTexts(page, userTexts)),
      beside,
      key(page.tenantId, page.syncId),
    );
  }

  override async insertRemovals(
    tenantId: TenantId,
    syncId: SyncId,
    page: number,
    firstSeq: number,
    rows: OutcomeRow[],
  ): Promise<void> {
    const stored = rows.map(withTransferState);
    const counts: OutcomeCounts = {};
    for (const row of stored) {
      const name = countKey(row.outcome, row.reason, row.state);
      counts[name] = (counts[name] ?? 0) + 1;
    }
    const status: OutcomePageDocument = {
      ...this.newPage(tenantId, syncId, page, firstSeq),
      end: stored.reduce((end, row) => Math.max(end, row.seq + 1), firstSeq),
      removals: true,
      linkRows: stored.filter(touchesOnlyLink).length,
      counts,
    };
    await this.insertPage(
      { tenantId, syncId },
      status,
      stored,
      packPageText(removalsTexts(stored)),
      { facts: null, parts: null },
      null,
    );
  }

  override async insertExceptions(tenantId: TenantId, syncId: SyncId, rows: SettledRow[]): Promise<void> {
    const seqs = rows.map((row) => row.seq);
    const pages = [...new Set(rows.map((row) => row.page))];
    const settle = (changes: OutcomeChanges) => {
      for (const { page, ...row } of rows) changes.settle(page, withTransferState(row));
    };
    await this.change(tenantId, syncId, seqs, pages, settle, (session) =>
      new UserOutcomes(this.connection, tenantId).note(syncId, rows, session),
    );
  }

  override async reject(tenantId: TenantId, syncId: SyncId, seqs: number[]): Promise<void> {
    await this.endOpen(tenantId, syncId, seqs, 'rejected');
  }

  override async supersede(tenantId: TenantId, syncId: SyncId, seqs: readonly number[]): Promise<void> {
    await this.endOpen(tenantId, syncId, seqs, 'superseded');
  }

  private async endOpen(
    tenantId: TenantId,
    syncId: SyncId,
    seqs: readonly number[],
    state: 'rejected' | 'superseded',
  ): Promise<void> {
    const superseded = await this.isSuperseded(tenantId, syncId);
    await this.change(tenantId, syncId, seqs, [], (changes) => {
      for (const seq of seqs) {
        const found = changes.effective(seq);
        const page = found === null ? null : changes.page(found.page);
        if (found === null || page === null) continue;
        if (isOpen(effectiveState(found.row.outcome, found.row.state, page.state, superseded))) {
          changes.end(found, state);
        }
      }
    });
  }

  override async recordSlice(report: SliceReport): Promise<void> {
    const { tenantId, syncId, round, slice, wholePage, applied, drifted } = report;
    const seqs = [...applied, ...drifted.map((drift) => drift.seq)];
    try {
      await this.connection.transaction(async (session) => {
        await this.connection
          .collection(outcomeSlices)
          .insertOne({ _id: key(tenantId, syncId, round, slice) }, { session });
        const changes = new OutcomeChanges(key(tenantId, syncId));
        await changes.load(this.reader(tenantId, syncId, session), seqs, wholePage === null ? [] : [wholePage]);
        const gone = new Set<number>();
        for (const { seq, cause } of drifted) {
          const found = changes.effective(seq);
          if (found === null || gone.has(seq)) continue;
          gone.add(seq);
          changes.end(found, 'drifted', cause);
        }
        for (const seq of applied) {
          const found = gone.has(seq) ? null : changes.effective(seq);
          if (found !== null) changes.end(found, 'applied');
        }
        if (wholePage !== null) changes.setState(wholePage, 'applied');
        await changes.flush(this.connection, session);
      });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }

  override async slicesEnded(tenantId: TenantId, syncId: SyncId, round: number): Promise<number> {
    return this.connection.run(() =>
      this.connection
        .collection(outcomeSlices)
        .countDocuments({ _id: keysUnder([key(tenantId, syncId, round)]) }, { hint: '_id_' }),
    );
  }

  /** Page by page: rows with a state of their own first, then the state of the pages themselves. */
  override async cancelPlanned(tenantId: TenantId, syncId: SyncId): Promise<void> {
    const pages = await this.connection.run(() => this.reader(tenantId, syncId).pages());
    for (const { page } of pages.filter((one) => bucketsOf(one, false).some(({ own }) => isOpen(own)))) {
      await this.connection.transaction(async (session) => {
        const reader = this.reader(tenantId, syncId, session);
        const status = await reader.page(page);
        if (status === null) return;
        const rows = await reader.effective([status]);
        const changes = new OutcomeChanges(key(tenantId, syncId));
        changes.take(status, rows);
        for (const one of rows) if (isOpen(one.row.state)) changes.end(one, 'cancelled');
        await changes.flush(this.connection, session);
      });
    }
    await this.connection.run(() =>
      this.connection
        .collection(outcomePages)
        .updateMany({ sync: key(tenantId, syncId), state: 'planned' }, { $set: { state: 'cancelled' } }),
    );
  }

  /** Summed over the pages' status rows in an index of their own: 2,000 entries for a million people. */
  override async progress(tenantId: TenantId, syncId: SyncId): Promise<SyncProgress> {
    return this.connection.run(async () => {
      const [found] = await this.connection
        .collection(outcomePages)
        .aggregate<SyncProgress>(
          [
            { $match: { sync: key(tenantId, syncId) } },
            { $project: { _id: 0, removals: 1, records: 1, exceptions: 1 } },
            {
              $group: {
                _id: null,
                plannedPages: { $sum: { $cond: ['$removals', 0, 1] } },
                plannedRecords: { $sum: '$records' },
                removalPages: { $sum: { $cond: ['$removals', 1, 0] } },
                exceptions: { $sum: '$exceptions' },
              },
            },
            { $project: { _id: 0 } },
          ],
          { hint: 'progress' },
        )
        .toArray();
      return found ?? { plannedPages: 0, plannedRecords: 0, removalPages: 0, exceptions: 0 };
    });
  }

  override async missingPages(tenantId: TenantId, syncId: SyncId, from: number, to: number): Promise<number[]> {
    return this.connection.run(async () => {
      const found = await this.connection
        .collection(outcomePages)
        .find({ _id: keysBetween([tenantId, syncId], from, to) }, { projection: { _id: 1 } })
        .toArray();
      const present = new Set(found.map(({ _id }) => _id));
      const missing: number[] = [];
      for (let page = from; page < to; page += 1) if (!present.has(key(tenantId, syncId, page))) missing.push(page);
      return missing;
    });
  }

  override async facts(
    tenantId: TenantId,
    syncId: SyncId,
    fromPage: number,
    limit: number,
  ): Promise<{ page: number; firstSeq: number; records: number; facts: Uint8Array; digest: string }[]> {
    return this.connection.run(async () => {
      const pages = await this.connection
        .collection(outcomePages)
        .find({ _id: keysBetween([tenantId, syncId], fromPage), removals: false })
        .sort({ _id: 1 })
        .limit(limit)
        .toArray();
      const bodies = await this.connection
        .collection(outcomeBodies)
        .find({ _id: { $in: pages.map((page) => page._id) } }, { projection: { facts: 1 } })
        .toArray();
      const facts = new Map(bodies.map((body) => [body._id, body.facts]));
      return pages.flatMap(({ _id, page, firstSeq, records, digest }) => {
        const found = facts.get(_id);
        return found === undefined || found === null
          ? []
          : [{ page, firstSeq, records, facts: bytesOf(found), digest }];
      });
    });
  }

  override async pagePlan(tenantId: TenantId, syncId: SyncId, page: number): Promise<PagePlan> {
    return this.connection.run(async () => {
      const reader = this.reader(tenantId, syncId);
      const [status, superseded] = await Promise.all([reader.page(page), this.isSuperseded(tenantId, syncId)]);
      if (status === null) return { rows: [], refresh: [] };
      const [rows, parts] = await Promise.all([
        reader.effective([status]),
        status.refreshes === 0 ? null : reader.parts(page),
      ]);
      return {
        rows: rows.map((row) => toOutcome(syncId, row, status, superseded)),
        refresh: parts?.refresh ?? [],
      };
    });
  }

  override async applicablePages(tenantId: TenantId, syncId: SyncId): Promise<number[]> {
    return this.connection.run(async () => {
      if (await this.isSuperseded(tenantId, syncId)) return [];
      return (await this.reader(tenantId, syncId).pages())
        .filter(
          (page) =>
            (page.state === 'planned' && (page.linkRows > 0 || page.refreshes > 0)) ||
            bucketsOf(page, false).some(({ state }) => isOpen(state)),
        )
        .map(({ page }) => page);
    });
  }

  override async bySeqs(tenantId: TenantId, syncId: SyncId, seqs: readonly number[]): Promise<EffectiveOutcome[]> {
    return this.connection.run(async () => {
      const superseded = await this.isSuperseded(tenantId, syncId);
      const rows = new OutcomeChanges(key(tenantId, syncId));
      await rows.load(this.reader(tenantId, syncId), seqs, []);
      return seqs.flatMap((seq) => {
        const found = rows.effective(seq);
        return found === null ? [] : [toOutcome(syncId, found, rows.page(found.page), superseded)];
      });
    });
  }

  override async unchangedUser(tenantId: TenantId, syncId: SyncId, seq: number): Promise<UserId | null> {
    return this.connection.run(async () => {
      const reader = this.reader(tenantId, syncId);
      const [page] = await reader.pagesOf([seq]);
      if (page === undefined || (await reader.exceptions([seq])).length > 0) return null;
      const parts = await reader.parts(page.page);
      if (parts === null) return null;
      const { seqs, userIds } = parts.unchanged;
      const refreshed = parts.refresh.find((refresh) => refresh.seq === seq);
      const user = userIds[seqs.indexOf(seq)] ?? refreshed?.userId ?? null;
      if (user === null || seqs.includes(seq)) return user;
      const planned = await reader.planned([page]);
      return planned.some(({ row }) => row.seq === seq) ? null : user;
    });
  }

  override async totals(tenantId: TenantId, syncId: SyncId): Promise<OutcomeTotal[]> {
    return sumTotals(await this.buckets(tenantId, syncId));
  }

  override async totalsOfEach(tenantId: TenantId, syncIds: readonly SyncId[]): Promise<OutcomeTotal[][]> {
    const keys = syncIds.map((syncId) => key(tenantId, syncId));
    const buckets = new Map<string, CountedKind[]>(keys.map((sync) => [sync, []]));
    return this.connection.run(async () => {
      const superseded = await this.connection
        .collection(syncs)
        .find({ _id: { $in: keys }, supersededBy: { $ne: null } }, { projection: { _id: 1 } })
        .toArray();
      const gone = new Set(superseded.map(({ _id }) => _id));
      const pages = this.connection
        .collection(outcomePages)
        .find({ sync: { $in: keys } }, { projection: { sync: 1, counts: 1, state: 1 } });
      for await (const page of pages) buckets.get(page.sync)?.push(...bucketsOf(page, gone.has(page.sync)));
      return keys.map((sync) => sumTotals(buckets.get(sync) ?? []));
    });
  }

  override async list(
    tenantId: TenantId,
    syncId: SyncId,
    filter: OutcomeFilter,
    afterSeq: number,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    return this.connection.run(async () => {
      const superseded = await this.isSuperseded(tenantId, syncId);
      return listOutcomes(this.reader(tenantId, syncId), syncId, superseded, filter, afterSeq, limit);
    });
  }

  override async listUnchanged(
    tenantId: TenantId,
    syncId: SyncId,
    afterSeq: number,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    return this.connection.run(async () => {
      const gone = await this.connection
        .collection(syncs)
        .findOne({ _id: key(tenantId, syncId), rowsGone: true }, { projection: { _id: 1 } });
      return gone === null ? listUnchanged(this.reader(tenantId, syncId), syncId, afterSeq, limit) : [];
    });
  }

  override async find(
    tenantId: TenantId,
    syncId: SyncId,
    filters: readonly OutcomeFilter[],
    q: string,
    afterSeq: number,
    limit: number,
  ): Promise<OutcomeSearch> {
    return this.connection.run(async () => {
      const reader = this.reader(tenantId, syncId);
      const superseded = await this.isSuperseded(tenantId, syncId);
      const texts = new OutcomeTexts(this.connection, key(tenantId, syncId));
      const index = new OutcomeTextIndex(reader, texts, superseded);
      const { seqs, ...found } = await findByText(index, filters, q, afterSeq, limit);
      return { rows: await this.foundRows(tenantId, syncId, seqs, index.pagesOf(seqs)), ...found };
    });
  }

  override async findAmong(
    tenantId: TenantId,
    syncIds: readonly SyncId[],
    q: string,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    const needle = foldNeedle(q);
    return this.connection.run(async () => {
      const bySync = await this.pagesWith(
        syncIds.map((syncId) => key(tenantId, syncId)),
        needle,
      );
      const found: EffectiveOutcome[] = [];
      for (const syncId of syncIds) {
        const pages = bySync.get(key(tenantId, syncId)) ?? [];
        const seqs = pages.flatMap((one) => one.seqs);
        if (seqs.length === 0) continue;
        const rows = await this.foundRows(
          tenantId,
          syncId,
          seqs,
          pages.map(({ page }) => page),
        );
        found.push(...rows);
        if (found.length >= limit) break;
      }
      return found.slice(0, limit);
    });
  }

  /** The pages of some syncs, by sync and in order, in whose text the needle is, and whose sequences those are. */
  private async pagesWith(
    keys: readonly string[],
    needle: string,
  ): Promise<Map<string, { page: OutcomePageDocument; seqs: number[] }[]>> {
    const pages = await this.connection
      .collection(outcomePages)
      .find({ sync: { $in: [...keys] } })
      .toArray();
    const bits = bitsOf(needle);
    const texts = await this.connection
      .collection(outcomeTexts)
      .find(
        {
          _id: { $in: pages.map(({ _id }) => _id) },
          ...(bits.length === 0 ? {} : { signature: { $bitsAllSet: bits } }),
        },
        { projection: { places: 1, lines: 1 } },
      )
      .toArray();
    const found = new Map(
      texts.map(({ _id, places, lines }) => [_id, seqsIn({ places: bytesOf(places), lines: bytesOf(lines) }, needle)]),
    );
    const bySync = new Map<string, { page: OutcomePageDocument; seqs: number[] }[]>();
    for (const page of pages.sort((a, b) => a.firstSeq - b.firstSeq)) {
      const seqs = found.get(page._id) ?? [];
      if (seqs.length > 0) bySync.set(page.sync, [...(bySync.get(page.sync) ?? []), { page, seqs }]);
    }
    return bySync;
  }

  private async foundRows(
    tenantId: TenantId,
    syncId: SyncId,
    seqs: readonly number[],
    pages: readonly OutcomePageDocument[],
  ): Promise<EffectiveOutcome[]> {
    const withRow = new Map((await this.bySeqs(tenantId, syncId, seqs)).map((row) => [row.seq, row]));
    const packed = await this.reader(tenantId, syncId).unchangedUsers(pages);
    return seqs.map((seq) => {
      const page = pages.find(({ firstSeq, end }) => firstSeq <= seq && seq < end)?.page ?? 0;
      return withRow.get(seq) ?? unchangedOutcome(syncId, seq, page, packed.get(seq) ?? null);
    });
  }

  override async history(
    tenantId: TenantId,
    userId: UserId,
    after: OutcomePlace | null,
    limit: number,
  ): Promise<EffectiveOutcome[]> {
    const creation = createdBy(userId);
    if (creation !== null && isSamePlace(after, creation)) return [];
    const found = await this.connection.run(async () => {
      const noted = new UserOutcomes(this.connection, tenantId);
      const outcomes: EffectiveOutcome[] = [];
      for (let from = after; outcomes.length < limit;) {
        const places = await noted.list(userId, from, limit - outcomes.length);
        outcomes.push(...(await noted.read(places)).filter((row) => row.userId === userId));
        from = places.at(-1) ?? null;
        if (from === null) break;
      }
      return outcomes;
    });
    if (found.length >= limit || creation === null) return found;
    const [created] = await this.bySeqs(tenantId, creation.syncId, [creation.seq]);
    return created?.outcome === 'created' && created.userId === userId ? [...found, created] : found;
  }

  override async countHeld(tenantId: TenantId, syncId: SyncId): Promise<number> {
    let held = 0;
    for (const { state, count } of await this.buckets(tenantId, syncId)) if (isOpen(state)) held += count;
    return held;
  }

  /** Status rows stay: a sync's totals outlive its rows. The marks on the sync come last, so that a break is made good. */
  override async deleteEndedBefore(
    packedBefore: string,
    rowsBefore: string,
    keep: readonly SyncId[],
    limit: number,
  ): Promise<number> {
    return this.connection.run(async () => {
      const due = await this.connection
        .collection(syncs)
        .find(
          {
            ended: true,
            open: false,
            id: { $nin: [...keep] },
            $or: [
              { packedGone: false, endedAt: { $lt: packedBefore } },
              { rowsGone: false, endedAt: { $lt: rowsBefore } },
            ],
          },
          { projection: { endedAt: 1, tenantId: 1, id: 1 } },
        )
        .sort({ endedAt: 1 })
        .limit(limit)
        .toArray();
      for (const { _id, endedAt, tenantId, id } of due) {
        const rowsToo = endedAt !== null && endedAt < rowsBefore;
        if (rowsToo) await new UserOutcomes(this.connection, tenantId).forget(id);
        await this.deleteOne(_id, rowsToo);
      }
      return due.length;
    });
  }

  private async deleteOne(sync: string, rowsToo: boolean): Promise<void> {
    const _id = keysBetween([sync], 0);
    await this.connection
      .collection(outcomePages)
      .updateMany({ _id, refreshes: { $gt: 0 } }, { $set: { refreshes: 0 } });
    if (rowsToo) {
      await this.connection.collection(outcomeBodies).deleteMany({ _id });
      await this.connection.collection(outcomeTexts).deleteMany({ _id });
      await this.connection.collection(outcomeExceptions).deleteMany({ _id });
      await this.connection.collection(outcomeSlices).deleteMany({ _id });
    } else {
      await this.connection.collection(outcomeBodies).updateMany({ _id }, { $set: { facts: null, parts: null } });
    }
    await this.connection
      .collection(syncs)
      .updateOne({ _id: sync }, { $set: { packedGone: true, ...(rowsToo ? { rowsGone: true } : {}) } });
  }

  private newPage(tenantId: TenantId, syncId: SyncId, page: number, firstSeq: number): OutcomePageDocument {
    return {
      _id: key(tenantId, syncId, page),
      sync: key(tenantId, syncId),
      page,
      state: 'planned',
      firstSeq,
      end: firstSeq,
      records: 0,
      removals: false,
      linkRows: 0,
      refreshes: 0,
      exceptions: 0,
      counts: {},
      digest: '',
    };
  }

  /** `unlessEnded`: the sync's key, for a page that must not be stored once its sync has ended. */
  private async insertPage(
    { tenantId, syncId }: { tenantId: TenantId; syncId: SyncId },
    status: OutcomePageDocument,
    rows: readonly OutcomeRow[],
    text: PageText,
    beside: Pick<OutcomeBodyDocument, 'facts' | 'parts'>,
    unlessEnded: string | null,
  ): Promise<'inserted' | 'duplicate' | 'ended'> {
    const { _id } = status;
    const { first, rest } = cutBody(packJson(rows));
    const body: OutcomeBodyDocument = {
      _id,
      rows: first,
      ...beside,
      ...(rest.length > 0 ? { rest: rest.length } : {}),
    };
    const ids = restIds(_id, rest.length);
    const bodies = [
      body,
      ...rest.map((part, index) => ({ _id: ids[index] ?? '', rows: part, facts: null, parts: null })),
    ];
    try {
      return await this.connection.transaction(async (session) => {
        if (unlessEnded !== null && (await this.hasEnded(unlessEnded, session))) return 'ended';
        await this.connection.collection(outcomePages).insertOne(status, { session });
        for (const one of bodies) await this.connection.collection(outcomeBodies).insertOne(one, { session });
        await new OutcomeTexts(this.connection, key(tenantId, syncId)).put(
          status.page,
          text,
          packPageKinds(rows, status.firstSeq),
          session,
        );
        await new UserOutcomes(this.connection, tenantId).noteNew(syncId, status.page, rows, session);
        return 'inserted';
      });
    } catch (error) {
      // The page itself is inserted alone: a bulk write fails by rows noted of another page, which is no repetition.
      if (isDuplicateKey(error) && !(error instanceof mongo.MongoBulkWriteError)) return 'duplicate';
      throw error;
    }
  }

  private async hasEnded(sync: string, session: mongo.ClientSession): Promise<boolean> {
    const found = await this.connection.collection(syncs).findOne({ _id: sync }, { projection: { state: 1 }, session });
    return found !== null && hasEnded(found.state);
  }

  private async change(
    tenantId: TenantId,
    syncId: SyncId,
    seqs: readonly number[],
    pages: readonly number[],
    work: (changes: OutcomeChanges) => void,
    beside: (session: mongo.ClientSession) => Promise<void> = async () => {},
  ): Promise<void> {
    if (seqs.length === 0) return;
    await this.connection.transaction(async (session) => {
      const changes = new OutcomeChanges(key(tenantId, syncId));
      await changes.load(this.reader(tenantId, syncId, session), seqs, pages);
      work(changes);
      await changes.flush(this.connection, session);
      await beside(session);
    });
  }

  private async buckets(tenantId: TenantId, syncId: SyncId): Promise<CountedKind[]> {
    return this.connection.run(async () => {
      const superseded = await this.isSuperseded(tenantId, syncId);
      const pages = await this.reader(tenantId, syncId).pages();
      return pages.flatMap((page) => bucketsOf(page, superseded));
    });
  }

  private async isSuperseded(tenantId: TenantId, syncId: SyncId): Promise<boolean> {
    const found = await this.connection
      .collection(syncs)
      .findOne({ _id: key(tenantId, syncId) }, { projection: { supersededBy: 1 } });
    return found !== null && found.supersededBy !== null;
  }

  private reader(tenantId: TenantId, syncId: SyncId, session?: mongo.ClientSession): OutcomeReader {
    return new OutcomeReader(this.connection, key(tenantId, syncId), session);
  }
}
