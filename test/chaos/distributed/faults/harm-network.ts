import { setTimeout as sleep } from 'node:timers/promises';
import { roles } from '#core';
import type { ServerProxy } from '../../proxy/server-proxy.js';
import { type Fault, noFault, roleOfTurn, type Scene } from '../fault.js';

/** What is done to a role's connections for a while. */
interface Harm {
  name: string;
  leastMs: number;
  mostMs: number;
  begin(proxy: ServerProxy, scene: Scene): void;
  end(proxy: ServerProxy): void;
}

const harms: readonly Harm[] = [
  {
    name: 'network cut',
    leastMs: 500,
    mostMs: 8_000,
    begin: (proxy) => proxy.set('cut'),
    end: (proxy) => proxy.set('open'),
  },
  {
    name: 'network delay',
    leastMs: 2_000,
    mostMs: 5_000,
    begin: (proxy, { random }) => {
      proxy.delayMs = random.whole(20, 400);
    },
    end: (proxy) => {
      proxy.delayMs = 0;
    },
  },
  {
    // What was half-open stays so until the role itself gives it up.
    name: 'half-open',
    leastMs: 500,
    mostMs: 8_000,
    begin: (proxy) => proxy.set('swallowing'),
    end: (proxy) => proxy.set('open'),
  },
];

/** One role's way to Kafka, to MongoDB, or to both. */
export const networkFaults: readonly Fault[] = harms.map(({ name, leastMs, mostMs, begin, end }) => ({
  name,
  fetchMs: 4_000,
  async inject(scene) {
    const { fleet, random, state } = scene;
    if ((await state()) === null) return noFault;
    const role = fleet.role(roleOfTurn(scene, roles));
    const [where, proxies] = random.pick([
      ['Kafka', [role.kafka]],
      ['MongoDB', [role.mongo]],
      ['both servers', role.proxies],
    ] as const);
    const forMs = random.whole(leastMs, mostMs);
    for (const proxy of proxies) begin(proxy, scene);
    await sleep(forMs);
    for (const proxy of proxies) end(proxy);
    return { faults: 1, note: `${role.role} and ${where} for ${(forMs / 1000).toFixed(1)} s` };
  },
}));
