import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  type EffectiveOutcome,
  emailKey,
  employeeIdKey,
  fitsFilter,
  type IntegrationId,
  type OutcomeFilter,
  type OutcomeSearch,
  OutcomeStore,
  SettingsStore,
  type SyncOutline,
  SyncStore,
  type TenantId,
  type User,
  type UserId,
} from '#core';
import { type LastRecord, LastRecordFinder, recordOf } from '../outcomes/last-record.js';
import { SyncTrail, type TrailStep } from '../syncs/sync-trail.js';
import { type TracedOutcome, UserHistory } from '../users/user-history.js';

/** People shown at most: who searches for more should say more of the name. */
export const peopleAtMost = 10;
const integrationsAtMost = 50;
/**
 * How far back the syncs of an integration are searched: to the second that read all of its source, since it says anew what
 * older ones said, over so many syncs of less, and so many records of those.
 */
const wholesSearched = 2;
const syncsAtMost = 2_000;
const largeAtMost = 20;
const recordsAtMost = 100_000;
/** So many are searched however long it takes; others as long as there is time. */
const syncsAtLeast = 200;
const largeAtLeast = 2;
const enoughMs = 30;
const historyRead = 10;
/** Pages of a search that are read of one large sync, and outcomes of small ones at once. */
const pagesSearched = 3;
const wordsPerStep = 200;

/** What an outcome must be like to have stopped somebody. Who is unchanged is a user. */
const stopped: readonly OutcomeFilter[] = [
  { outcome: 'failed' },
  { state: 'held' },
  { state: 'drifted' },
  { state: 'rejected' },
  { outcome: 'skipped', exceptReason: 'unchanged' },
  { state: 'planned' },
];

export interface FoundUser {
  user: User;
  /** Newest first; some. */
  history: TracedOutcome[];
  lastRecord: LastRecord;
}

/** How far back an integration's syncs were searched. */
export interface Reach {
  integrationId: IntegrationId;
  /** Newest first. */
  syncs: SyncOutline[];
  /** Older syncs might say more, or part of these was left unread. */
  isPartial: boolean;
}

export interface FoundPeople {
  users: FoundUser[];
  /** The newest outcome of each person who is not among the users. */
  others: TracedOutcome[];
  more: boolean;
  /** Not all of what might say more was searched. */
  isPartial: boolean;
  searched: Reach[];
}

interface LookedBack extends Reach {
  /** The newest outcome of each person whom one of the syncs stopped. */
  stopped: EffectiveOutcome[];
}

