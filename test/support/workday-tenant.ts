import {
  startWorkdaySimulator,
  type WorkdaySimulator,
  type WorkdaySimulatorOptions,
} from '../../connectors/workday-raas/simulator/src/index.js';
import { activateMapping } from './acme-tenant.js';
import { marked } from './canary.js';
import type { MusterApi } from './muster-api.js';

export interface WorkdayTenant {
  tenant: string;
  integration: string;
  source: WorkdaySimulator;
}

/** A Workday in this process, and a tenant that reads it with the connector's own mapping. */
export async function startWorkdayTenant(
  api: MusterApi,
  options: WorkdaySimulatorOptions,
  {
    by = 'asUser',
    config,
    standing = 'live',
  }: {
    by?: 'asUser' | 'withRefreshToken';
    config?: Record<string, unknown>;
    standing?: 'observe' | 'live';
  } = {},
): Promise<WorkdayTenant> {
  const source = await startWorkdaySimulator({ mark: marked(''), ...options });
  const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Workday' });
  const { id: integration } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    name: 'Workday',
    connectorId: 'workday-raas',
    config: { ...source[by].config, ...config },
    secrets: source[by].secrets,
    standing,
  });
  await activateMapping(api, tenant, integration, { default: true });
  return { tenant, integration, source };
}
