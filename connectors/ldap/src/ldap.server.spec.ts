import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LdapEntry, OpenLdapServer } from '#testing';
import { guidBytes } from './binary-text.js';
import { ldap } from './ldap.connector.js';
import { entryOf, peopleDn, peopleUnit, RunningDirectory } from './running-directory.spec.js';

const serviceDn = 'cn=muster,dc=acme,dc=example';
const usualDn = 'cn=usual,dc=acme,dc=example';
const limitedDn = 'cn=limited,dc=acme,dc=example';
const servicePassword = 'not-a-secret-either';

function service(dn: string): LdapEntry {
  const cn = /^cn=([^,]+)/.exec(dn)?.[1] ?? '';
  const objectClass = ['organizationalRole', 'simpleSecurityObject'];
  return { dn, attributes: { objectClass, cn, userPassword: servicePassword } };
}

/** What the setup tells whoever runs the directory to write, of one step. */
function toldBySetup(label: string): string {
  const config = ldap.config.parse({ url: 'ldaps://ldap.acme.example', bindDn: serviceDn, baseDn: peopleDn });
  const steps = ldap.setup?.({ tenantId: 't', integrationId: 'i', publicUrl: null, config }) ?? [];
  const values = steps.flatMap((step) => step.values ?? []);
  return values.find((value) => value.label === label)?.value ?? '';
}

const database = [
  `limits dn.exact="${limitedDn}" size.pr=500 size.prtotal=1000`,
  `limits ${toldBySetup('Limits')}`,
  'access to dn.subtree="ou=hidden,dc=acme,dc=example" by * none',
  `access ${toldBySetup('Rule')}`,
  `access to * by anonymous auth by users read`,
];

function unit(name: string): LdapEntry {
  return { dn: `ou=${name},dc=acme,dc=example`, attributes: { objectClass: 'organizationalUnit', ou: name } };
}

