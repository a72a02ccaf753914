import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sync } from '#api-client';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const names = ['ana', 'bo', 'cy', 'di', 'ed', 'fi', 'gus', 'hal', 'ida', 'jo'];
const patience = { timeout: 60_000, interval: 50 };

describe('people whom an identity provider pushes', () => {
  let muster: RunningMuster;
  let scim: ScimClient;
  /** By name: the resource's id. */
  const ids = new Map<string, string>();

  beforeAll(async () => {
    muster = await RunningMuster.start();
    scim = await ScimClient.ofNewIntegration(muster.api, { standing: 'observe' });
  });
  afterAll(() => muster.stop());

  const at = (name: string): string => `/Users/${ids.get(name) ?? ''}`;
  const person = (name: string, rest: object = {}): object => ({
    userName: marked(`${name}@x.y`),
    displayName: marked(name),
    emails: [{ value: marked(`${name}@x.y`), type: 'work', primary: true }],
    active: 'True',
    ...rest,
  });
  const create = async (name: string, rest?: object): Promise<void> => {
    const { body } = await scim.must('POST', '/Users', 201, person(name, rest));
    ids.set(name, String(body['id']));
  };
  const patch = async (name: string, ...operations: object[]) =>
    scim.must('PATCH', at(name), 200, { Operations: operations });
  const syncPath = (): string => `/v1/tenants/${scim.tenant}/syncs`;
  const pushes = async (query = ''): Promise<Sync[]> => {
    const found: Sync[] = [];
    for await (const sync of muster.api.list<Sync>(`${syncPath()}?trigger=push${query}`)) found.push(sync);
    return found;
  };
  /** What the newest session has done, once that is so. */
  const session = (counts: Record<string, number>) =>
    expect
      .poll(async () => (await pushes())[0], patience)
      .toMatchObject({ endedAt: expect.any(String) as string, session: { counts } });
  const userOf = async (name: string) =>
    (await muster.users(scim.tenant)).find(({ attributes }) => attributes['email'] === marked(`${name}@x.y`));
  const outcomeOf = async ({ id }: Pick<SyncAnswer, 'id'>, name: string) => {
    const outcomes = await muster.api.outcomes(scim.tenant, id);
    const { outcome, reason } = outcomes.find(({ sourceId }) => sourceId === ids.get(name)) ?? {};
    return { outcome, reason };
  };

  it('are planned while an integration observes, and nothing is applied', async () => {
    for (const name of names) {
      await create(name, {
        password: marked('secret'),
        [enterprise]: {
          employeeNumber: marked(`E-${name}`),
          department: marked('Kitchen'),
          ...(name === 'ana' ? {} : { manager: ids.get('ana') ?? '' }),
        },
      });
    }
    await session({ created: names.length });
    const [newest, ...others] = await pushes();
    expect(others).toEqual([]);
    expect(newest).toMatchObject({ mode: 'dry', state: 'completed', requestedBy: 'muster' });
    expect(await muster.users(scim.tenant)).toEqual([]);
  });

  it('are all read by a sync that somebody asks for, and come in when its plan is approved', async () => {
    const dry = await muster.api.runSync(scim.tenant, scim.integration, { mode: 'dry' });
    expect(dry).toMatchObject({
      state: 'completed',
      session: null,
      manifest: { extent: 'full', wholeness: 'complete', records: names.length },
      counts: { created: names.length },
    });
    await muster.api.approved(scim.tenant, dry);
    const users = await muster.users(scim.tenant);
    expect(users).toHaveLength(names.length);
    const bo = await userOf('bo');
    expect(bo?.attributes).toMatchObject({ department: marked('Kitchen'), employeeId: marked('E-bo') });
    const detail = await muster.api.must('GET', `/v1/tenants/${scim.tenant}/users/${bo?.id ?? ''}`);
    expect(detail).toMatchObject({ manager: { userId: (await userOf('ana'))?.id } });
  });

  it('are taken once more when the integration goes live, for what was pushed meanwhile', async () => {
    await session({ created: 0, skipped: names.length });
    const [newest] = await pushes();
    expect(newest).toMatchObject({ mode: 'live', session: { syncs: 1 } });
    const detail = await muster.api.sync(scim.tenant, newest?.id ?? '');
    expect(detail).toMatchObject({ manifest: { extent: 'push', wholeness: 'complete' }, removalsJudged: false });
  });

  it('are kept over a restart, as are tokens and what was pushed last', async () => {
    await patch('gus', { op: 'add', path: 'title', value: marked('Guest') });
    await muster.restart();
    scim = scim.of(muster.api);
    expect((await scim.must('GET', '/Users?count=0', 200)).body).toMatchObject({ totalResults: names.length });
    await session({ updated: 1 });
    expect((await userOf('gus'))?.attributes).toMatchObject({ title: marked('Guest') });
  });

  it('change and leave as the provider says, without a schedule or a person', async () => {
    await patch('bo', { op: 'Replace', path: 'title', value: marked('Chef') });
    await patch('cy', { op: 'Replace', path: 'active', value: 'False' });
    await scim.must('DELETE', at('di'), 204);
    await session({ updated: 2, deprovisioned: 2 });
    expect((await userOf('bo'))?.attributes).toMatchObject({ title: marked('Chef') });
    expect(await userOf('cy')).toMatchObject({ status: 'deactivated' });
    expect(await userOf('di')).toMatchObject({ status: 'deactivated' });
    const [newest] = await pushes();
    for (const name of ['cy', 'di']) {
      const all = await pushes(`&session=${newest?.session?.id ?? ''}`);
      const seen = await Promise.all(all.map((sync) => outcomeOf(sync, name)));
      expect(seen).toContainEqual({ outcome: 'deprovisioned', reason: 'sourceDeactivated' });
    }
  });

  it('come back when the provider shows them active again', async () => {
    await patch('cy', { op: 'replace', value: { active: true } });
    await session({ reactivated: 1 });
    expect(await userOf('cy')).toMatchObject({ status: 'active' });
  });

  it('are mapped with the names of their groups, also when only those change', async () => {
    const settings = `/v1/tenants/${scim.tenant}`;
    await muster.api.must('PUT', `${settings}/attributes/custom.groups`, { label: 'Groups', type: 'string[]' });
    const mappings = `${settings}/integrations/${scim.integration}/mappings`;
    const { attributes } = await muster.api.must<{ attributes: Record<string, string> }>('GET', `${mappings}/1`);
    await muster.api.must('POST', mappings, { attributes: { ...attributes, 'custom.groups': 'groups[].display' } });
    await muster.api.must('POST', `${mappings}/2/activate`);
    const { body } = await scim.must('POST', '/Groups', 201, {
      displayName: marked('Cooks'),
      members: [{ value: ids.get('ed') }, { value: ids.get('fi') }],
    });
    await session({ updated: 4 });
    expect((await userOf('fi'))?.attributes).toMatchObject({ 'custom.groups': [marked('Cooks')] });
    await scim.must('PATCH', `/Groups/${String(body['id'])}`, 200, {
      Operations: [{ op: 'replace', value: { id: body['id'], displayName: marked('Chefs') } }],
    });
    await session({ updated: 6 });
    expect((await userOf('ed'))?.attributes).toMatchObject({ 'custom.groups': [marked('Chefs')] });
  });

  it('are held, not removed, when one after another is deleted', async () => {
    for (const name of names.slice(6)) await scim.must('DELETE', at(name), 204);
    await expect
      .poll(async () => (await scim.must('GET', '/Users?count=0', 200)).body['totalResults'])
      .toBe(names.length - 5);
    await session({ deprovisioned: 6 });
    const waiting = await pushes('&state=awaitingApproval');
    expect(waiting).not.toEqual([]);
    const held = await Promise.all(waiting.map(({ id }) => muster.api.sync(scim.tenant, id)));
    expect(held.reduce((sum, sync) => sum + sync.held, 0)).toBe(4);
    expect(held[0]?.safeguards.find(({ rule }) => rule === 'explicitLeavers')).toMatchObject({ tripped: true });
    expect(await userOf('jo')).toMatchObject({ status: 'active' });
  });
});
