import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import {
  Clock,
  isFromCommand,
  SettingsStore,
  SyncStore,
  type Integration,
  type IntegrationId,
  type Sync,
  type TenantId,
  everyIntegration,
} from '#core';
import { errorFields, Logger, Metrics } from '#telemetry';

/** How often everything is looked at: what changed by another reporter's hand, or in the settings, shows after that. */
const everyMs = 60_000;
const listedAtOnce = 100;

/**
 * Since when each enabled live integration waits for a good sync. Kept in memory and renewed in the background, one
 * small read after the other, so that a scrape costs the store nothing; an end that this process saw shows at once.
 */
@Injectable()
export class LastGoodSyncs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private since = new Map<IntegrationId, string>();
  private isKnown = false;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly settings: SettingsStore,
    private readonly syncs: SyncStore,
    private readonly clock: Clock,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {
    metrics.beforeExposition(async () => this.show());
  }

  onApplicationBootstrap(): void {
    this.enqueue(async () => this.lookAtAll());
    this.timer = setInterval(() => this.enqueue(async () => this.lookAtAll()), everyMs);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.working;
  }

  /** Looks, soon, at the integration of a sync that has ended. */
  look(sync: Sync): void {
    if (isFromCommand(sync)) return;
    const { tenantId, integrationId } = sync;
    this.enqueue(async () => {
      const integration = await this.settings.integration(tenantId, integrationId);
      if (integration !== null) await this.lookAt(integration, this.since);
    });
  }

  private enqueue(work: () => Promise<void>): void {
    this.working = this.working.then(async () => {
      if (this.isStopped) return;
      try {
        await work();
      } catch (error) {
        this.isKnown = false;
        this.logger.warn('Looking for the last good syncs failed and is tried again.', errorFields(error));
      }
    });
  }

  private async lookAtAll(): Promise<void> {
    const found = new Map<IntegrationId, string>();
    for await (const tenantId of this.tenants()) {
      for await (const integration of everyIntegration(this.settings, tenantId)) {
        if (this.isStopped) return;
        await this.lookAt(integration, found);
      }
    }
    if (this.isStopped) return;
    this.since = found;
    this.isKnown = true;
  }

  private async lookAt(
    { tenantId, id, enabled, standing, createdAt }: Integration,
    found: Map<IntegrationId, string>,
  ): Promise<void> {
    if (enabled && standing === 'live') found.set(id, (await this.syncs.lastGoodEnd(tenantId, id)) ?? createdAt);
    else found.delete(id);
  }

  private show(): void {
    const now = this.clock.nowMs();
    this.metrics.measured.set({ measurement: 'syncAges' }, this.isKnown ? 1 : 0);
    this.metrics.lastGoodSyncAge.reset();
    for (const [integration, since] of this.since) {
      this.metrics.lastGoodSyncAge.set({ integration }, Math.max(0, now - Date.parse(since)) / 1000);
    }
  }

  private async *tenants(): AsyncGenerator<TenantId, void, void> {
    for (let after: string | null = null; !this.isStopped;) {
      const tenants = await this.settings.tenants({ after, limit: listedAtOnce });
      for (const { id } of tenants) yield id;
      if (tenants.length < listedAtOnce) return;
      after = tenants.at(-1)?.id ?? null;
    }
  }
}
