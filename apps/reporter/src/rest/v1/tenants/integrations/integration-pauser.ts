import { Injectable } from '@nestjs/common';
import { Clock, type IntegrationId, SettingsStore, type SyncId, type TenantId } from '#core';
import { ProblemError } from '../../../http/problem.errors.js';

const attempts = 10;

/** Lets an integration rest, so that what is taken back does not come again with its next run. */
@Injectable()
export class IntegrationPauser {
  constructor(
    private readonly settings: SettingsStore,
    private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `preconditionFailed` when somebody keeps changing the integration's settings meanwhile */
  async pauseFor(syncId: SyncId, tenantId: TenantId, id: IntegrationId): Promise<void> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const integration = await this.settings.integration(tenantId, id);
      if (integration === null) return;
      const paused = { syncId, at: this.clock.now() };
      if ((await this.settings.updateIntegration({ ...integration, paused }, null, null)) !== 'stale') return;
    }
    throw new ProblemError(
      'preconditionFailed',
      'The integration’s settings keep changing, so it could not be paused. Nothing was undone; try again.',
    );
  }
}