/** Finds people by what somebody knows of them, in the directory and among those whom syncs stopped. */
@Injectable()
export class PeopleFinder {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly history: UserHistory,
    private readonly trail: SyncTrail,
    private readonly lastRecords: LastRecordFinder,
  ) {}

  async find(tenantId: TenantId, q: string): Promise<FoundPeople> {
    const integrations = await this.settings.integrations(tenantId, { after: null, limit: integrationsAtMost + 1 });
    const ids = integrations.slice(0, integrationsAtMost).map(({ id }) => id);
    const users = await this.users(tenantId, ids, q);
    const until = performance.now() + enoughMs;
    const lookedBack = await Promise.all(ids.map((id) => this.lookBack(tenantId, id, q, new Set(users.keys()), until)));
    const others = (await Promise.all(lookedBack.map((one) => this.notLinked(tenantId, one, users)))).flat();
    const shown = [...users.values()].slice(0, peopleAtMost);
    return {
      users: await this.told(tenantId, shown, until),
      others: await this.traced(tenantId, others.slice(0, peopleAtMost - shown.length)),
      more: users.size + others.length > peopleAtMost,
      isPartial: integrations.length > integrationsAtMost || lookedBack.some((one) => one.isPartial),
      searched: lookedBack,
    };
  }

  private async users(tenantId: TenantId, integrations: readonly IntegrationId[], q: string) {
    const byEmail = emailKey(q);
    const byEmployeeId = employeeIdKey(q);
    const limit = peopleAtMost + 1;
    const list = (filter: Parameters<DirectoryStore['listUsers']>[1]) =>
      this.directory.listUsers(tenantId, filter, null, limit);
    const [links, ...lists] = await Promise.all([
      Promise.all(integrations.map((id) => this.directory.links(tenantId, id, [q]))),
      list({ id: q as UserId }),
      byEmail === null ? [] : list({ emailKey: byEmail }),
      byEmployeeId === null ? [] : list({ employeeIdKey: byEmployeeId }),
      list({ q }),
    ]);
    const linked = links.flatMap((found) => [...found.values()].map(({ userId }) => userId));
    const found = new Map<UserId, User>(await this.directory.users(tenantId, linked));
    for (const user of lists.flat()) found.set(user.id, user);
    return found;
  }

  /** Newest syncs first: what a newer one says of a person stands. */
  private async lookBack(
    tenantId: TenantId,
    integrationId: IntegrationId,
    q: string,
    known: ReadonlySet<UserId>,
    until: number,
  ): Promise<LookedBack> {
    const newest = new Map<string, EffectiveOutcome>();
    const found: LookedBack = { integrationId, syncs: [], isPartial: false, stopped: [] };
    let [large, records] = [0, 0];
    for await (const step of this.trail.back(tenantId, integrationId, null, wholesSearched)) {
      const isSure = step.isLarge ? large < largeAtLeast : found.syncs.length < syncsAtLeast;
      const isTooMuch = found.syncs.length >= syncsAtMost || records >= recordsAtMost || large >= largeAtMost;
      if (isTooMuch || (!isSure && performance.now() > until)) return { ...found, isPartial: true };
      const said = await (step.isLarge ? this.saidByOne(tenantId, step, q, known) : this.saidByMany(tenantId, step, q));
      found.syncs.push(...step.syncs);
      if (step.isLarge) large += 1;
      else records += step.records;
      for (const row of said.rows) {
        const person = row.sourceId ?? row.userId ?? `${row.syncId} ${String(row.seq)}`;
        if (newest.has(person) || !isWord(row) || (row.userId !== null && known.has(row.userId))) continue;
        newest.set(person, row);
        if (isStopped(row)) found.stopped.push(row);
      }
      // Who asks gets no more than these: what they do not see is no part of the answer.
      if (found.stopped.length > peopleAtMost) return found;
      found.isPartial ||= said.isPartial;
    }
    return found;
  }

  /** Of a large sync those whom it stopped, a bounded number. */
  private async saidByOne(
    tenantId: TenantId,
    { syncs: [sync] }: TrailStep,
    q: string,
    known: ReadonlySet<UserId>,
  ): Promise<{ rows: EffectiveOutcome[]; isPartial: boolean }> {
    const rows: EffectiveOutcome[] = [];
    let next: number | null = sync === undefined ? null : -1;
    for (let page = 0; page < pagesSearched && sync !== undefined && next !== null; page += 1) {
      const search: OutcomeSearch = await this.outcomes.find(tenantId, sync.id, stopped, q, next, peopleAtMost + 1);
      rows.push(...search.rows.filter(({ userId }) => userId === null || !known.has(userId)));
      next = search.next;
      if (rows.length > peopleAtMost) break;
    }
    return { rows, isPartial: next !== null };
  }

  private async saidByMany(tenantId: TenantId, { syncs }: TrailStep, q: string) {
    const ids = syncs.map(({ id }) => id);
    const rows = await this.outcomes.findAmong(tenantId, ids, q, wordsPerStep);
    return { rows, isPartial: rows.length === wordsPerStep };
  }

  /** Who was nobody's user then and is one now has come in since: they are among the users. */
  private async notLinked(
    tenantId: TenantId,
    { integrationId, stopped: rows }: LookedBack,
    users: Map<UserId, User>,
  ): Promise<EffectiveOutcome[]> {
    const sourceIds = rows.flatMap(({ userId, sourceId }) => (userId === null && sourceId !== null ? [sourceId] : []));
    if (sourceIds.length === 0) return rows;
    const links = await this.directory.links(tenantId, integrationId, sourceIds);
    const ids = [...links.values()].map(({ userId }) => userId).filter((id) => !users.has(id));
    for (const [id, user] of await this.directory.users(tenantId, ids)) users.set(id, user);
    return rows.filter(({ userId, sourceId }) => userId !== null || sourceId === null || !links.has(sourceId));
  }

  /** Who is active is in the directory: the last record of the others is looked for, as long as there is time. */
  private async told(tenantId: TenantId, users: readonly User[], until: number): Promise<FoundUser[]> {
    const sourceIdOf = await this.lastRecords.sourceIds(tenantId, users);
    const told: FoundUser[] = [];
    for (const user of users) {
      const history = await this.history.trace(user, null, historyRead);
      const integrationId = user.owner ?? history[0]?.sync.integrationId ?? null;
      const isEnough = user.status === 'active' || (told.length > 0 && performance.now() > until);
      if (integrationId === null || isEnough) {
        told.push({ user, history, lastRecord: lastOf(history) });
        continue;
      }
      const named = history.find(({ row, sync }) => row.sourceId !== null && sync.integrationId === integrationId);
      const sourceId = sourceIdOf(user, integrationId) ?? named?.row.sourceId ?? null;
      const lastRecord = await this.lastRecords.newest({ user, integrationId, sourceId }, null);
      told.push({ user, history, lastRecord });
    }
    return told;
  }

  private async traced(tenantId: TenantId, rows: readonly EffectiveOutcome[]): Promise<TracedOutcome[]> {
    const syncs = await this.syncs.byIds(tenantId, [...new Set(rows.map(({ syncId }) => syncId))]);
    return rows.flatMap((row) => {
      const sync = syncs.get(row.syncId);
      return sync === undefined ? [] : [{ row, sync }];
    });
  }
}

/** Of what an outcome is kept of. */
function lastOf(history: readonly TracedOutcome[]): LastRecord {
  const found = history.find(({ row }) => row.recordHash !== null);
  return found === undefined ? null : recordOf(found);
}

function isStopped(row: EffectiveOutcome): boolean {
  return stopped.some((filter) => fitsFilter({ ...row, state: row.effectiveState }, filter));
}

/** What was cancelled or superseded before anything was done says nothing of a person. */
function isWord(row: EffectiveOutcome): boolean {
  return row.effectiveState !== 'cancelled' && row.effectiveState !== 'superseded';
}
