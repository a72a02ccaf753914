import type { ApiClient } from '../api/api-client.js';
import type { Attribute, Integration, Mapping, Tenant } from '#api-client';

/** A tenant's settings as the server has them. */
export interface PresentSettings {
  tenant: Tenant;
  attributes: Attribute[];
  integrations: PresentIntegration[];
}

export interface PresentIntegration {
  integration: Integration;
  /** Null: none is active. */
  active: Mapping | null;
  /** The version saved last, active or not. */
  newest: Mapping | null;
}

/** More than there reasonably are, of whatever is listed. */
export const everything = 10_000;

/** Reads all of a tenant that files can set. */
export async function readSettings(api: ApiClient): Promise<PresentSettings> {
  const tenant = await api.inTenant('GET', '');
  const { items: attributes } = await api.inTenant('GET', '/attributes');
  const { items } = await api.list('/integrations', {}, everything);
  const integrations: PresentIntegration[] = [];
  for (const integration of items) integrations.push(await withMappings(api, integration));
  return { tenant, attributes, integrations };
}

async function withMappings(api: ApiClient, integration: Integration): Promise<PresentIntegration> {
  const { activeMappingVersion: version } = integration;
  const [newest = null] = (
    await api.list('/integrations/{integration}/mappings', { path: { integration: integration.id } }, 1)
  ).items;
  if (version === null) return { integration, active: null, newest };
  const active =
    newest?.version === version
      ? newest
      : await api.inTenant('GET', '/integrations/{integration}/mappings/{version}', {
          path: { integration: integration.id, version },
        });
  return { integration, active, newest };
}
