import { setTimeout as sleep } from 'node:timers/promises';
import { type RoleName, SnapshotStore, type SyncId, type TenantId } from '#core';
import type { HeldRequest } from '../../proxy/server-proxy.js';
import { type Fault, noFault, type Scene } from '../fault.js';
import { leaseSeconds, sessionTimeoutMs } from '../fleet.js';
import type { WorkState } from '../../work-state.js';
import type { RoleProcess } from '../role-process.js';

/** Past session and lease, so that another has taken over for certain. */
const frozenMs = Math.max(sessionTimeoutMs, leaseSeconds * 1000) + 2_000;
const caughtWithinMs = 3_000;
/** What the resumed process is given to say all it had to say. */
const wokenMs = 3_000;

/** What of a role is on its way when it stops: it arrives after another has taken over. */
const late: Record<RoleName, readonly ((role: RoleProcess) => HeldRequest)[]> = {
  fetcher: [
    ({ mongo }) => mongo.holdNext('insert', 'snapshotPages'),
    ({ mongo }) => mongo.holdNext('update', 'snapshots'),
  ],
  mapper: [({ kafka }) => kafka.holdNext('OffsetCommit'), ({ kafka }) => kafka.holdNext('Produce')],
  reconciler: [
    ({ kafka }) => kafka.holdNext('OffsetCommit'),
    ({ mongo }) => mongo.holdNext('update', 'users'),
    ({ mongo }) => mongo.holdNext('update', 'links'),
    ({ mongo }) => mongo.holdNext('update', 'settlements'),
  ],
  reporter: [
    ({ kafka }) => kafka.holdNext('OffsetCommit'),
    ({ mongo }) => mongo.holdNext('insert', 'outcomePages'),
    ({ mongo }) => mongo.holdNext('update', 'syncs'),
  ],
};

/** When a role has something to write. */
const busy: Record<RoleName, readonly WorkState[]> = {
  fetcher: ['fetching'],
  mapper: ['fetching'],
  reconciler: ['fetching', 'settling', 'applying'],
  reporter: ['fetching', 'settling', 'applying'],
};

/**
 * A role is stopped in the middle of a write, past its session and its leases, while another takes over; then both the
 * write arrives and the role goes on as if nothing had happened.
 */
export function zombie(role: RoleName): Fault {
  return {
    name: `zombie ${role}`,
    fetchMs: 14_000,
    within: busy[role],
    async inject(scene) {
      const { fleet, random, state } = scene;
      if ((await state()) === null) return noFault;
      const first = fleet.role(role);
      const held = random.pick(late[role])(first);
      const isCaught = await Promise.race([held.caught.then(() => true), sleep(caughtWithinMs, false)]);
      const hit = await state();
      const before = fleet.refusedWrites;
      first.freeze();
      const second = await fleet.another(role);
      await sleep(frozenMs);
      held.release();
      first.thaw();
      await sleep(wokenMs);
      const after = fleet.refusedWrites;
      const note = `${String(hit)}, ${isCaught ? 'with' : 'without'} a late write`;
      await fleet.dismiss(second);
      return { faults: 1, note, refused: Math.max(0, after - before), stale: await staleLinks(scene) };
    },
  };
}

/** Two fetchers of one integration; whichever reads the source is stopped, and resumed when the other has its page. */
export const twoFetchers: Fault = {
  name: 'two fetchers',
  fetchMs: 14_000,
  within: busy.fetcher,
  async inject(scene) {
    const { fleet, state } = scene;
    if ((await state()) === null) return noFault;
    const second = await fleet.another('fetcher');
    const both = [fleet.role('fetcher'), second];
    const holds = both.map((process) => ({ process, held: process.mongo.holdNext('insert', 'snapshotPages') }));
    const reading = await Promise.race([
      ...holds.map(async (hold) => {
        await hold.held.caught;
        return hold;
      }),
      sleep(caughtWithinMs, null),
    ]);
    for (const hold of holds) if (hold !== reading) hold.held.release();
    const before = fleet.refusedWrites;
    if (reading !== null) {
      reading.process.freeze();
      await sleep(leaseSeconds * 1000 + 2_000);
      reading.held.release();
      reading.process.thaw();
      await sleep(wokenMs);
    }
    const after = fleet.refusedWrites;
    await fleet.dismiss(second);
    const note =
      reading === null ? 'nothing was being read' : `a ${reading.process === second ? 'second' : 'first'} one stopped`;
    return { faults: 1, note, refused: Math.max(0, after - before), stale: await staleLinks(scene) };
  },
};

/** Pages that were stored under a lower claim than the page before them. */
async function staleLinks({ company, stores }: Scene): Promise<number> {
  const pages = await stores
    .part(SnapshotStore)
    .pages(company.tenant.tenant as TenantId, company.sync as SyncId, 0, 10_000);
  return pages.filter(({ claim }, at) => claim < (pages[at - 1]?.claim ?? 0)).length;
}
