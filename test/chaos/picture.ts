import { isDeepStrictEqual } from 'node:util';
import {
  ConnectorStateStore,
  DeadLetterStore,
  DirectoryStore,
  type IntegrationId,
  SyncStore,
  type TenantId,
  type User,
} from '#core';
import type { AcmeTenant } from '../support/acme-tenant.js';
import type { MusterApi } from '../support/muster-api.js';

/** Everything that an operator can see of a sync, and of everyone, without generated ids and times. */
export type Picture = Map<string, unknown>;

type Part = <Port>(token: abstract new (...args: never[]) => Port) => Port;

/**
 * Generated ids become what they are of: a sync its number in the story, a user (whose id is made from sync and sequence)
 * with it. Instants become one word; dates stay.
 */
export class Normaliser {
  private readonly names: [RegExp, string][];

  constructor({ tenant, integration }: AcmeTenant, syncs: readonly string[]) {
    const bare = (id: string): string => id.slice(id.indexOf('_') + 1);
    this.names = [
      [new RegExp(bare(tenant), 'g'), 'tenant'],
      [new RegExp(bare(integration), 'g'), 'integration'],
      ...syncs.map((id, index): [RegExp, string] => [new RegExp(bare(id), 'g'), `sync${String(index)}-`]),
      [/"\d{4}-\d\d-\d\dT[0-9:.]+Z"/g, '"an instant"'],
    ];
  }

  of(value: unknown): unknown {
    let text = JSON.stringify(value);
    for (const [pattern, name] of this.names) text = text.replace(pattern, name);
    return JSON.parse(text);
  }
}

/** What the API shows after a sync has ended: the sync, its outcomes by sequence, the users. */
export async function pictureOfSync(
  api: MusterApi,
  { tenant }: AcmeTenant,
  sync: string,
  normaliser: Normaliser,
): Promise<Picture> {
  const picture: Picture = new Map();
  const { state, mode, counts, totals, manifest, safeguards, held, notSeen, supersededBy, failure } = await api.sync(
    tenant,
    sync,
  );
  const order = (total: (typeof totals)[number]): string => `${total.outcome}:${total.reason}:${String(total.state)}`;
  const snapshot = { ...manifest, finishedAt: null, fetch: null };
  picture.set(
    'sync',
    normaliser.of({
      ...{ state, mode, counts, snapshot, safeguards, held, notSeen, supersededBy, failure },
      totals: totals.toSorted((left, right) => (order(left) < order(right) ? -1 : 1)),
    }),
  );
  for (const outcome of await api.outcomes(tenant, sync)) {
    const key = `outcome ${String(outcome.seq)}`;
    if (picture.has(key)) throw new Error(`${key} of ${sync} is listed twice`);
    picture.set(key, normaliser.of(outcome));
  }
  for await (const user of api.list<{ id: string }>(`/v1/tenants/${tenant}/users`)) {
    picture.set(`user ${JSON.stringify(normaliser.of(user.id))}`, normaliser.of(user));
  }
  return picture;
}

/** What the API does not show, from the stores of a Muster in this process: links and what was seen under them, and leftovers. */
export async function pictureOfStores(part: Part, tenant: AcmeTenant, normaliser: Normaliser): Promise<Picture> {
  const picture: Picture = new Map();
  const tenantId = tenant.tenant as TenantId;
  const directory = part(DirectoryStore);
  let lastUser: User | undefined;
  do {
    const users = await directory.listUsers(tenantId, {}, lastUser?.id ?? null, 500);
    const links = await directory.linksOfUsers(
      tenantId,
      users.map(({ id }) => id),
    );
    for (const user of users) {
      const own = (links.get(user.id) ?? []).toSorted((left, right) => (left.sourceId < right.sourceId ? -1 : 1));
      picture.set(`stored ${JSON.stringify(normaliser.of(user.id))}`, normaliser.of({ ...user, links: own }));
    }
    lastUser = users.at(-1);
  } while (lastUser !== undefined);
  picture.set('dead letters', await part(DeadLetterStore).count());
  picture.set('open syncs', normaliser.of(await part(SyncStore).open()));
  const state = await part(ConnectorStateStore).read(tenantId, tenant.integration as IntegrationId);
  picture.set('connector state', normaliser.of(state));
  return picture;
}

/** The first differences, as a person can read them; empty when the pictures are equal. */
export function differences(
  expected: Picture,
  actual: Picture,
  { most = 10, names = ['undisturbed', 'killed'] }: { most?: number; names?: readonly [string, string] } = {},
): string[] {
  const width = Math.max(...names.map(({ length }) => length)) + 1;
  const [first, second] = names.map((name) => `${name}:`.padEnd(width));
  const found: string[] = [];
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    if (found.length >= most) break;
    const [left, right] = [expected.get(key), actual.get(key)];
    if (isDeepStrictEqual(left, right)) continue;
    found.push(`${key}\n  ${first} ${JSON.stringify(left)}\n  ${second} ${JSON.stringify(right)}`);
  }
  return found;
}
