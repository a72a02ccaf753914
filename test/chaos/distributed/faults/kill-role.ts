import { setTimeout as sleep } from 'node:timers/promises';
import type { RoleName } from '#core';
import { type Fault, noFault } from '../fault.js';

/** `kill -9` of a role in whatever it is doing, and a new process in its place. */
export function killRole(role: RoleName): Fault {
  return {
    name: `kill ${role}`,
    fetchMs: 3_000,
    async inject(scene) {
      const { fleet, random } = scene;
      const state = await scene.state();
      if (state === null) return noFault;
      // An answer has just left: the process is between two turns of its loop, and must be hit inside one as well.
      await sleep(random.next() * 15);
      const process = fleet.role(role);
      await process.kill();
      await scene.judgeOffsets();
      await process.start();
      return { faults: 1, note: state };
    },
  };
}
