import { setTimeout as sleep } from 'node:timers/promises';
import type { RoleName } from '#core';
import type { ServerProxy } from '../../proxy/server-proxy.js';
import type { RoleProcess } from '../role-process.js';
import { type Fault, noFault, roleOfTurn } from '../fault.js';

/** How long the role is given to write again. */
const repeatedWithinMs = 4_000;
const givenUpAfterMs = 8_000;

interface Answers {
  name: string;
  kinds: readonly string[];
  /** Who asks for such things. */
  among: readonly RoleName[];
  proxy: (role: RoleProcess) => ServerProxy;
}

const kinds: readonly Answers[] = [
  {
    name: 'produce answer dropped',
    kinds: ['Produce'],
    among: ['fetcher', 'mapper', 'reconciler'],
    proxy: ({ kafka }) => kafka,
  },
  {
    name: 'write answer dropped',
    kinds: ['insert', 'update', 'delete', 'findAndModify', 'bulkWrite', 'commitTransaction'],
    among: ['fetcher', 'reconciler', 'reporter'],
    proxy: ({ mongo }) => mongo,
  },
];

/** The server does what it is asked for, and whoever asked never hears of it: the connection is reset instead. */
export const droppedAnswers: readonly Fault[] = kinds.map(({ name, kinds: of, among, proxy }) => ({
  name,
  fetchMs: 3_000,
  async inject(scene) {
    const { fleet, random, state } = scene;
    const hit = await state();
    if (hit === null) return noFault;
    const role = roleOfTurn(scene, among);
    const proxied = proxy(fleet.role(role));
    const retriesBefore = await fleet.counter('muster_stage_retries_total');
    const { droppedAnswers: droppedBefore, repeated: repeatedBefore } = proxied.counts;
    const wanted = random.whole(1, 3);
    const dropped = (): number => proxied.counts.droppedAnswers - droppedBefore;
    proxied.dropAnswers(of, wanted);
    const deadline = performance.now() + givenUpAfterMs;
    while (dropped() < wanted && (await state()) !== null && performance.now() < deadline) await sleep(10);
    proxied.dropAnswers(of, 0);
    const redelivered = (): number => proxied.counts.repeated - repeatedBefore;
    const until = performance.now() + repeatedWithinMs;
    while (redelivered() < dropped() && performance.now() < until) await sleep(20);
    const retries = (await fleet.counter('muster_stage_retries_total')) - retriesBefore;
    return {
      faults: dropped(),
      note: `${role}, ${hit}, ${String(redelivered())} written again`,
      redelivered: redelivered() + Math.max(0, retries),
    };
  },
}));
