import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createAcmeTenant } from '../../support/acme-tenant.js';
import { MusterApi } from '../../support/muster-api.js';
import { ScimClient } from '../../support/scim-client.js';
import { type BenchEngine, benchKey, startBenchEngine } from '../bench-engine.js';
import { startBenchSource } from '../bench-source.js';
import { percentile } from '../percentile.js';

const usage = `npm run bench:scim -- [--people N] [--clients N] [--watched N] [--beside N]
  People whom an identity provider pushes by that many clients at once to the embedded engine, while what comes is synced:
  creates in a second, how long one takes, and how long somebody pushed takes to the directory: on a quiet Muster, and while
  another tenant's company of N people is synced again and again.`;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '5000' },
    clients: { type: 'string', default: '16' },
    watched: { type: 'string', default: '200' },
    beside: { type: 'string', default: '100000' },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) console.log(usage);
else await main(Number(values.people), Number(values.clients), Number(values.watched), Number(values.beside));

async function main(people: number, clients: number, watched: number, beside: number): Promise<void> {
  const engine = await startBenchEngine('embedded', 1);
  try {
    const api = new MusterApi(engine.url, benchKey);
    const scim = await ScimClient.ofNewIntegration(api);
    await pushAll(scim, people, clients);
    await everybodyArrived(engine, api, scim, people);
    await watchArrivals(api, scim, people, watched);
    await besideSyncs(api, beside, async () => watchArrivals(api, scim, people + watched, watched));
  } finally {
    await engine.stop();
  }
}

/** Syncs a company of so many people, one sync after the other, until `work` is done. */
async function besideSyncs(api: MusterApi, people: number, work: () => Promise<void>): Promise<void> {
  const source = await startBenchSource(people);
  try {
    const { tenant, integration } = await createAcmeTenant(api, {
      name: 'Beside',
      config: source.config,
      secrets: source.secrets,
      safeguards: { failures: 1 },
    });
    let isDone = false;
    let syncs = 0;
    const startedAt = performance.now();
    const syncing = (async () => {
      for (; !isDone; syncs += 1) await api.runSync(tenant, integration, { mode: 'live' });
    })();
    await work();
    isDone = true;
    await syncing;
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    console.log(`that beside ${String(syncs)} syncs of ${String(people)} people in ${seconds} s`);
  } finally {
    await source.stop();
  }
}

async function pushAll(scim: ScimClient, people: number, clients: number): Promise<void> {
  const tookMs: number[] = [];
  let next = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      for (let index = next++; index < people; index = next++) {
        const sentAt = performance.now();
        await scim.must('POST', '/Users', 201, person(index));
        tookMs.push(performance.now() - sentAt);
      }
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${String(people)} creates by ${String(clients)} clients: ${(people / seconds).toFixed(0)}/s`);
  console.log(
    `one create: median ${percentile(tookMs, 0.5).toFixed(0)} ms, p99 ${percentile(tookMs, 0.99).toFixed(0)} ms`,
  );
}

async function everybodyArrived(engine: BenchEngine, api: MusterApi, scim: ScimClient, people: number): Promise<void> {
  const startedAt = performance.now();
  interface Listed {
    endedAt: string | null;
    session: { syncs: number; counts: Record<string, number> } | null;
  }
  const list = `/v1/tenants/${scim.tenant}/syncs?integration=${scim.integration}`;
  for (;;) {
    const { items } = await api.must<{ items: Listed[] }>('GET', list);
    const [newest] = items;
    if (newest?.session?.counts['created'] === people && newest.endedAt !== null) {
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const { syncs } = newest.session;
      console.log(`all in the directory ${seconds} s after the last answer, by ${String(syncs)} syncs`);
      console.log(
        `lines in the list of syncs: ${String(items.length)}; peak RSS ${JSON.stringify(engine.peakRssMiB())} MiB`,
      );
      return;
    }
    await sleep(100);
  }
}

async function watchArrivals(api: MusterApi, scim: ScimClient, from: number, watched: number): Promise<void> {
  const tookMs: number[] = [];
  for (let index = from; index < from + watched; index += 1) {
    // At another place of the second each time.
    await sleep((index * 137) % 1000);
    await scim.must('POST', '/Users', 201, person(index));
    const answeredAt = performance.now();
    const filter = encodeURIComponent(`email eq "${mail(index)}"`);
    const users = `/v1/tenants/${scim.tenant}/users?filter=${filter}`;
    while ((await api.must<{ items: unknown[] }>('GET', users)).items.length === 0) await sleep(10);
    tookMs.push(performance.now() - answeredAt);
  }
  console.log(
    `from the answer to the directory: median ${percentile(tookMs, 0.5).toFixed(0)} ms, p95 ${percentile(tookMs, 0.95).toFixed(0)} ms`,
  );
}

function mail(index: number): string {
  return `person${String(index)}@example.com`;
}

function person(index: number): object {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: mail(index),
    externalId: String(index),
    displayName: `Person ${String(index)}`,
    name: { givenName: 'Person', familyName: String(index) },
    emails: [{ value: mail(index), type: 'work', primary: true }],
    title: 'Cook',
    active: true,
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': {
      employeeNumber: String(index),
      department: 'Kitchen',
    },
  };
}
