import { Injectable } from '@nestjs/common';
import {
  type FrozenSettings,
  type Integration,
  SettingsStore,
  SnapshotStore,
  type Sync,
  type SyncFilter,
  type SyncId,
  type SyncMode,
  SyncStore,
  type TenantId,
} from '#core';
import { ConnectorRegistry } from '#connector-sdk';
import { ProblemError } from '../../../../http/problem.errors.js';

/** What must hold before a sync is queued. Each rule throws a `ProblemError` that says what to do instead. */
@Injectable()
export class SyncRules {
  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly snapshots: SnapshotStore,
    private readonly connectors: ConnectorRegistry,
  ) {}

  requireEnabled({ enabled, id }: Integration): void {
    if (!enabled) throw new ProblemError('integrationDisabled', `Enable integration ${id} first.`);
  }

  requireConnector({ connectorId }: Integration): void {
    if (this.connectors.get(connectorId) !== undefined) return;
    const detail = `This Muster has no connector ${connectorId}. Install it, or disable the integration.`;
    throw new ProblemError('connectorMissing', detail);
  }

  requirePersonFetch({ connectorId }: Integration, replayed: string | undefined): void {
    if (replayed !== undefined) {
      const message = 'A replay reads what is stored, not one person from the source; leave person out.';
      throw new ProblemError('unprocessable', message, [{ pointer: '/person', code: 'notAllowed', message }]);
    }
    if (this.connectors.get(connectorId)?.capabilities.person === true) return;
    throw new ProblemError(
      'personUnsupported',
      `The connector ${connectorId} reads everybody or nobody. Start a sync of the integration, without person.`,
    );
  }

  requireReread(
    { connectorId }: Integration,
    {
      replayOfSyncId,
      only,
      person,
    }: { replayOfSyncId?: string | undefined; only?: string | undefined; person?: string | undefined },
  ): void {
    const message =
      replayOfSyncId !== undefined || only !== undefined
        ? 'A replay reads what is stored and nothing at the source; leave reread out.'
        : person !== undefined
          ? 'One person is read in any case; leave reread out.'
          : this.connectors.get(connectorId)?.capabilities.reread === true
            ? null
            : `The connector ${connectorId} leaves out nothing because it was applied before; leave reread out.`;
    if (message === null) return;
    throw new ProblemError('unprocessable', message, [{ pointer: '/reread', code: 'notAllowed', message }]);
  }

  /** The mapping to freeze; null only for a dry sync of an integration without an active one. */
  async mappingFor(
    { tenantId, id, activeMappingVersion }: Integration,
    mode: SyncMode,
    version: number | undefined,
  ): Promise<FrozenSettings['mapping']> {
    const wanted = version ?? activeMappingVersion;
    const mapping = wanted === null ? null : await this.settings.mapping(tenantId, id, wanted);
    if (mapping !== null) return { version: mapping.version, definition: mapping.definition };
    if (version !== undefined) {
      const message = `Integration ${id} has no mapping version ${String(version)}.`;
      throw new ProblemError('unprocessable', message, [{ pointer: '/mappingVersion', code: 'notAllowed', message }]);
    }
    if (mode === 'dry') return null;
    throw new ProblemError(
      'noActiveMapping',
      'Save a mapping and activate it, or name a version. A dry sync works without one.',
    );
  }

  /** Whose snapshot a replay reads. Live, only the newest complete one: an older one would bring back the past. */
  async snapshotFor(integration: Integration, mode: SyncMode, replayOf: string): Promise<SyncId> {
    const { tenantId, id } = integration;
    const { snapshotOf } = await this.replayed(integration, replayOf);
    await this.requireStored(tenantId, snapshotOf);
    if (mode === 'live' && (await this.syncs.newestCompleteSnapshot(tenantId, id)) !== snapshotOf) {
      throw new ProblemError('notNewestSnapshot', 'Replay it dry to look at it, or sync live from the source.');
    }
    return snapshotOf;
  }

  async replayed({ tenantId, id }: Integration, replayOf: string): Promise<Sync> {
    const replayed = await this.syncs.sync(tenantId, replayOf as SyncId);
    if (replayed?.integrationId === id) return replayed;
    const message = `Integration ${id} has no such sync.`;
    throw new ProblemError('unprocessable', message, [{ pointer: '/replayOfSyncId', code: 'notAllowed', message }]);
  }

  async requireStored(tenantId: TenantId, snapshotOf: SyncId): Promise<void> {
    const manifest = await this.snapshots.manifest(tenantId, snapshotOf);
    if (manifest === null || manifest.wholeness === 'failed') {
      throw new ProblemError(
        'snapshotGone',
        'That sync has no finished snapshot. Replay one whose fetch has ended well.',
      );
    }
    if (manifest.pages > 0 && (await this.snapshots.page(tenantId, snapshotOf, 0)) === null) {
      throw new ProblemError('snapshotGone', 'That snapshot is past retention. Sync again from the source.');
    }
  }

  /**
   * Whether a live sync makes the integration live: it is in `observe` and a dry sync has shown what it would do to people. One that
   * read nobody shows nothing: of a source that is empty, or of an inbox to which nothing has been sent.
   *
   * @throws ProblemError `dryFirst` when none has
   */
  async becomesLive({ tenantId, id, standing }: Integration): Promise<boolean> {
    if (standing === 'live') return false;
    if (await this.syncs.hasDryPlan(tenantId, id)) return true;
    const dry: SyncFilter = { integrationId: id, mode: 'dry', state: 'completed' };
    const [empty] = await this.syncs.syncs(tenantId, dry, null, 1);
    throw new ProblemError('dryFirst', empty === undefined ? dryFirst : nobodyPlanned);
  }
}

const dryFirst = 'Run a dry sync, look at its plan and approve it, or sync live after it has completed.';
const nobodyPlanned =
  'No dry sync of everybody has read and mapped anybody yet, so there is no plan to look at. Run one when the source has people and a mapping is active; where it is rightly empty, an operator sets `standing` to live.';
