import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  hash64,
  nameOf,
  SettingsStore,
  type IntegrationId,
  type OutcomeRow,
  type Sync,
  type TenantId,
  type User,
  type UserId,
} from '#core';
import type { HashTable } from '#reconciliation';

const linksPerRead = 1000;

/** A linked person whom the snapshot does not hold. */
export interface MissingPerson {
  /** Without its sequence. */
  row: Omit<OutcomeRow, 'seq'>;
  userId: UserId;
}

/** Walks an integration's present links and tells what becomes of the people that a whole snapshot no longer shows. */
@Injectable()
export class RemovalFinder {
  constructor(
    private readonly directory: DirectoryStore,
    private readonly settings: SettingsStore,
  ) {}

  /** Present links whose source id the snapshot does not hold, some at a time. */
  async *missingLinks(sync: Sync, sources: HashTable): AsyncGenerator<{ sourceId: string; userId: UserId }[]> {
    const words = new Uint32Array(2);
    for (let after: string | null = null; ;) {
      const links = await this.directory.presentLinks(sync.tenantId, sync.integrationId, after, linksPerRead);
      const missing = links.filter(({ sourceId }) => {
        hash64(sourceId, words, 0);
        return sources.get(words[0] ?? 0, words[1] ?? 0) === -1;
      });
      if (missing.length > 0) yield missing;
      const last = links.at(-1);
      if (links.length < linksPerRead || last === undefined) return;
      after = last.sourceId;
    }
  }

  /**
   * What becomes of each: removed, handed to another primary integration that still shows them, or only unlinked because
   * the snapshot shows them under another source id. A user with several missing links is removed once.
   *
   * @param taken users that another record of this snapshot has been matched to; the old link stays until that match
   *   has been applied, so that nobody is left without a link
   * @param isShown whether the snapshot holds a source id
   */
  async decide(
    sync: Sync,
    missing: readonly { sourceId: string; userId: UserId }[],
    taken: ReadonlySet<UserId>,
    isShown: (sourceId: string) => boolean,
  ): Promise<MissingPerson[]> {
    const ids = missing.map(({ userId }) => userId);
    const users = await this.directory.users(sync.tenantId, ids);
    const heirs = await this.heirs(sync, [...users.values()]);
    const links = await this.directory.linksOfUsers(sync.tenantId, [...users.keys()]);
    return missing.flatMap(({ sourceId, userId }) => {
      const user = users.get(userId);
      if (user === undefined || user.status === 'anonymized') return [];
      const others = (links.get(userId) ?? []).filter(
        (link) => link.integrationId === sync.integrationId && link.sourceId !== sourceId,
      );
      const present = others.filter(({ presence }) => presence === 'present');
      if (taken.has(userId)) return [{ userId, row: unlinkedRow(sourceId, user, 'none') }];
      if (present.some((other) => isShown(other.sourceId) || other.sourceId < sourceId)) {
        return [{ userId, row: unlinkedRow(sourceId, user, 'absent') }];
      }
      // Shown under an id that had been absent: it may fail to come back, so the link that stands is left alone.
      if (others.some((other) => isShown(other.sourceId))) {
        return [{ userId, row: unlinkedRow(sourceId, user, 'none') }];
      }
      return [{ userId, row: missingRow(sync, sourceId, user, heirs.get(userId) ?? null) }];
    });
  }

  /** The other primary integration that holds each of these owned active users present; the oldest one when several do. */
  async heirs(sync: Sync, users: readonly User[]): Promise<Map<UserId, IntegrationId>> {
    const owned = users.filter(({ status, owner }) => status === 'active' && owner === sync.integrationId);
    const heirs = new Map<UserId, IntegrationId>();
    if (owned.length === 0) return heirs;
    const links = await this.directory.linksOfUsers(
      sync.tenantId,
      owned.map(({ id }) => id),
    );
    const primaries = new Map<IntegrationId, string | null>();
    for (const user of owned) {
      const others = (links.get(user.id) ?? []).filter(
        (link) => link.integrationId !== sync.integrationId && link.presence === 'present',
      );
      const eligible: [IntegrationId, string][] = [];
      for (const { integrationId } of others) {
        const since = await this.primarySince(sync.tenantId, integrationId, primaries);
        if (since !== null) eligible.push([integrationId, since]);
      }
      eligible.sort((left, right) => (left[1] + left[0] < right[1] + right[0] ? -1 : 1));
      const [heir] = eligible;
      if (heir !== undefined) heirs.set(user.id, heir[0]);
    }
    return heirs;
  }

  private async primarySince(
    tenantId: TenantId,
    id: IntegrationId,
    known: Map<IntegrationId, string | null>,
  ): Promise<string | null> {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const integration = await this.settings.integration(tenantId, id);
    const since = integration?.precedence === 'primary' && integration.enabled ? integration.createdAt : null;
    known.set(id, since);
    return since;
  }
}

/** The link is missing, the person is not (or another of their missing links speaks for them). */
function unlinkedRow(sourceId: string, user: User, link: OutcomeRow['link']): Omit<OutcomeRow, 'seq'> {
  return {
    outcome: 'skipped',
    reason: 'missingFromSnapshot',
    state: null,
    sourceId,
    userId: user.id,
    label: nameOf(user),
    changes: {},
    problems: [],
    userVersion: user.version,
    link,
    recordHash: null,
    dueDate: null,
  };
}

function missingRow(sync: Sync, sourceId: string, user: User, heir: IntegrationId | null): Omit<OutcomeRow, 'seq'> {
  const unlinked = unlinkedRow(sourceId, user, 'absent');
  if (user.status === 'deactivated') return { ...unlinked, reason: 'alreadyTerminated' };
  if (user.owner !== sync.integrationId) return { ...unlinked, reason: 'secondarySource' };
  if (heir !== null) {
    return { ...unlinked, outcome: 'updated', reason: 'ownerChanged', changes: { owner: [user.owner, heir] } };
  }
  return { ...unlinked, outcome: 'deprovisioned', changes: { status: ['active', 'deactivated'] } };
}
