import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';

const people = 5_000;
const clients = 16;

describe('thousands of pushes, one right after the other', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start();
  });
  afterAll(() => muster.stop());

  it('are one session in the list of syncs, of far fewer syncs, and everybody arrives', async () => {
    const scim = await ScimClient.ofNewIntegration(muster.api);
    let next = 0;
    const push = async (): Promise<void> => {
      for (let nth = next++; nth < people; nth = next++) {
        await scim.must('POST', '/Users', 201, {
          userName: `p${String(nth)}@acme.example`,
          displayName: `P ${String(nth)}`,
        });
      }
    };
    await Promise.all(Array.from({ length: clients }, push));

    const list = `/v1/tenants/${scim.tenant}/syncs?integration=${scim.integration}`;
    const listed = async () => (await muster.api.must<{ items: SyncAnswer[] }>('GET', list)).items;
    await expect
      .poll(async () => (await listed()).map(({ state, session }) => [state, session?.counts['created']]), {
        timeout: 120_000,
      })
      .toEqual([['completed', people]]);
    const [newest] = await listed();
    expect(newest?.session?.syncs).toBeLessThan(people / 20);
    const inSession = await muster.api.must<{ items: SyncAnswer[] }>(
      'GET',
      `${list}&session=${newest?.session?.id ?? ''}&limit=500`,
    );
    expect(inSession.items).toHaveLength(newest?.session?.syncs ?? -1);
    expect(new Set(inSession.items.map(({ state }) => state))).toEqual(new Set(['completed']));

    const emails = (await muster.users(scim.tenant)).map(({ attributes }) => attributes['email']);
    expect(new Set(emails)).toEqual(
      new Set(Array.from({ length: people }, (_, nth) => `p${String(nth)}@acme.example`)),
    );
    expect(emails).toHaveLength(people);
  });
});
