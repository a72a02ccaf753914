import { SqliteDatabase } from '#adapter-sqlite';
import {
  SqliteDirectoryStore,
  SqliteOutcomeStore,
  SqliteSettingsStore,
  SqliteSettlementStore,
  SqliteSnapshotStore,
  SqliteSyncStore,
} from '#adapter-sqlite';
import {
  contentHash,
  defaultSafeguardLimits,
  encodePage,
  recordHash,
  standardAttributes,
  type EffectiveOutcome,
  type Extent,
  type IntegrationId,
  type Link,
  type Manifest,
  type MappedPage,
  type MappedRecord,
  type OutcomeTotal,
  type PlannedPage,
  type SafeguardLimits,
  type SettlementHeader,
  type Sync,
  type SyncId,
  type SyncMode,
  type TenantId,
  type UndoCommand,
  type User,
  type Wholeness,
} from '#core';
import { mapRawRecord } from '#mapping';
import { ManualClock } from '#testing';
import { SliceApplier } from './apply/apply-slice.js';
import { SliceLister } from './apply/list-slices.js';
import { CandidateFinder } from './plan/candidate-finder.js';
import { PagePlanner } from './plan/plan-page.js';
import { UndoPagePlanner } from './plan/plan-undo-page.js';
import { undoPages } from './plan/undo-pages.js';
import { RecordReader } from './record-reader.js';
import { RemovalFinder } from './settle/find-removals.js';
import { KeySettler } from './settle/settle-keys.js';
import { PeopleSettler } from './settle/settle-people.js';
import { ScopeLeavers } from './settle/settle-scope.js';
import { SettleStores, SyncSettler } from './settle/settle-sync.js';
import { UndoSettler } from './settle/settle-undo.js';
import { SyncCache, type FrozenSync } from './sync-cache.js';

/** One person as the source sends it. */
export interface SourceRecord {
  id: string | null;
  mail: string | null;
  num: string | null;
  name: string | null;
  active?: boolean;
  end?: string;
  scope?: 'in' | 'out';
}

/** A person of numbers as the source sends them: few keys for many people, so that they meet. */
export function numberedRecord({
  id,
  mail,
  num,
  ...rest
}: Omit<SourceRecord, 'id' | 'mail' | 'num'> & { id: number; mail: number; num: number | null }): SourceRecord {
  return {
    id: `s${String(id)}`,
    mail: `p${String(mail)}@x.example`,
    num: num === null ? null : `N${String(num)}`,
    ...rest,
  };
}

/** Safeguards that hold nothing. */
export const looseLimits: SafeguardLimits = {
  inferredRemovals: 1,
  inferredRemovals7Days: 2,
  explicitLeavers: 1,
  emailChanges: 1,
  blankedValues: 1,
  restrictedChanges: 1,
  managerChanges: 1,
  failures: 1,
  declaredTotalDrop: 1,
};

/** How a sync of these tests differs from a live, full, complete one. */
export interface SyncPlan {
  mode?: SyncMode;
  extent?: Extent;
  wholeness?: Wholeness;
  /** Records a page. */
  pageSize?: number;
  /** Reorders what is delivered; may repeat an item. */
  deliver?: <Item>(items: Item[]) => Item[];
}

export interface SyncResult {
  sync: Sync;
  header: SettlementHeader;
  rows: EffectiveOutcome[];
  totals: OutcomeTotal[];
}

const tenantId = 'ten_0000000000000000' as TenantId;
export const integrationId = 'int_0000000000000000' as IntegrationId;
const today = '2026-01-01';

/**
 * The reconciler's plan, settle and apply over in-memory stores, without a bus: messages are method calls, which a test
 * may reorder and repeat.
 */
