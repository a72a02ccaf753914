import { Injectable } from '@nestjs/common';
import { type Integration, SettingsStore, type Sync, type SyncMode, SyncStore, type Tenant } from '#core';
import { SyncQueue } from '#pipeline';
import { Audit } from '../../../../access/audit.js';
import { type Caller, callerName } from '../../../../http/caller.js';
import type { ProblemCode } from '../../../../http/problem.errors.js';
import { idOfMade } from '../../../../http/repeatable-requests.js';
import { FailedRecordsRules } from './failed-records-rules.js';
import { SyncRules } from './sync-rules.js';

/** What keeps any sync from being started. */
export const startProblems = [
  'connectorMissing',
  'dryFirst',
  'integrationDisabled',
  'noActiveMapping',
  'personUnsupported',
] as const satisfies readonly ProblemCode[];

export interface StartRequest {
  tenant: Tenant;
  integration: Integration;
  asked: {
    mode: SyncMode;
    replayOfSyncId?: string | undefined;
    mappingVersion?: number | undefined;
    only?: 'failed' | undefined;
    person?: string | undefined;
    reread?: boolean;
  };
  caller: Caller;
  repeatSeed: string | null;
}

/** Starts the syncs that people ask for. */
@Injectable()
export class SyncStarter {
  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly rules: SyncRules,
    private readonly failed: FailedRecordsRules,
    private readonly queue: SyncQueue,
    private readonly audit: Audit,
  ) {}

  /** The sync that a repeated request has started already. */
  async queuedBefore({ id: tenantId }: Tenant, repeatSeed: string | null): Promise<Sync | null> {
    return repeatSeed === null ? null : this.syncs.sync(tenantId, idOfMade('sync', repeatSeed));
  }

  /** @throws ProblemError that says what must be done first */
  async start({ tenant, integration, asked, caller, repeatSeed }: StartRequest): Promise<Sync> {
    const id = idOfMade('sync', repeatSeed);
    const { mode, person = null } = asked;
    this.rules.requireEnabled(integration);
    this.rules.requireConnector(integration);
    if (person !== null) this.rules.requirePersonFetch(integration, asked.only ?? asked.replayOfSyncId);
    if (asked.reread === true) this.rules.requireReread(integration, asked);
    const mapping = await this.rules.mappingFor(integration, mode, asked.mappingVersion);
    const failedOf =
      asked.only === undefined ? null : await this.failed.syncFor(integration, mode, asked.replayOfSyncId);
    const snapshotOf =
      asked.replayOfSyncId === undefined || failedOf !== null
        ? null
        : await this.rules.snapshotFor(integration, mode, asked.replayOfSyncId);
    const becomesLive = mode === 'live' && (await this.rules.becomesLive(integration));
    const sync = await this.queue.prepare({
      id,
      tenant,
      integration,
      mode,
      trigger: snapshotOf === null && failedOf === null ? 'manual' : 'replay',
      mapping,
      requestedBy: callerName(caller),
      person,
      failedOf,
      reread: asked.reread ?? false,
      ...(snapshotOf === null ? {} : { snapshotOf }),
    });
    const generation = await this.syncs.queue(sync);
    if (becomesLive) {
      await this.settings.makeLive(tenant.id, integration.id);
      await this.audit.note(caller, tenant.id, 'integration.makeLive', integration.id, `live sync ${id}`);
    }
    // Last: a repeated request finds the sync and looks no further.
    await this.queue.wakeFor(sync);
    return { ...sync, generation };
  }
}
