import { Injectable } from '@nestjs/common';
import { ConnectorRegistry } from '#connector-sdk';
import {
  Clock,
  type EditCommand,
  type FrozenSettings,
  type Integration,
  isFromCommand,
  newSync,
  requestedByMuster,
  type RoleName,
  SettingsStore,
  type Sync,
  type SyncId,
  type SyncMode,
  SyncStore,
  type SyncTrigger,
  type Tenant,
  type UndoCommand,
} from '#core';
import { TypedBus } from './typed-bus.js';

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
  /** The sync whose failed records are read again. */
  failedOf?: SyncId | null;
  /** What an earlier sync has applied is read again, too. */
  reread?: boolean;
  edit?: EditCommand;
  undo?: UndoCommand;
  /** Left out: a new one. */
  id?: SyncId;
}

/**
 * Makes syncs with everything that decides them fixed, and wakes whoever carries them on. Whoever asks for a sync has made
 * sure that this installation has the integration's connector; changes by hand and undos need none.
 */
@Injectable()
export class SyncQueue {
  constructor(
    private readonly syncs: SyncStore,
    private readonly settings: SettingsStore,
    private readonly connectors: ConnectorRegistry,
    private readonly bus: TypedBus,
    private readonly clock: Clock,
  ) {}

  async queue(request: SyncRequest): Promise<SyncId> {
    const sync = await this.prepare(request);
    await this.syncs.queue(sync);
    await this.wakeFor(sync);
    return sync.id;
  }

  /** The row of a sync as of now, not stored yet. */
  async prepare(request: SyncRequest): Promise<Omit<Sync, 'generation'>> {
    const {
      tenant,
      integration,
      mode,
      trigger,
      requestedBy,
      person = null,
      snapshotOf,
      failedOf = null,
      reread = false,
      edit = null,
      undo = null,
      id,
    } = request;
    return newSync({
      tenantId: tenant.id,
      integrationId: integration.id,
      mode,
      trigger,
      lane: trigger === 'push' || person !== null || edit !== null || undo?.byHand === true ? 'quick' : 'bulk',
      frozen: await this.freeze(request),
      now: this.clock.now(),
      requestedBy,
      person,
      failedOf,
      reread,
      edit,
      undo,
      ...(snapshotOf === undefined ? {} : { snapshotOf }),
      ...(id === undefined ? {} : { id }),
    });
  }

  /** As {@link prepare}, for a sync that nobody asked for: of the tenant and the active mapping as they are now. */
  async prepareUnasked(
    integration: Integration,
    { mode, trigger, id: syncId }: Pick<SyncRequest, 'mode' | 'trigger' | 'id'>,
  ): Promise<Omit<Sync, 'generation'>> {
    const { tenantId, id, activeMappingVersion: active } = integration;
    const tenant = await this.settings.tenant(tenantId);
    if (tenant === null) throw new Error(`The tenant ${tenantId} of integration ${id} is not there.`);
    const mapping = active === null ? null : await this.settings.mapping(tenantId, id, active);
    return this.prepare({
      tenant,
      integration,
      mode,
      trigger,
      mapping: mapping === null ? null : { version: mapping.version, definition: mapping.definition },
      requestedBy: requestedByMuster,
      ...(syncId === undefined ? {} : { id: syncId }),
    });
  }

  /** Wakes the roles that a newly stored sync begins with. */
  async wakeFor(sync: Pick<Sync, 'id' | 'tenantId' | 'integrationId' | 'edit' | 'undo'>): Promise<void> {
    await this.wake(sync, isFromCommand(sync) ? ['reporter', 'reconciler'] : ['fetcher', 'reporter']);
  }

  /** Says that there is something to do for a sync. A lost word harms nobody: roles look by themselves, too. */
  async wake(sync: Pick<Sync, 'id' | 'tenantId' | 'integrationId'>, roles: readonly RoleName[]): Promise<void> {
    const { id, tenantId, integrationId } = sync;
    const commands = roles.map((role) => ({ role, tenantId, integrationId, syncId: id }));
    await this.bus.publish('sync-commands', 'bulk', commands);
  }

  private async freeze({ tenant, integration, mapping }: SyncRequest): Promise<FrozenSettings> {
    return {
      mapping,
      attributes: await this.settings.attributes(tenant.id),
      attributesRevision: tenant.attributesRevision,
      settingsRevision: integration.revision,
      connectorId: integration.connectorId,
      sourceIdExpression: this.connectors.sourceIdExpression(integration) ?? '',
      precedence: integration.precedence,
      onLeavingScope: integration.onLeavingScope,
      safeguards: integration.safeguards,
      timeZone: tenant.timeZone,
      deprovisioningDelayDays: tenant.deprovisioningDelayDays,
    };
  }
}