export class SyncHarness {
  readonly clock = new ManualClock(`${today}T12:00:00.000Z`);
  private readonly database = SqliteDatabase.open({ memory: true });
  readonly syncs = new SqliteSyncStore(this.database);
  readonly outcomes = new SqliteOutcomeStore(this.database);
  readonly settlements = new SqliteSettlementStore(this.database);
  readonly directory = new SqliteDirectoryStore(this.database);
  private readonly snapshots = new SqliteSnapshotStore(this.database);
  private readonly settings = new SqliteSettingsStore(this.database);
  private readonly cache = new SyncCache(this.syncs);
  private readonly reader = new RecordReader(this.snapshots);
  private readonly planner = new PagePlanner(this.directory, new CandidateFinder(this.directory), this.reader);
  private readonly removals = new RemovalFinder(this.directory, this.settings);
  private readonly settler = new SyncSettler(
    new SettleStores(this.outcomes, this.settlements, this.snapshots, this.directory, this.syncs),
    new PeopleSettler(this.reader, this.directory),
    new KeySettler(this.directory),
    this.removals,
    new ScopeLeavers(this.outcomes, this.directory, this.removals),
  );
  private readonly undoPlanner = new UndoPagePlanner(this.directory, this.syncs, this.removals);
  private readonly undoSettler = new UndoSettler(
    this.outcomes,
    this.settlements,
    this.directory,
    new KeySettler(this.directory),
  );
  private readonly lister = new SliceLister(this.outcomes, this.settlements, this.syncs);
  private readonly applier = new SliceApplier(this.outcomes, this.settlements, this.directory, this.cache, this.clock);
  private syncCount = 0;

  constructor(private readonly safeguards: SafeguardLimits = defaultSafeguardLimits) {}

  close(): void {
    this.database.close();
  }

  /** One passage: snapshot, plan, settle and, when live, apply. */
  async run(records: readonly SourceRecord[], plan: SyncPlan = {}): Promise<SyncResult> {
    const deliver = plan.deliver ?? ((items) => items);
    const sync = await this.queue(plan.mode ?? 'live');
    const frozen = await this.cache.get(tenantId, sync.id);
    const pages = await this.store(frozen, records, plan);
    for (const page of deliver(pages)) {
      await this.outcomes.insertPlanned(await this.planner.plan(frozen, page));
    }
    const lease = { key: `${sync.id}:settle`, holder: 'test', claim: 1 };
    await this.settler.settle(frozen, lease, new AbortController().signal);
    const header = await this.insertSettled(sync);
    await this.end(sync, deliver);
    return this.result(sync, header);
  }

  /** Takes back what a sync has applied, as the plan of an undo does. */
  async undo(
    { sync: { id: syncId, undo } }: SyncResult,
    { mode = 'live', pageSize = 3, deliver = (items) => items }: Pick<SyncPlan, 'mode' | 'deliver' | 'pageSize'> = {},
  ): Promise<SyncResult> {
    const undone = await this.syncs.sync(tenantId, syncId);
    const totals = await this.outcomes.totals(tenantId, syncId);
    const outcomes = totals.reduce((sum, { state, count }) => (state === 'applied' ? sum + count : sum), 0);
    const sync = await this.queue(mode, {
      syncId,
      round: undone?.round ?? 0,
      outcomes,
      byHand: undo?.byHand === true,
    });
    const pages: PlannedPage[] = [];
    for await (const page of undoPages(this.outcomes, sync, pageSize)) {
      pages.push(await this.undoPlanner.plan(sync, page, 1));
    }
    for (const page of deliver(pages)) await this.outcomes.insertPlanned(page);
    await this.undoSettler.settle(sync, { key: `${sync.id}:settle`, holder: 'test', claim: 1 });
    const header = await this.insertSettled(sync);
    await this.end(sync, deliver);
    return this.result(sync, header);
  }

  /** Applies what a person named of a plan that has ended. */
  async approve(
    { sync, header }: SyncResult,
    selection: { all?: boolean; seqs?: number[]; includeHeld?: boolean },
  ): Promise<SyncResult> {
    const { all = false, seqs = [], includeHeld = false } = selection;
    const round = await this.syncs.addApproval(tenantId, sync.id, {
      verdict: 'approve',
      selection: { all, seqs, filter: null, includeHeld },
      planHash: header.planHash,
      by: 'test',
      comment: '',
      at: this.clock.now(),
    });
    await this.applyRound({ ...sync, round }, (items) => items);
    return this.result(sync, header);
  }

