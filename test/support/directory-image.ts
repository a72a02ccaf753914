import { DirectoryStore, type TenantId, type User } from '#core';
import type { RunningMuster } from './running-muster.js';

/** All that the directory holds of a tenant's people, links and what was last seen under them included. */
export async function directoryImage(muster: RunningMuster, tenant: string) {
  const directory = muster.part(DirectoryStore);
  const tenantId = tenant as TenantId;
  const users: User[] = [];
  for (let after: User['id'] | null = null; ;) {
    const some = await directory.listUsers(tenantId, {}, after, 500);
    users.push(...some);
    if (some.length < 500) break;
    after = some.at(-1)?.id ?? null;
  }
  const links = await directory.linksOfUsers(
    tenantId,
    users.map(({ id }) => id),
  );
  return users.map((user) => ({
    user,
    links: [...(links.get(user.id) ?? [])].sort((left, right) => (left.sourceId < right.sourceId ? -1 : 1)),
  }));
}

export type DirectoryImage = Awaited<ReturnType<typeof directoryImage>>;
