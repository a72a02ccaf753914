import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { freshScheduleState, type Integration, ScheduleStore, SyncStore, type TenantId } from '#core';
import { IntegrationSecrets } from './integration-secrets.js';
import { type integrationView, toIntegrationView } from './integration-view.js';

/** Puts together what is shown of integrations: settings, names of secrets, where schedules stand, last syncs. */
@Injectable()
export class IntegrationReader {
  constructor(
    private readonly syncs: SyncStore,
    private readonly schedules: ScheduleStore,
    private readonly secrets: IntegrationSecrets,
  ) {}

  /** Views of a tenant's integrations, in their order. */
  async read(tenantId: TenantId, integrations: readonly Integration[]): Promise<z.input<typeof integrationView>[]> {
    const ids = integrations.map(({ id }) => id);
    const states = await this.schedules.states(tenantId, ids);
    return Promise.all(
      integrations.map(async (integration) => {
        const { id } = integration;
        const [lastSync = null] = await this.syncs.syncs(tenantId, { integrationId: id }, null, 1);
        return toIntegrationView(integration, {
          secretsSet: await this.secrets.namesSet(tenantId, id),
          schedule: states.get(id) ?? freshScheduleState(0, null),
          lastSync,
        });
      }),
    );
  }
}