  users(): Promise<User[]> {
    return this.directory.listUsers(tenantId, {}, null, 1000);
  }

  /** Everything that the directory says: users and links, what was last seen included. */
  async dump(): Promise<{ users: User[]; links: Link[] }> {
    const users = await this.users();
    const links = await this.directory.linksOfUsers(
      tenantId,
      users.map(({ id }) => id),
    );
    return { users, links: [...links.values()].flat() };
  }

  /** The users of present links by source id. */
  async linked(sourceIds: readonly string[]): Promise<Map<string, Link>> {
    return this.directory.links(tenantId, integrationId, sourceIds);
  }

  /** How many outcomes the record of this sequence has. */
  async outcomesOf({ sync }: SyncResult, seq: number): Promise<number> {
    const rows = await this.outcomes.bySeqs(tenantId, sync.id, [seq]);
    const unchanged = await this.outcomes.unchangedUser(tenantId, sync.id, seq);
    return rows.length + (unchanged === null ? 0 : 1);
  }

  private async end(sync: Sync, deliver: <Item>(items: Item[]) => Item[]): Promise<void> {
    let state: 'completed' | 'awaitingApproval' = 'completed';
    if (sync.mode === 'live') {
      await this.syncs.move(tenantId, sync.id, 'planning', 'applying', { round: 0 });
      await this.applyRound({ ...sync, round: 0 }, deliver);
      if ((await this.outcomes.countHeld(tenantId, sync.id)) > 0) state = 'awaitingApproval';
      await this.syncs.move(tenantId, sync.id, 'applying', state, { endedAt: this.clock.now() });
    } else {
      await this.syncs.move(tenantId, sync.id, 'planning', state, { endedAt: this.clock.now() });
    }
  }

  private async applyRound(sync: Sync, deliver: <Item>(items: Item[]) => Item[]): Promise<void> {
    await this.lister.fix(sync, new AbortController().signal);
    const list = await this.settlements.sliceList(tenantId, sync.id, sync.round);
    const numbers = Array.from({ length: list?.slices ?? 0 }, (_, slice) => slice);
    for (const slice of deliver(numbers)) {
      const named = { tenantId, integrationId, syncId: sync.id, round: sync.round, slice, claim: 1 };
      const { reports } = await this.applier.apply([named], sync.generation);
      for (const report of reports) await this.outcomes.recordSlice(report);
    }
  }

  private async insertSettled(sync: Sync): Promise<SettlementHeader> {
    const header = await this.settlements.header(tenantId, sync.id);
    if (header === null) throw new Error('the sync was not settled');
    for (let index = 0; index < header.chunks; index += 1) {
      const chunk = await this.settlements.chunk(tenantId, sync.id, header.attempt, index);
      if (chunk?.kind === 'exceptions') await this.outcomes.insertExceptions(tenantId, sync.id, chunk.rows);
      if (chunk?.kind === 'removals') {
        await this.outcomes.insertRemovals(tenantId, sync.id, chunk.page, chunk.firstSeq, chunk.rows);
      }
    }
    return header;
  }

  private async result(sync: Sync, header: SettlementHeader): Promise<SyncResult> {
    const rows = await this.outcomes.list(tenantId, sync.id, {}, -1, 10_000);
    return { sync, header, rows, totals: await this.outcomes.totals(tenantId, sync.id) };
  }

