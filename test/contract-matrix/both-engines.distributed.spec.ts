import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { companyStory } from '../chaos/company-story.js';
import { differences, Normaliser, type Picture, pictureOfStores, pictureOfSync } from '../chaos/picture.js';
import { SeededRandom } from '../chaos/seeded-random.js';
import { type AcmeTenant, createAcmeTenant } from '../support/acme-tenant.js';
import { startMarkedSimulator } from '../support/marked-simulator.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { newDistributedEngine, newEmbeddedEngine } from '../support/test-engine.js';

const people = 420;
const companies = [
  { seed: 1, pageSize: 500 },
  { seed: 2, pageSize: 60 },
  { seed: 3, pageSize: 100 },
];

/** One of the two, and what it was told so far. */
interface Listener {
  muster: RunningMuster;
  tenant: AcmeTenant;
  syncs: string[];
}

describe('the same company, told to the embedded and the distributed engine', () => {
  let embedded: RunningMuster;
  let distributed: RunningMuster;
  beforeAll(async () => {
    embedded = await RunningMuster.start({}, newEmbeddedEngine());
    distributed = await RunningMuster.start({}, newDistributedEngine());
  });
  afterAll(() => Promise.all([embedded.stop(), distributed.stop()]));

  it.for(companies)(
    'gives the same syncs, outcomes and people (seed $seed)',
    { timeout: 300_000 },
    async ({ seed, pageSize }) => {
      const random = new SeededRandom(seed);
      const source = await startMarkedSimulator({ people, seed, oddShare: 0.02 });
      try {
        const listeners = [
          await listen(embedded, source, pageSize),
          await listen(distributed, source, pageSize),
        ] as const;
        const ends: string[] = [];
        for (const { name, happen } of companyStory) {
          happen(source, people, random);
          for (const listener of listeners) await hear(listener);
          expectEqual(name, await picturesOf(listeners, pictureAfterSync));
          ends.push(
            (await listeners[0].muster.api.sync(listeners[0].tenant.tenant, listeners[0].syncs.at(-1) ?? '')).state,
          );
        }
        // The story is one in which things happen, or this would prove nothing.
        expect(ends).toContain('completed');
        const pictures = await picturesOf(listeners, pictureOfAllStores);
        expectEqual('the stores at the end', pictures);
        expect(pictures[0].get('dead letters')).toBe(0);
        expect(pictures[0].size).toBeGreaterThan(people / 2);
      } finally {
        await source.stop();
      }
    },
  );
});

async function listen(muster: RunningMuster, source: AcmeSimulator, pageSize: number): Promise<Listener> {
  const options = { config: { ...source.config, pageSize }, secrets: { ...source.secrets } };
  return { muster, tenant: await createAcmeTenant(muster.api, options), syncs: [] };
}

/** Syncs live; when something is held, looks at what, and lets it through. */
async function hear({ muster: { api }, tenant: { tenant, integration }, syncs }: Listener): Promise<void> {
  const sync = await api.runSync(tenant, integration, { mode: 'live' });
  syncs.push(sync.id);
  if (sync.state !== 'awaitingApproval') return;
  const { planHash } = sync;
  await api.must('POST', `/v1/tenants/${tenant}/syncs/${sync.id}/approve`, { all: true, includeHeld: true, planHash });
  await expect.poll(() => api.sync(tenant, sync.id), { interval: 20, timeout: 60_000 }).toMatchObject({ round: 1 });
  await api.ended(tenant, sync.id);
}

async function picturesOf(
  listeners: readonly [Listener, Listener],
  picture: (listener: Listener) => Promise<Picture>,
): Promise<[Picture, Picture]> {
  return [await picture(listeners[0]), await picture(listeners[1])];
}

async function pictureAfterSync({ muster: { api }, tenant, syncs }: Listener): Promise<Picture> {
  const normaliser = new Normaliser(tenant, syncs);
  const id = syncs.at(-1) ?? '';
  const picture = await pictureOfSync(api, tenant, id, normaliser);
  const { summary, progress }: SyncAnswer = await api.sync(tenant.tenant, id);
  picture.set('what it says', normaliser.of({ summary, progress }));
  return picture;
}

function pictureOfAllStores({ muster, tenant, syncs }: Listener): Promise<Picture> {
  return pictureOfStores((token) => muster.part(token), tenant, new Normaliser(tenant, syncs));
}

function expectEqual(when: string, [embedded, distributed]: readonly [Picture, Picture]): void {
  const found = differences(embedded, distributed, { names: ['embedded', 'distributed'] });
  expect(found, `${when}:\n${found.join('\n')}`).toEqual([]);
}
