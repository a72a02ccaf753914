import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { marked } from '../support/canary.js';
import { RunningMuster, type UserAnswer } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const patience = { timeout: 60_000, interval: 50 };

const mail = (name: string): string => marked(`${name}@x.y`);
const patchOf = (...Operations: object[]): object => ({ schemas: [patchOp], Operations });
const idOf = ({ body }: { body: Record<string, unknown> }): string => String(body['id']);

/** What each provider is known to send, in its order, from the first look-up to the directory. */
describe('requests as identity providers send them', () => {
  let muster: RunningMuster;
  let scim: ScimClient;

  beforeAll(async () => {
    muster = await RunningMuster.start();
  });
  afterAll(() => muster.stop());
  beforeEach(async () => {
    scim = await ScimClient.ofNewIntegration(muster.api);
  });

  const found = async (filter: string, rest = ''): Promise<unknown> =>
    (await scim.must('GET', `/Users?filter=${encodeURIComponent(filter)}${rest}`, 200)).body['totalResults'];
  const userOf = async (name: string): Promise<UserAnswer | undefined> =>
    (await muster.users(scim.tenant)).find(({ attributes }) => attributes['email'] === mail(name));
  const arrives = (name: string, user: object) => expect.poll(async () => userOf(name), patience).toMatchObject(user);

  it('of Okta: looked up, created, replaced, deactivated, activated, in groups', async () => {
    const byName = `userName eq "${mail('ana')}"`;
    expect(await found(byName, '&startIndex=1&count=100')).toBe(0);
    const profile = {
      schemas: [core],
      userName: mail('ana'),
      name: { givenName: marked('Ana'), familyName: marked('Ng') },
      emails: [{ primary: true, value: mail('ana'), type: 'work' }],
      displayName: marked('Ana Ng'),
      locale: 'en-US',
      externalId: '00u1',
      groups: [],
      password: marked('secret'),
      active: true,
    };
    const made = await scim.must('POST', '/Users', 201, profile);
    const id = idOf(made);
    expect(made.body).toMatchObject({ id, userName: mail('ana'), active: true });
    expect(await found(byName)).toBe(1);
    await arrives('ana', { status: 'active', attributes: { fullName: marked('Ana Ng') } });

    await scim.must('GET', `/Users/${id}`, 200);
    await scim.must('PUT', `/Users/${id}`, 200, { ...profile, id, title: marked('Cook') });
    await arrives('ana', { attributes: { title: marked('Cook') } });

    const group = idOf(
      await scim.must('POST', '/Groups', 201, {
        schemas: [coreGroup],
        displayName: marked('Cooks'),
        members: [{ value: id, display: mail('ana') }],
      }),
    );
    await scim.must(
      'PATCH',
      `/Groups/${group}`,
      200,
      patchOf({ op: 'replace', value: { id: group, displayName: marked('Chefs') } }),
    );
    await scim.must(
      'PATCH',
      `/Groups/${group}`,
      200,
      patchOf(
        { op: 'remove', path: `members[value eq "${id}"]` },
        { op: 'add', path: 'members', value: [{ value: id }] },
      ),
    );
    expect((await scim.must('GET', `/Groups/${group}?count=100&startIndex=1`, 200)).body).toMatchObject({
      members: [{ value: id }],
    });

    await scim.must('PATCH', `/Users/${id}`, 200, patchOf({ op: 'replace', value: { active: false } }));
    await arrives('ana', { status: 'deactivated' });
    expect(await found(byName)).toBe(1);
    await scim.must('PATCH', `/Users/${id}`, 200, patchOf({ op: 'replace', value: { active: true } }));
    await arrives('ana', { status: 'active' });
  });

  it.each([
    { flag: '', spoken: 'in its own words' },
    { flag: 'aadOptscim062020', spoken: 'as the standard has it (aadOptscim062020)' },
  ])('of Entra, $spoken: tested, created, patched, disabled, deleted for good', async ({ flag }) => {
    const isStandard = flag !== '';
    const flagged = (path: string): string => (isStandard ? `${path}${path.includes('?') ? '&' : '?'}${flag}` : path);
    const no = isStandard ? false : 'False';
    const op = (name: string): string => (isStandard ? name.toLowerCase() : name);
    // The connection is tested with a user that cannot be: an empty list, not an error.
    const nobody = encodeURIComponent('userName eq "7b8a1c2e-0000"');
    const none = await scim.must('GET', flagged(`/Users?filter=${nobody}`), 200);
    expect(none.body).toMatchObject({ totalResults: 0, Resources: [] });
    expect(none.headers.get('content-type')).toMatch(/^application\/scim\+json/);

    const boss = idOf(
      await scim.must('POST', flagged('/Users'), 201, { userName: mail('boss'), displayName: marked('B') }),
    );
    const made = await scim.must('POST', flagged('/Users'), 201, {
      schemas: [core, enterprise],
      externalId: 'object-7',
      userName: mail('di'),
      active: isStandard ? true : 'True',
      displayName: marked('Di'),
      emails: [{ primary: true, type: 'work', value: mail('di') }],
      meta: { resourceType: 'User' },
      name: { formatted: marked('Di Ng'), familyName: marked('Ng'), givenName: marked('Di') },
      roles: [],
    });
    const at = flagged(`/Users/${idOf(made)}`);
    await arrives('di', { status: 'active' });
    const manager = `${enterprise}:manager`;
    await scim.must(
      'PATCH',
      at,
      200,
      patchOf(
        { op: op('Replace'), path: 'emails[type eq "work"].value', value: mail('new') },
        { op: op('Add'), path: 'phoneNumbers[type eq "mobile"].value', value: marked('555') },
        { op: op('Add'), path: manager, value: isStandard ? boss : [{ $ref: `../Users/${boss}`, value: boss }] },
        {
          op: op('Replace'),
          value: isStandard
            ? {
                title: marked('Chef'),
                name: { familyName: marked('Weiß') },
                [enterprise]: { department: marked('R&D') },
              }
            : { title: marked('Chef'), 'name.familyName': marked('Weiß'), [`${enterprise}:department`]: marked('R&D') },
        },
      ),
    );
    await arrives('new', { attributes: { title: marked('Chef'), department: marked('R&D') } });
    expect((await scim.must('GET', at, 200)).body).toMatchObject({
      emails: [{ value: mail('new'), type: 'work', primary: true }],
      phoneNumbers: [{ value: marked('555'), type: 'mobile' }],
      name: { familyName: marked('Weiß'), givenName: marked('Di') },
      [enterprise]: { manager: { value: boss } },
    });
    const shown = await muster.api.must('GET', `/v1/tenants/${scim.tenant}/users/${(await userOf('new'))?.id ?? ''}`);
    expect(shown).toMatchObject({ manager: { userId: (await userOf('boss'))?.id } });
    const byMail = `emails[type eq "work"].value eq "${mail('new')}"`;
    expect(await found(byMail, isStandard ? `&${flag}` : '')).toBe(1);

    const group = idOf(
      await scim.must('POST', flagged('/Groups'), 201, { displayName: marked('All'), externalId: 'g-1' }),
    );
    const id = idOf(made);
    const members = flagged(`/Groups/${group}`);
    await scim.must('PATCH', members, 200, patchOf({ op: op('Add'), path: 'members', value: [{ value: id }] }));
    const isIn = encodeURIComponent(`id eq "${group}" and members eq "${id}"`);
    const asked = flagged(`/Groups?excludedAttributes=members&filter=${isIn}`);
    expect((await scim.must('GET', asked, 200)).body['totalResults']).toBe(1);
    await scim.must(
      'PATCH',
      members,
      200,
      patchOf(
        isStandard
          ? { op: 'remove', path: `members[value eq "${id}"]` }
          : { op: 'Remove', path: 'members', value: [{ value: id }] },
      ),
    );
    expect((await scim.must('GET', asked, 200)).body['totalResults']).toBe(0);

    await scim.must('PATCH', at, 200, patchOf({ op: op('Replace'), path: 'active', value: no }));
    await arrives('new', { status: 'deactivated' });
    expect(await found('externalId eq "object-7"')).toBe(1);
    await scim.must('DELETE', at, 204);
    await scim.must('GET', at, 404);
    await scim.must('DELETE', at, 404);
    expect(await found('externalId eq "object-7"')).toBe(0);
  });

  it('of OneLogin: as a template that somebody edited, late and out of order', async () => {
    const template = (name: string, rest: object = {}): object => ({
      schemas: [core, enterprise],
      userName: mail(name),
      externalId: name,
      active: 'true',
      displayName: marked(name),
      name: { givenName: '', familyName: null },
      emails: [{ value: mail(name), type: 'work', primary: 'true' }],
      title: '',
      // A mistake of the admin who edited it, and an attribute of their own.
      favourites: [null, {}, ['x']],
      [enterprise]: { department: marked('Sales') },
      ...rest,
    });
    const early = idOf(await scim.must('POST', '/Groups', 201, { displayName: marked('Sales') }));
    const ed = idOf(await scim.must('POST', '/Users', 201, template('ed')));
    const fi = idOf(await scim.must('POST', '/Users', 201, template('fi')));
    await scim.must('POST', '/Users', 409, template('ed'));
    await arrives('ed', { status: 'active', attributes: { department: marked('Sales') } });
    await arrives('fi', { status: 'active' });

    // Two leave, one in each way; what was sent about them before comes after.
    await scim.must('DELETE', `/Users/${ed}`, 204);
    await scim.must('PUT', `/Users/${ed}`, 404, template('ed', { title: marked('Late') }));
    await scim.must('DELETE', `/Users/${ed}`, 404);
    await scim.must('PUT', `/Users/${fi}`, 200, template('fi', { active: 'false' }));
    await scim.must(
      'PATCH',
      `/Groups/${early}`,
      200,
      patchOf({ op: 'add', path: 'members', value: [{ value: ed }, { value: fi }, { value: 'unknown' }] }),
    );
    await arrives('ed', { status: 'deactivated' });
    await arrives('fi', { status: 'deactivated' });
    expect(await found(`userName eq "${mail('ed')}"`)).toBe(0);
    expect(await found(`userName eq "${mail('fi')}"`)).toBe(1);
  });

  it('of a second provider of the same people: nothing but who leaves', async () => {
    const second = await ScimClient.ofNewIntegration(muster.api, { tenant: scim.tenant, precedence: 'secondary' });
    const user = (title: string): object => ({
      userName: mail('gus'),
      displayName: marked('Gus'),
      title: marked(title),
    });
    await scim.must('POST', '/Users', 201, user('Cook'));
    await arrives('gus', { attributes: { title: marked('Cook') } });
    const id = idOf(await second.must('POST', '/Users', 201, user('Boss')));
    await second.must('POST', '/Users', 201, { userName: mail('unknown'), displayName: marked('Nobody') });
    const skipped = async () => {
      const { items } = await muster.api.must<{ items: { session: { counts: { skipped: number } } | null }[] }>(
        'GET',
        `/v1/tenants/${scim.tenant}/syncs?integration=${second.integration}`,
      );
      return items[0]?.session?.counts.skipped;
    };
    await expect.poll(skipped, patience).toBe(2);
    expect(await muster.users(scim.tenant)).toHaveLength(1);
    expect(await userOf('gus')).toMatchObject({ status: 'active', attributes: { title: marked('Cook') } });
    await second.must('PATCH', `/Users/${id}`, 200, patchOf({ op: 'replace', path: 'active', value: false }));
    await arrives('gus', { status: 'deactivated' });
  });
});
