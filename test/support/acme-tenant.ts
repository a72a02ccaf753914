import type { MusterApi } from './muster-api.js';

export interface AcmeTenant {
  tenant: string;
  integration: string;
}

export interface AcmeTenantOptions {
  name?: string;
  /** Settings of the connector: where the source is. */
  config: Record<string, unknown>;
  secrets: Record<string, unknown>;
  /** Default `live`: the first sync may be live. */
  standing?: 'observe' | 'live';
  precedence?: 'primary' | 'secondary';
  onLeavingScope?: 'deprovision' | 'keep';
  safeguards?: Record<string, number>;
  /** Default: the connector's own mapping. */
  mapping?: unknown;
  /** Custom attributes beyond those of the default mapping. */
  attributes?: Record<string, { label: string; type: string }>;
  deprovisioningDelayDays?: number;
  timeZone?: string;
}

/** A tenant with the acme-hr connector set up and an active mapping, made through the API with an operator's key. */
export async function createAcmeTenant(api: MusterApi, options: AcmeTenantOptions): Promise<AcmeTenant> {
  const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', {
    name: options.name ?? 'Acme',
    ...(options.timeZone === undefined ? {} : { timeZone: options.timeZone }),
    ...(options.deprovisioningDelayDays === undefined
      ? {}
      : { deprovisioningDelayDays: options.deprovisioningDelayDays }),
  });
  const integration = await addAcmeIntegration(api, tenant, options);
  return { tenant, integration };
}

/** Another acme-hr integration in a tenant. Gives its id. */
export async function addAcmeIntegration(api: MusterApi, tenant: string, options: AcmeTenantOptions): Promise<string> {
  const attributes = {
    'custom.costCentre': { label: 'Cost centre', type: 'string' },
    'custom.contractor': { label: 'Contractor', type: 'boolean' },
    ...options.attributes,
  };
  for (const [name, definition] of Object.entries(attributes)) {
    await api.must('PUT', `/v1/tenants/${tenant}/attributes/${name}`, definition);
  }
  const { id } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    name: 'Acme HR',
    connectorId: 'acme-hr',
    config: options.config,
    secrets: options.secrets,
    standing: options.standing ?? 'live',
    precedence: options.precedence ?? 'primary',
    onLeavingScope: options.onLeavingScope ?? 'deprovision',
    ...(options.safeguards === undefined ? {} : { safeguards: options.safeguards }),
  });
  await activateMapping(api, tenant, id, options.mapping ?? { default: true });
  return id;
}

/** Saves a mapping and makes it the active one; gives its version. */
export async function activateMapping(
  api: MusterApi,
  tenant: string,
  integration: string,
  mapping: unknown,
): Promise<number> {
  const path = `/v1/tenants/${tenant}/integrations/${integration}/mappings`;
  const { version } = await api.must<{ version: number }>('POST', path, mapping);
  await api.must('POST', `${path}/${String(version)}/activate`);
  return version;
}
