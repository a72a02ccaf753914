import { Injectable } from '@nestjs/common';
import { MusterConfig } from '#config';
import { ConnectorRegistry, type InboxEntry } from '#connector-sdk';
import {
  Clock,
  ConnectorStateStore,
  derivedId,
  hasEnded,
  type Integration,
  type OpenSync,
  requestedByMuster,
  SettingsStore,
  type Sync,
  type SyncId,
  type SyncMode,
  SyncStore,
} from '#core';
import { SyncQueue } from '#pipeline';
import { type AccountId, FolderInbox, InboxDirectory, isBeingSent } from '#sftp-inbox';
import { Logger } from '#telemetry';

/** Whatever else is being sent, files that have been there for so long wait no longer. */
const longestWaitMs = 600_000;
const firstPauseMs = 300_000;
/** So often the same files are read, the first time included. */
const maxTries = 6;

/** What is to be done about the files of an integration: nothing, look again soon, or begin this sync. */
export type ArrivalDecision =
  | { readonly kind: 'nothing' | 'later' }
  | {
      readonly kind: 'begin';
      readonly integration: Integration;
      readonly mode: SyncMode;
      readonly id: SyncId;
      readonly files: readonly InboxEntry[];
    };

/** What beginning syncs of files reads and writes. */
@Injectable()
export class ArrivalStores {
  constructor(
    readonly settings: SettingsStore,
    readonly syncs: SyncStore,
    readonly connectorStates: ConnectorStateStore,
    readonly connectors: ConnectorRegistry,
    readonly config: MusterConfig,
  ) {}
}

/**
 * Begins a sync when the files that it reads have come. Its id is made of these files (name, size and time) and the mode: the same
 * files begin the same sync, whichever fetcher looks at them, and however often, so that no more need be remembered of them.
 */
@Injectable()
export class ArrivalQueue {
  constructor(
    private readonly stores: ArrivalStores,
    private readonly queue: SyncQueue,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  /** Reads, and changes nothing. */
  async decide(account: AccountId): Promise<ArrivalDecision> {
    const { settings, connectors, connectorStates, config } = this.stores;
    const { tenantId, integrationId } = account;
    const integration = await settings.integration(tenantId, integrationId);
    if (config.sftp === null || integration === null) return { kind: 'nothing' };
    if (!integration.enabled || integration.paused !== null) return { kind: 'nothing' };
    const connector = connectors.get(integration.connectorId);
    const set = connector?.config.safeParse(integration.config);
    const arrivals = set?.success === true ? connector?.inbox?.(set.data).arrivals : undefined;
    if (arrivals === undefined) return { kind: 'nothing' };
    const directory = new InboxDirectory(config.sftp.directory);
    const entries = await new FolderInbox(directory.filesOf(account)).list(arrivals.folder);
    if (entries.length === 0) return { kind: 'nothing' };
    const remembered = (await connectorStates.read(tenantId, integrationId))?.state ?? null;
    const files = arrivals.next(entries, remembered);
    if (files === null) return { kind: 'nothing' };

    const nowMs = this.clock.nowMs();
    const stillMs = nowMs - Math.max(...files.map(({ modified }) => modified * 1000));
    if (stillMs < arrivals.pauseSeconds * 1000) return { kind: 'later' };
    if (stillMs < longestWaitMs && (await isBeingSent(directory, account, nowMs))) return { kind: 'later' };
    const mode = integration.standing === 'live' && integration.activeMappingVersion !== null ? 'live' : 'dry';
    const id = await this.nextTry(account, mode, files);
    if (typeof id !== 'string') return id;
    if ((await this.stores.syncs.open(account)).some(isInTheWay)) return { kind: 'later' };
    return { kind: 'begin', integration, mode, id, files };
  }

  async begin({ integration, mode, id, files }: Extract<ArrivalDecision, { kind: 'begin' }>): Promise<void> {
    const { tenantId, id: integrationId } = integration;
    const sync = await this.queue.prepareUnasked(integration, { mode, trigger: 'arrival', id });
    await this.stores.syncs.queue(sync);
    await this.queue.wakeFor(sync);
    this.logger.info('Files that have arrived begin a sync.', { tenantId, integrationId, syncId: id, mode });
    await this.stores.settings.appendAudit({
      tenantId,
      at: this.clock.now(),
      by: requestedByMuster,
      action: 'inbox.sync',
      subject: integrationId,
      detail: `${files.map(({ name }) => name).join(', ')}: ${mode}, ${id}`,
    });
  }

  /** The id of the sync that these files are to begin. */
  private async nextTry(
    { tenantId, integrationId }: AccountId,
    mode: SyncMode,
    files: readonly InboxEntry[],
  ): Promise<SyncId | { readonly kind: 'nothing' | 'later' }> {
    const seen = files.map(({ name, size, modified }) => [name, size, modified]);
    for (let number = 1; number <= maxTries; number += 1) {
      const id = derivedId('sync', JSON.stringify([tenantId, integrationId, mode, seen, number]));
      const sync = await this.stores.syncs.sync(tenantId, id);
      if (sync === null) return id;
      // What it leaves may begin the next one.
      if (!hasEnded(sync.state)) return { kind: 'later' };
      if (!mayEndBetter(sync)) return { kind: 'nothing' };
      const pauseMs = sync.failure?.code === 'sourceCannotResume' ? 0 : firstPauseMs * 2 ** (number - 1);
      if (this.clock.nowMs() < Date.parse(sync.endedAt ?? sync.createdAt) + pauseMs) return { kind: 'nothing' };
    }
    return { kind: 'nothing' };
  }
}

/** A later one would read what this one is about to archive. Changes by hand, pushes and people's dry runs are no matter. */
function isInTheWay({ mode, trigger, state }: OpenSync): boolean {
  if (trigger === 'edit' || trigger === 'push') return false;
  return mode === 'live' || trigger === 'schedule' || trigger === 'arrival' || hasEnded(state);
}

/** The same files give the same again, unless something else has failed than reading them. */
function mayEndBetter({ state, failure }: Sync): boolean {
  if (state !== 'failed') return false;
  const recovery = failure?.recovery;
  return recovery === undefined || recovery === 'retriable';
}
