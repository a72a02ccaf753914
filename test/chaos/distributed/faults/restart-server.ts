import { setTimeout as sleep } from 'node:timers/promises';
import type { ServerName } from '../../../support/private-servers.js';
import { type Fault, noFault } from '../fault.js';

/** `kill -9` of a server; it stays away for as long as given, or for up to some seconds. */
export function restartServer(server: ServerName, awayMs: number | null = null): Fault {
  return {
    name: awayMs === null ? `restart ${server}` : `${server} away`,
    fetchMs: 4_000,
    async inject({ fleet, random, state }) {
      const hit = await state();
      if (hit === null) return noFault;
      const { servers } = fleet.options;
      const forMs = awayMs ?? 500 + random.next() * 3_500;
      await servers.kill(server);
      await sleep(forMs);
      await servers.up(server);
      return { faults: 1, note: `${hit}, away for ${(forMs / 1000).toFixed(1)} s` };
    },
  };
}
