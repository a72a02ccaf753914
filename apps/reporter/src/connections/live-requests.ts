import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import {
  Clock,
  type IntegrationRequest,
  IntegrationRequestStore,
  requestedByMuster,
  SettingsStore,
  withStep,
} from '#core';
import { type Work, type WorkLoop, WorkLoops } from '#pipeline';

const requestsPerRead = 100;

/**
 * Brings a deployed request to `live` once its integration is: derived from what is stored, so that it does not matter
 * who made the integration live, or how often this looks.
 */
@Injectable()
export class LiveRequests implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly loop: WorkLoop;

  constructor(
    private readonly requests: IntegrationRequestStore,
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
    workLoops: WorkLoops,
  ) {
    this.loop = workLoops.make('reporter/live-requests', { find: () => this.find() });
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  private async find(): Promise<Work[]> {
    const [any] = await this.requests.deployed(null, 1);
    if (any === undefined) return [];
    return [{ key: 'integration-requests', run: async (_lease, signal) => this.follow(signal) }];
  }

  private async follow(signal: AbortSignal): Promise<void> {
    let after: IntegrationRequest | null = null;
    while (!signal.aborted) {
      const found: IntegrationRequest[] = await this.requests.deployed(after, requestsPerRead);
      for (const request of found) await this.look(request);
      after = found.at(-1) ?? null;
      if (found.length < requestsPerRead) return;
    }
  }

  private async look(request: IntegrationRequest): Promise<void> {
    const { tenantId, id, integrationId } = request;
    const integration = integrationId === null ? null : await this.settings.integration(tenantId, integrationId);
    if (integration?.standing !== 'live') return;
    const at = this.clock.now();
    const step = { state: 'live', at, by: requestedByMuster, comment: '' } as const;
    if ((await this.requests.update(withStep(request, step))) !== 'updated') return;
    await this.settings.appendAudit({
      tenantId,
      at,
      by: requestedByMuster,
      action: 'integrationRequest.live',
      subject: id,
      detail: integration.id,
    });
  }
}
