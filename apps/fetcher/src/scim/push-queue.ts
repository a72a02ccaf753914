import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import {
  Clock,
  countsByOutcome,
  hasEnded,
  type Integration,
  nextSession,
  OutcomeStore,
  type PushSyncBefore,
  ScimPendingStore,
  type ScimScope,
  SettingsStore,
  type Sync,
  SyncStore,
} from '#core';
import { SyncQueue } from '#pipeline';

const scopesAtOnce = 100;
const groupsAtOnce = 20;
const membersAtOnce = 500;
/** A push sync that failed, or that somebody stopped, is not followed by the next at once. */
const pauseMs = 60_000;

/** `fresh`: for whom something new has come; `pending`: also for whom something waits that a sync has seen before. */
export type PushedFor = 'fresh' | 'pending';

/** What making push syncs reads. */
@Injectable()
export class PushQueueStores {
  constructor(
    readonly pending: ScimPendingStore,
    readonly settings: SettingsStore,
    readonly syncs: SyncStore,
    readonly outcomes: OutcomeStore,
  ) {}
}

/**
 * Queues a push sync for each integration that has been pushed to, one at a time: what comes while it is at work has its
 * place in the next. Two who do this at once queue one too many, which finds nothing.
 */
@Injectable()
export class PushQueue {
  constructor(
    private readonly stores: PushQueueStores,
    private readonly connectors: ConnectorRegistry,
    private readonly queue: SyncQueue,
    private readonly clock: Clock,
  ) {}

  async isNeeded(which: PushedFor): Promise<boolean> {
    return (await this.stores.pending.scopes(which, null, 1)).length > 0;
  }

  /** One integration that fails keeps no other waiting. Throws what failed first, at the end. */
  async run(which: PushedFor, signal: AbortSignal): Promise<void> {
    const failures: unknown[] = [];
    for (let after: ScimScope | null = null; ;) {
      const scopes: ScimScope[] = await this.stores.pending.scopes(which, after, scopesAtOnce);
      for (const scope of scopes) {
        if (signal.aborted) return;
        await this.begin(scope, which).catch((error: unknown) => failures.push(error));
      }
      after = scopes.at(-1) ?? null;
      if (scopes.length < scopesAtOnce) break;
    }
    if (failures.length > 0) throw failures[0];
  }

  private async begin(scope: ScimScope, which: PushedFor): Promise<void> {
    const { settings, syncs } = this.stores;
    const integration = await settings.integration(scope.tenantId, scope.integrationId);
    if (integration === null || !integration.enabled || integration.paused !== null) return;
    if (this.connectors.get(integration.connectorId) === undefined) return;
    // Members are found fresh by the next pass.
    if (await this.spreadGroups(scope)) return;
    const isLive = integration.standing === 'live' && integration.activeMappingVersion !== null;
    if (which === 'pending' && !isLive) return;
    const pushes = { integrationId: integration.id, trigger: 'push' } as const;
    const [last = null] = await syncs.syncs(scope.tenantId, pushes, null, 1);
    if (last === null || this.isOver(last)) await this.add(integration, isLive, last);
  }

  /** Whether any group's change was passed on to its members. */
  private async spreadGroups(scope: ScimScope): Promise<boolean> {
    const { pending } = this.stores;
    const groups = await pending.groups(scope, groupsAtOnce);
    for (const group of groups) {
      let after: string | null = null;
      do {
        after = await pending.spread(scope, group, { after, limit: membersAtOnce });
        // A large group must not keep providers waiting for their answers.
        await setImmediate();
      } while (after !== null);
    }
    return groups.length > 0;
  }

  private isOver({ state, endedAt, createdAt }: Sync): boolean {
    if (!hasEnded(state)) return false;
    if (state !== 'failed' && state !== 'cancelled') return true;
    return this.clock.nowMs() - Date.parse(endedAt ?? createdAt) >= pauseMs;
  }

  private async add(integration: Integration, isLive: boolean, last: Sync | null): Promise<void> {
    const prepared = await this.queue.prepareUnasked(integration, { mode: isLive ? 'live' : 'dry', trigger: 'push' });
    const sync = { ...prepared, session: nextSession(prepared, last === null ? null : await this.before(last)) };
    await this.stores.syncs.queue(sync);
    await this.queue.wakeFor(sync);
  }

  private async before(sync: Sync): Promise<PushSyncBefore> {
    return { sync, counts: countsByOutcome(await this.stores.outcomes.totals(sync.tenantId, sync.id)) };
  }
}
