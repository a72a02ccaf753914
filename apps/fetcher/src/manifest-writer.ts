import { Injectable } from '@nestjs/common';
import { Clock, type Manifest, readsFrom, SnapshotStore, StaleClaimError, type Sync } from '#core';
import { TypedBus } from '#pipeline';
import { Logger, Metrics } from '#telemetry';

/** Writes the last link of a chain, once, and tells the reporter. */
@Injectable()
export class ManifestWriter {
  constructor(
    private readonly snapshots: SnapshotStore,
    private readonly bus: TypedBus,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  /** @throws StaleClaimError when the chain has passed to somebody else */
  async write(sync: Sync, claim: number, manifest: Omit<Manifest, 'finishedAt'>): Promise<void> {
    const { tenantId, id: syncId, frozen } = sync;
    const end = { ...manifest, finishedAt: this.clock.now() };
    const written = await this.snapshots.insertManifest(tenantId, syncId, end, claim);
    if (written === 'refused') {
      throw new StaleClaimError('claimStale', `The snapshot of ${syncId} is in other hands.`, { syncId });
    }
    if (written === 'inserted') {
      const { pages, records, extent, wholeness, failure, fetch } = end;
      const { requests, retries } = fetch;
      const fields = { tenantId, syncId, pages, records, extent, wholeness, requests, retries, code: failure?.code };
      this.logger.info('A fetch has ended.', fields);
      // A replay's manifest repeats what the original asked of the source, and stored records ask nothing of it.
      if (readsFrom(sync) === null) this.count(frozen.connectorId, end);
    }
    await this.tellReporter(sync);
  }

  async tellReporter({ tenantId, integrationId, id: syncId }: Sync): Promise<void> {
    await this.bus.publish('sync-commands', 'bulk', [{ role: 'reporter', tenantId, integrationId, syncId }]);
  }

  private count(connector: string, { fetch, finishedAt, records, wholeness }: Manifest): void {
    const { byStatus, retriesByStatus = {}, startedAt } = fetch;
    const seconds = Math.max(0, Date.parse(finishedAt) - Date.parse(startedAt)) / 1000;
    this.metrics.fetchSeconds.observe({ connector, wholeness }, seconds);
    this.metrics.fetchRecords.observe({ connector, wholeness }, records);
    for (const [status, count] of Object.entries(byStatus))
      this.metrics.fetchRequests.inc({ connector, status }, count);
    for (const [status, count] of Object.entries(retriesByStatus))
      this.metrics.fetchRetries.inc({ connector, status }, count);
  }
}