  private async queue(mode: SyncMode, undo: UndoCommand | null = null): Promise<Sync> {
    const id = `syn_${String(this.syncCount).padStart(16, '0')}` as SyncId;
    this.syncCount += 1;
    const now = this.clock.now();
    const sync: Omit<Sync, 'generation'> = {
      id,
      tenantId,
      integrationId,
      mode,
      trigger: undo === null ? 'manual' : 'undo',
      state: 'planning',
      lane: 'bulk',
      frozen: {
        mapping: {
          version: 1,
          definition: {
            identity: 'connector',
            attributes: {
              fullName: 'name',
              email: 'mail',
              employeeId: 'num',
              active: 'active',
              terminationDate: 'end',
            },
            scope: "scope != 'out'",
            restricted: null,
          },
        },
        attributes: [...standardAttributes],
        attributesRevision: 1,
        settingsRevision: 1,
        connectorId: 'test',
        sourceIdExpression: 'id',
        precedence: 'primary',
        onLeavingScope: 'deprovision',
        safeguards: this.safeguards,
        timeZone: 'UTC',
        deprovisioningDelayDays: 7,
      },
      now,
      today: now.slice(0, 10),
      person: null,
      failedOf: null,
      reread: false,
      session: null,
      snapshotOf: id,
      edit: null,
      undo,
      requestedBy: 'test',
      inPipeline: true,
      turn: 0,
      round: -1,
      cancelRequested: false,
      supersededBy: null,
      republished: false,
      failure: null,
      createdAt: now,
      startedAt: now,
      plannedAt: null,
      settledAt: null,
      endedAt: null,
      progressedAt: now,
    };
    return { ...sync, generation: await this.syncs.queue(sync) };
  }

  private async store(frozen: FrozenSync, records: readonly SourceRecord[], plan: SyncPlan): Promise<MappedPage[]> {
    const { sync } = frozen;
    const pageSize = plan.pageSize ?? 3;
    const pages: MappedPage[] = [];
    for (let firstSeq = 0; firstSeq < records.length; firstSeq += pageSize) {
      const raw = records.slice(firstSeq, firstSeq + pageSize).map((record) => ({
        bytes: Buffer.from(JSON.stringify(record)),
      }));
      const body = await encodePage(raw);
      const page = pages.length;
      await this.snapshots.insertPage(
        tenantId,
        sync.id,
        {
          page,
          firstSeq,
          records: raw.length,
          bytes: body.length,
          contentHash: contentHash(body),
          cursorAfter: null,
          claim: 1,
        },
        body,
      );
      pages.push(await this.map(frozen, page, firstSeq, raw));
    }
    const manifest: Manifest = {
      pages: pages.length,
      records: records.length,
      bytes: 0,
      extent: plan.extent ?? 'full',
      wholeness: plan.wholeness ?? 'complete',
      evidence: { declaredFirst: null, declaredLast: null, distinctSourceIds: null, endSeen: true, reason: '' },
      fetch: { requests: 1, retries: 0, byStatus: {}, startedAt: sync.now },
      failure: null,
      finishedAt: sync.now,
    };
    await this.snapshots.insertManifest(tenantId, sync.id, manifest, 1);
    return pages;
  }

  /** As the mapper does: what was last seen passes as unchanged, the rest is mapped. */
  private async map(
    { sync, mapping }: FrozenSync,
    page: number,
    firstSeq: number,
    raw: { bytes: Uint8Array }[],
  ): Promise<MappedPage> {
    if (mapping === null) throw new Error('these tests have a mapping');
    const mapped: MappedRecord[] = [];
    const seen: MappedPage['seen'] = { seqs: [], sourceIds: [], userIds: [], userVersions: [] };
    for (const [index, record] of raw.entries()) {
      const one = mapRawRecord(mapping, record, firstSeq + index, sync.today);
      const link =
        one.sourceId === null
          ? undefined
          : (await this.directory.links(tenantId, integrationId, [one.sourceId])).get(one.sourceId);
      const last = link?.presence === 'present' ? link.seen : null;
      const isDue = last?.dueDate !== null && last?.dueDate !== undefined && last.dueDate <= sync.today;
      if (link === undefined || last === null || last.recordHash !== recordHash(record.bytes) || isDue) {
        mapped.push(one);
        continue;
      }
      seen.seqs.push(one.seq);
      seen.sourceIds.push(link.sourceId);
      seen.userIds.push(link.userId);
      seen.userVersions.push(last.userVersion);
    }
    return {
      tenantId,
      integrationId,
      syncId: sync.id,
      page,
      firstSeq,
      records: raw.length,
      claim: 1,
      mapped,
      seen,
    };
  }
}