describe('ldap on OpenLDAP', () => {
  let server: OpenLdapServer;
  let directory: RunningDirectory;
  beforeAll(async () => {
    server = await OpenLdapServer.start({
      database,
      entries: [
        service(serviceDn),
        service(limitedDn),
        service(usualDn),
        peopleUnit,
        unit('hidden'),
        unit('empty'),
        unit('some'),
        ...Array.from({ length: 2500 }, (_, index) =>
          entryOf(index, index === 0 ? {} : { manager: `uid=p0,${peopleDn}` }),
        ),
      ],
    });
    directory = new RunningDirectory(server);
  });
  afterAll(async () => server.stop());

  const asService = { config: { bindDn: serviceDn }, password: servicePassword };
  const asLimited = { config: { bindDn: limitedDn }, password: servicePassword };

  it('reads 2,500 people in pages of 500, over STARTTLS', async () => {
    const { ids, batches, end, documents } = await directory.fetch(asService);
    expect(batches).toEqual([500, 500, 500, 500, 500]);
    expect(new Set(ids).size).toBe(2500);
    expect(end).toEqual({ extent: 'full', lastPageSeen: true });
    expect(documents.find((one) => one['@id'] === 'p7')).toEqual({
      '@id': 'p7',
      '@dn': `uid=p7,${peopleDn}`,
      '@disabled': null,
      '@managerId': 'p0',
      uid: ['p7'],
      cn: ['Person 7'],
      sn: ['Family 7'],
      mail: ['p7@acme.example'],
      employeeNumber: ['7'],
      manager: [`uid=p0,${peopleDn}`],
    });
  });

  it('reads over ldaps, and unencrypted where that is wished', async () => {
    const one = '(uid=p1)';
    for (const config of [{ url: server.tlsUrl }, { startTls: false }]) {
      expect(await directory.fetch({ config: { ...config, filter: one } })).toMatchObject({
        ids: ['p1'],
        end: { lastPageSeen: true },
      });
    }
  });

  it.each(['ldaps', 'STARTTLS'])('trusts no authority that it was not told of (%s)', async (way) => {
    const config = way === 'ldaps' ? { url: server.tlsUrl } : {};
    const { error, documents } = await directory.fetch({ config, ca: null });
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'certificateNotTrusted' });
    expect(error?.message).toMatch(/MUSTER_EGRESS_CA_FILE/);
    expect(documents).toEqual([]);
    expect((await directory.check({ config, ca: null })).at(-1)).toMatchObject({ step: 'connect', ok: false });
  });

  it.each([
    { limit: 1000, bindDn: limitedDn },
    { limit: 500, bindDn: usualDn },
  ])('is truncated, and says why, when the server stops at a limit of $limit', async ({ limit, bindDn }) => {
    const { ids, end } = await directory.fetch({ config: { bindDn, pageSize: 250 }, password: servicePassword });
    expect(ids).toHaveLength(limit);
    expect(end).toMatchObject({ extent: 'full', lastPageSeen: false });
    expect(end?.note).toMatch(new RegExp(`stopped after ${limit} people.*nobody is removed.*size limit`));
  });

  it('says that the limit lets nobody through when a page is larger than it', async () => {
    const { error } = await directory.fetch({ ...asLimited, config: { ...asLimited.config, pageSize: 501 } });
    expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'sizeLimit' });
  });

  it.each([
    ['a wrong password', { password: 'wrong' }, 'SourceCredentialsError', 'loginRefused'],
    ['an unknown user', { config: { bindDn: `uid=nobody,${peopleDn}` } }, 'SourceCredentialsError', 'loginRefused'],
    ['a user that is no DN', { config: { bindDn: 'muster' } }, 'SourceConfigurationError', 'invalidDn'],
    ['a wrong base', { config: { baseDn: 'ou=away,dc=acme,dc=example' } }, 'SourceConfigurationError', 'baseNotFound'],
    [
      'another company’s base',
      { config: { baseDn: 'dc=other,dc=example' } },
      'SourceConfigurationError',
      'baseNotFound',
    ],
    ['a base that is no DN', { config: { baseDn: 'people' } }, 'SourceConfigurationError', 'invalidDn'],
  ])('refuses %s in plain words, without naming anybody', async (_, wishes, name, code) => {
    const { error } = await directory.fetch(wishes);
    expect(error).toMatchObject({ name, code });
    expect(JSON.stringify([error?.message, error?.fields])).not.toMatch(/dc=|nobody@|wrong/);
  });

  it('says that it does not find a base that is hidden from its user', async () => {
    const config = { ...asService.config, baseDn: 'ou=hidden,dc=acme,dc=example' };
    expect((await directory.fetch({ ...asService, config })).error).toMatchObject({ code: 'baseNotFound' });
  });

  it('removes nobody because the filter fits nobody', async () => {
    const { end, documents } = await directory.fetch({ config: { filter: '(uid=nobody)' } });
    expect(documents).toEqual([]);
    expect(end).toMatchObject({ extent: 'full', lastPageSeen: false });
    expect(end?.note).toMatch(/nobody is removed/);
  });

  it('ends as retriable when the server dies in the middle, and reads everybody when it is back', async () => {
    let killed = false;
    const { error, batches } = await directory.fetch({
      afterBatch: async () => {
        if (!killed) await server.kill();
        killed = true;
      },
    });
    expect(batches).toEqual([500]);
    expect(error).toMatchObject({ name: 'SourceRetriableError', code: 'connectionLost' });
    expect((await directory.fetch()).error).toMatchObject({ name: 'SourceRetriableError', code: 'unreachable' });
    await server.restart();
    expect((await directory.fetch()).ids).toHaveLength(2500);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    const reason = new Error('cancelled');
    const { error } = await directory.fetch({ signal: stop.signal, afterBatch: async () => stop.abort(reason) });
    expect(error).toBe(reason);
  });

  it('reads one person, whatever is in the id', async () => {
    const odd = 'ann*(x)\\y,"z"';
    const dn = `uid=${odd.replace(/[\\,"]/g, '\\$&')},${peopleDn}`;
    await server.add({ dn, attributes: { ...entryOf(9001).attributes, uid: odd, manager: `uid=p0,${peopleDn}` } });
    await server.add({ ...entryOf(9002, { manager: dn }) });
    try {
      expect(await directory.fetch({ person: odd })).toMatchObject({
        ids: [odd],
        documents: [{ '@managerId': 'p0' }],
        end: { extent: 'person', lastPageSeen: true },
      });
      expect(await directory.fetch({ person: 'p9002' })).toMatchObject({ documents: [{ '@managerId': odd }] });
      expect((await directory.fetch({ config: { filter: String.raw`(uid=ann\2a\28x\29\5cy*)` } })).ids).toEqual([odd]);
      for (const person of ['*', 'p*', 'p1)(uid=p2', '(|(uid=*))', 'nobody\0']) {
        const { ids, end } = await directory.fetch({ person });
        expect(ids).toEqual([]);
        expect(end).toMatchObject({ extent: 'person', note: /does not know this person/ });
      }
    } finally {
      await server.delete(dn, entryOf(9002).dn);
    }
  });

  it('takes filters with escaped letters, comparisons and bits', async () => {
    const entry = entryOf(9003, { cn: ['Jörg Müller', 'Jörg (HR)'], userAccountControl: '514' });
    await server.add(entry);
    try {
      const filters = [
        String.raw`(cn=J\c3\b6rg M\C3\BCller)`,
        '(cn=Jörg*Müller)',
        String.raw`(&(objectClass=person)(cn=*\28HR\29)(!(uid=p1)))`,
        '(userAccountControl:1.2.840.113556.1.4.803:=2)',
        '(&(objectClass=person)(|(employeeNumber=9003)(sn~=nobody)))',
      ];
      for (const filter of filters) {
        expect((await directory.fetch({ config: { filter } })).ids, filter).toEqual(['p9003']);
      }
    } finally {
      await server.delete(entry.dn);
    }
  });

  it('knows people by entryUUID or objectGUID as well, and whether their account is disabled', async () => {
    const baseDn = 'ou=some,dc=acme,dc=example';
    const guid = randomUUID();
    const entry = entryOf(1, {
      objectGUID: guidBytes(guid)!,
      userAccountControl: '66050',
      jpegPhoto: Buffer.of(255, 0, 254),
    });
    await server.add({ ...entry, dn: `uid=p1,${baseDn}` });
    await server.add({ ...entryOf(2, { userAccountControl: '512' }), dn: `uid=p2,${baseDn}` });

    const filter = '(objectClass=user)';
    const byGuid = { config: { baseDn, directory: 'activeDirectory', filter, idAttribute: undefined } };
    const guids = await directory.fetch(byGuid);
    expect(guids.ids).toEqual([guid, null]);
    expect(guids.documents).toMatchObject([
      { '@id': guid, '@disabled': true, objectGUID: [guid] },
      { '@id': null, '@disabled': false },
    ]);
    expect((await directory.fetch({ ...byGuid, person: guid })).ids).toEqual([guid]);
    expect((await directory.fetch({ ...byGuid, person: 'p1' })).ids).toEqual([]);
    expect((await directory.check(byGuid)).at(-1)).toMatchObject({
      step: 'sample',
      ok: false,
      details: { withoutId: 1 },
    });

    const { ids } = await directory.fetch({ config: { baseDn, idAttribute: 'entryUUID' } });
    expect(ids).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect((await directory.fetch({ config: { baseDn, idAttribute: 'entryUUID' }, person: ids[1]! })).ids).toEqual([
      ids[1],
    ]);

    const attributes = ['cn', 'jpegPhoto'];
    const leftOut = await directory.fetch({ config: { baseDn, attributes } });
    expect(leftOut.documents[0]).not.toHaveProperty('jpegPhoto');
    expect(leftOut.end).toMatchObject({
      lastPageSeen: true,
      note: 'Values of jpegPhoto are no text and were left out.',
    });
    const declared = await directory.fetch({ config: { baseDn, attributes, binaryAttributes: ['JPEGphoto'] } });
    expect(declared.documents[0]).toMatchObject({ jpegPhoto: ['/wD+'] });
    expect(declared.end).toEqual({ extent: 'full', lastPageSeen: true });
  });

  it('removes nobody while a part of the tree is on another server, unless that part was given up', async () => {
    const objectClass = ['referral', 'extensibleObject'];
    const dn = 'ou=berlin,ou=some,dc=acme,dc=example';
    await server.add({ ...entryOf(3), dn: 'uid=p3,ou=some,dc=acme,dc=example' });
    await server.add({ dn, attributes: { objectClass, ou: 'berlin', ref: 'ldap://berlin.acme.example/' + dn } });
    const config = { baseDn: 'ou=some,dc=acme,dc=example' };
    const { end, ids } = await directory.fetch({ config });
    expect(ids).toContain('p3');
    expect(end).toMatchObject({
      lastPageSeen: false,
      note: expect.stringMatching(/One part of the tree.*ignoreReferrals/),
    });
    expect((await directory.fetch({ config: { ...config, ignoreReferrals: true } })).end).toMatchObject({
      lastPageSeen: true,
    });
    expect((await directory.fetch({ config: { baseDn: dn } })).error).toMatchObject({ code: 'heldElsewhere' });
  });

  it('is checked step by step, without showing anybody', async () => {
    const steps = await directory.check(asService);
    expect(steps.map(({ step, ok }) => [step, ok])).toEqual(
      ['configuration', 'dns', 'connect', 'credentials', 'firstPage', 'sample'].map((step) => [step, true]),
    );
    expect(steps.at(-1)?.details).toMatchObject({
      attributes: ['cn', 'employeeNumber', 'mail', 'manager', 'sn', 'uid'],
      accountStateKnown: false,
    });
    expect(JSON.stringify(steps)).not.toMatch(/Person \d|@acme|uid=/);
    expect((await directory.check({ password: 'wrong' })).at(-1)).toMatchObject({ step: 'credentials', ok: false });
    const nobody = await directory.check({ config: { baseDn: 'ou=empty,dc=acme,dc=example' } });
    expect(nobody.at(-1)).toMatchObject({ step: 'firstPage', ok: false });
  });
});
