import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LdapEntry, OpenLdapServer } from '#testing';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';

const people = 'ou=people,dc=acme,dc=example';
const dnOf = (number: number): string => `uid=${marked(`p${number}`)},${people}`;
const mailOf = (number: number): string => marked(`p${number}@acme.example`);

function employee(number: number): LdapEntry {
  return {
    dn: dnOf(number),
    attributes: {
      objectClass: ['inetOrgPerson', 'user'],
      uid: marked(`p${number}`),
      cn: marked(`Ann ${number}`),
      sn: marked('Lee'),
      mail: mailOf(number),
      employeeNumber: marked(String(number)),
      title: 'Engineer',
      departmentNumber: 'Operations',
      userAccountControl: '512',
      ...(number === 1 ? {} : { manager: dnOf(1) }),
    },
  };
}

describe('a company whose people are in an LDAP directory', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-ldap-'));
  let muster: RunningMuster;
  let server: OpenLdapServer;
  let tenant: string;
  let integration: string;

  beforeAll(async () => {
    const unit: LdapEntry = { dn: people, attributes: { objectClass: 'organizationalUnit', ou: 'people' } };
    const entries = [unit, ...Array.from({ length: 500 }, (_, index) => employee(index + 1))];
    server = await OpenLdapServer.start({ entries });
    const caFile = path.join(directory, 'ca.pem');
    writeFileSync(caFile, server.ca);
    muster = await RunningMuster.start({ settings: { MUSTER_EGRESS_CA_FILE: caFile } }, newEmbeddedEngine());
    ({ id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' }));
    ({ id: integration } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Directory',
      connectorId: 'ldap',
      config: { url: server.tlsUrl, bindDn: server.adminDn, baseDn: people, pageSize: 100 },
      secrets: { password: server.password },
    }));
    await activateMapping(muster.api, tenant, integration, { default: true });
  });
  afterAll(async () => {
    await muster.stop();
    await server.stop();
    rmSync(directory, { recursive: true });
  });

  async function live(): Promise<SyncAnswer> {
    return muster.api.runSync(tenant, integration, { mode: 'live' });
  }

  async function active(): Promise<number> {
    return (await muster.users(tenant)).filter(({ status }) => status === 'active').length;
  }

  it('is planned dry and applied as approved, with its managers', async () => {
    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'full', wholeness: 'complete', records: 500 },
      counts: { created: 500, failed: 0 },
    });
    const applied = await muster.api.approved(tenant, dry);
    expect(applied.totals.map(({ state }) => state)).toEqual(['applied']);
    const users = await muster.users(tenant);
    expect(users).toHaveLength(500);
    const byMail = new Map(users.map((user) => [user.attributes['email'], user]));
    expect(byMail.get(mailOf(2))).toMatchObject({
      status: 'active',
      attributes: {
        fullName: marked('Ann 2'),
        employeeId: marked('2'),
        title: 'Engineer',
        department: 'Operations',
      },
      manager: { userId: byMail.get(mailOf(1))?.id },
    });
  });

  it('loses those who are gone or disabled, within the safeguards, and gains who joined', async () => {
    await server.delete(...Array.from({ length: 10 }, (_, index) => dnOf(491 + index)));
    await server.replace(dnOf(490), 'userAccountControl', '514');
    await server.add(employee(501));
    const sync = await live();
    expect(sync, sync.summary).toMatchObject({
      state: 'completed',
      held: 0,
      counts: { created: 1, deprovisioned: 11, failed: 0 },
    });
    expect(await active()).toBe(490);
  });

  it('loses nobody by a directory that shows nobody, or is away', async () => {
    await server.delete(...Array.from({ length: 490 }, (_, index) => dnOf(index + 1)), dnOf(501));
    const nobody = await live();
    expect(nobody, nobody.summary).toMatchObject({
      state: 'incomplete',
      manifest: { wholeness: 'truncated', records: 0 },
      counts: { deprovisioned: 0 },
    });
    expect(nobody.summary).toMatch(/shows nobody/);
    await server.kill();
    const away = await live();
    expect(away, away.summary).toMatchObject({ state: 'failed', failure: { code: 'unreachable' } });
    expect(await active()).toBe(490);
  });
});
