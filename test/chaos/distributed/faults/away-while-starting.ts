import { setTimeout as sleep } from 'node:timers/promises';
import { roles } from '#core';
import { type Fault, noFault, roleOfTurn } from '../fault.js';
import type { RoleProcess } from '../role-process.js';

const saysSoWithinMs = 30_000;
const waitedMs = 3_000;

/** A role that loses both servers says so, stops when it is told to, waits for them at its next start, and recovers. */
export const awayWhileStarting: Fault = {
  name: 'away while starting',
  fetchMs: 4_000,
  async inject(scene) {
    const { fleet, state } = scene;
    if ((await state()) === null) return noFault;
    const process = fleet.role(roleOfTurn(scene, roles));
    for (const proxy of process.proxies) proxy.set('cut');
    await untilNotReady(process);
    const stoppedMs = await process.stop();
    process.launch();
    await sleep(waitedMs);
    if (await process.isReady()) throw new Error(`the ${process.role} says it is ready without its servers`);
    for (const proxy of process.proxies) proxy.set('open');
    await process.untilReady();
    return { faults: 1, note: `${process.role}, stopped in ${(stoppedMs / 1000).toFixed(1)} s` };
  },
};

async function untilNotReady(process: RoleProcess): Promise<void> {
  const deadline = performance.now() + saysSoWithinMs;
  for (;;) {
    const text = await process.readiness();
    if (text.includes('"notReady"')) return;
    if (performance.now() > deadline) {
      throw new Error(`the ${process.role} lost its servers, and /readyz says nothing of it: ${text}`);
    }
    await sleep(100);
  }
}
