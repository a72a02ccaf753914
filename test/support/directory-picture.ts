import { createAcmeTenant, type AcmeTenantOptions } from './acme-tenant.js';
import type { MusterApi } from './muster-api.js';
import type { UserAnswer } from './running-muster.js';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';

/** A person as the directory shows them, without ids and times: equal however they came there. */
export type Portrait = Pick<UserAnswer, 'status' | 'role' | 'attributes'>;

/** Portraits by employee id; people without one by name. */
export type DirectoryPicture = Record<string, Portrait>;

/** Everyone of a tenant whom `isMeant` lets through; by default those who are active. */
export async function directoryPicture(
  { api }: { api: MusterApi },
  tenant: string,
  isMeant: (user: UserAnswer) => boolean = ({ status }) => status === 'active',
): Promise<DirectoryPicture> {
  const picture: DirectoryPicture = {};
  for await (const user of api.list<UserAnswer>(`/v1/tenants/${tenant}/users`)) {
    if (!isMeant(user)) continue;
    const { status, role, attributes } = user;
    const key = String(attributes['employeeId'] ?? attributes['fullName']);
    if (key in picture) throw new Error(`two users have the key ${key}`);
    picture[key] = { status, role, attributes };
  }
  return picture;
}

/** What the source says now: the active people of a tenant that has never seen anything else. */
export async function sourcePicture(
  { api }: { api: MusterApi },
  source: AcmeSimulator,
  options: Partial<AcmeTenantOptions> = {},
): Promise<DirectoryPicture> {
  const { tenant, integration } = await createAcmeTenant(api, {
    ...options,
    name: 'Fresh',
    config: { ...source.config, ...options.config },
    secrets: { ...source.secrets },
  });
  const sync = await api.runSync(tenant, integration, { mode: 'live' });
  if (sync.state !== 'completed') throw new Error(`the fresh tenant's sync is ${sync.state}: ${sync.summary}`);
  return directoryPicture({ api }, tenant);
}
