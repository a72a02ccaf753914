import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  emailKey,
  employeeIdKey,
  type IntegrationId,
  type OutcomeFilter,
  type OutcomeSearch,
  OutcomeStore,
  SettingsStore,
  type Sync,
  SyncStore,
  type TenantId,
  type User,
  type UserId,
} from '#core';
import { type TracedOutcome, UserHistory } from '../users/user-history.js';

/** People shown at most: who searches for more should say more of the name. */
export const peopleAtMost = 10;
const integrationsAtMost = 50;
/** Newest syncs of an integration looked for, and searched. */
const syncsLookedAt = 20;
const syncsSearched = 2;
const historyRead = 10;
/** Pages of a search that are read of one sync. */
const pagesSearched = 3;

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
}

export interface FoundPeople {
  users: FoundUser[];
  /** The newest outcome of each person who is not among the users. */
  others: TracedOutcome[];
  more: boolean;
  /** Some pages of the syncs searched were left unread. */
  isPartial: boolean;
  searched: Sync[];
}

/** Finds people by what somebody knows of them, in the directory and among those whom the newest syncs stopped. */
@Injectable()
export class PeopleFinder {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly outcomes: OutcomeStore,
    private readonly history: UserHistory,
  ) {}

  async find(tenantId: TenantId, q: string): Promise<FoundPeople> {
    const integrations = await this.settings.integrations(tenantId, { after: null, limit: integrationsAtMost });
    const ids = integrations.map(({ id }) => id);
    const searched = (await Promise.all(ids.map((id) => this.newestSyncs(tenantId, id)))).flat();
    const users = await this.users(tenantId, ids, q);
    const { others, isPartial } = await this.others(tenantId, searched, q, new Set(users.keys()));
    const shown = [...users.values()].slice(0, peopleAtMost);
    return {
      users: await Promise.all(
        shown.map(async (user) => ({ user, history: await this.history.trace(user, null, historyRead) })),
      ),
      others: others.slice(0, peopleAtMost - shown.length),
      more: users.size + others.length > peopleAtMost,
      isPartial,
      searched,
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
  private async others(tenantId: TenantId, syncs: readonly Sync[], q: string, known: Set<UserId>) {
    const found = new Map<string, TracedOutcome>();
    let isPartial = false;
    for (const sync of syncs) {
      let next: number | null = -1;
      for (let page = 0; page < pagesSearched && next !== null && found.size <= peopleAtMost; page += 1) {
        const search: OutcomeSearch = await this.outcomes.find(tenantId, sync.id, stopped, q, next, peopleAtMost + 1);
        next = search.next;
        for (const row of search.rows) {
          if (row.userId !== null && known.has(row.userId)) continue;
          const person = `${sync.integrationId} ${row.sourceId ?? `${sync.id} ${String(row.seq)}`}`;
          if (!found.has(person)) found.set(person, { row, sync });
        }
      }
      isPartial ||= next !== null && found.size <= peopleAtMost;
    }
    return { others: [...found.values()], isPartial };
  }

  private async newestSyncs(tenantId: TenantId, integrationId: IntegrationId): Promise<Sync[]> {
    const newest = await this.syncs.syncs(tenantId, { integrationId }, null, syncsLookedAt);
    return newest
      .filter(({ edit, state }) => edit === null && state !== 'queued' && state !== 'fetching')
      .slice(0, syncsSearched);
  }
}
