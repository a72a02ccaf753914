import { Injectable } from '@nestjs/common';
import {
  Clock,
  type EditCommand,
  type FrozenSettings,
  type Integration,
  localDate,
  newId,
  type RoleName,
  SettingsStore,
  type Sync,
  type SyncId,
  type SyncMode,
  SyncStore,
  type SyncTrigger,
  type Tenant,
} from '#core';
import { ConnectorRegistry } from '#connector-sdk';
import { TypedBus } from '#pipeline';
import { ProblemError } from '../../../http/problem.errors.js';

export interface SyncRequest {
  tenant: Tenant;
  integration: Integration;
  mode: SyncMode;
  trigger: SyncTrigger;
  mapping: FrozenSettings['mapping'];
  requestedBy: string;
  /** The source's id of the one person to fetch. */
  person?: string | null;
  /** Whose snapshot is read; left out: its own. */
  snapshotOf?: SyncId;
  edit?: EditCommand;
}

/** Queues syncs with everything that decides them fixed, and wakes whoever carries them on. */
@Injectable()
export class SyncQueue {
  constructor(
    private readonly syncs: SyncStore,
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly bus: TypedBus,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `connectorMissing` when the source could not be read at all */
  async queue(request: SyncRequest): Promise<SyncId> {
    const { tenant, integration, mode, trigger, person = null, edit = null } = request;
    const id = newId('sync');
    const now = this.clock.now();
    const sync: Omit<Sync, 'generation'> = {
      id,
      tenantId: tenant.id,
      integrationId: integration.id,
      mode,
      trigger,
      state: 'queued',
      lane: person !== null || edit !== null ? 'quick' : 'bulk',
      frozen: await this.freeze(request),
      now,
      today: localDate(now, tenant.timeZone),
      person,
      snapshotOf: request.snapshotOf ?? id,
      edit,
      requestedBy: request.requestedBy,
      inPipeline: false,
      round: -1,
      cancelRequested: false,
      supersededBy: null,
      republished: false,
      failure: null,
      createdAt: now,
      startedAt: null,
      plannedAt: null,
      settledAt: null,
      endedAt: null,
      progressedAt: now,
    };
    await this.syncs.queue(sync);
    await this.wake(sync, edit === null ? ['fetcher', 'reporter'] : ['reporter', 'reconciler']);
    return id;
  }

  /** Says that there is something to do for a sync. A lost word harms nobody: roles look by themselves, too. */
  async wake(sync: Pick<Sync, 'id' | 'tenantId' | 'integrationId'>, roles: readonly RoleName[]): Promise<void> {
    const { id, tenantId, integrationId } = sync;
    const commands = roles.map((role) => ({ role, tenantId, integrationId, syncId: id }));
    await this.bus.publish('sync-commands', 'bulk', commands);
  }

  private async freeze({ tenant, integration, mapping, edit }: SyncRequest): Promise<FrozenSettings> {
    const connector = this.connectors.get(integration.connectorId);
    if (connector === undefined && edit === undefined) {
      const detail = `This Muster has no connector ${integration.connectorId}. Install it, or disable the integration.`;
      throw new ProblemError('connectorMissing', detail);
    }
    return {
      mapping,
      attributes: await this.settings.attributes(tenant.id),
      attributesRevision: tenant.attributesRevision,
      settingsRevision: integration.revision,
      connectorId: integration.connectorId,
      sourceIdExpression: connector?.sourceIdExpression ?? '',
      precedence: integration.precedence,
      onLeavingScope: integration.onLeavingScope,
      safeguards: integration.safeguards,
      timeZone: tenant.timeZone,
      deprovisioningDelayDays: tenant.deprovisioningDelayDays,
    };
  }
}
