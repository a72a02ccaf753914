import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shippedConnectors } from '#connector-catalog';
import { activateMapping } from '../support/acme-tenant.js';
import { acmeHrSource } from '../support/company-sources/acme-hr-source.js';
import type { CompanySource } from '../support/company-sources/company-source.js';
import { csvSource } from '../support/company-sources/csv-source.js';
import { keycloakSource } from '../support/company-sources/keycloak-source.js';
import { ldapSource } from '../support/company-sources/ldap-source.js';
import { type CompanyPerson, fullNameOf, oneCompany } from '../support/company-sources/one-company.js';
import { scimSource } from '../support/company-sources/scim-source.js';
import { workdayReportsSource } from '../support/company-sources/workday-reports-source.js';
import { workdaySoapSource } from '../support/company-sources/workday-soap-source.js';
import { RunningMuster, type UserAnswer } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';

const company = oneCompany(500);
const leaver = 499;
const patience = { timeout: 60_000, interval: 100 };

/** What the directory shows of somebody, the manager by their address. */
interface Row {
  employeeId: unknown;
  fullName: unknown;
  email: unknown;
  title: unknown;
  department: unknown;
  costCentre: unknown;
  manager: unknown;
  status: string;
  role: string;
}

function expected(person: CompanyPerson): Row {
  return {
    employeeId: person.employeeId,
    fullName: fullNameOf(person),
    email: person.email,
    title: person.title,
    department: person.department,
    costCentre: person.costCentre,
    manager: person.managerNumber === null ? null : company[person.managerNumber]?.email,
    status: person.number === leaver ? 'deactivated' : 'active',
    role: person.isRestricted ? 'restricted' : 'regular',
  };
}

function rowsOf(users: readonly UserAnswer[]): Row[] {
  const emails = new Map(users.map(({ id, attributes }) => [id, attributes['email']]));
  const rows = users.map(({ attributes, manager, status, role }) => ({
    employeeId: attributes['employeeId'],
    fullName: attributes['fullName'],
    email: attributes['email'],
    title: attributes['title'],
    department: attributes['department'],
    costCentre: attributes['custom.costCentre'],
    manager: emails.get(manager?.userId ?? '') ?? null,
    status,
    role,
  }));
  return rows.sort((one, other) => (String(one.employeeId) < String(other.employeeId) ? -1 : 1));
}

describe.each([
  ['Workday’s reports', workdayReportsSource],
  ['Workday’s SOAP', workdaySoapSource],
  ['CSV over SFTP', csvSource],
  ['LDAP', ldapSource],
  ['Keycloak', keycloakSource],
  ['an in-house HR system', acmeHrSource],
  ['SCIM, and who leaves is switched off', scimSource('active: false')],
  ['SCIM, and who leaves is deleted', scimSource('DELETE')],
])('the same company out of %s', (_, start) => {
  let muster: RunningMuster;
  let source: CompanySource;
  beforeAll(async () => {
    [muster, source] = await Promise.all([RunningMuster.start({}, newEmbeddedEngine()), start(company)]);
  }, 240_000);
  afterAll(async () => {
    await source?.stop();
    await muster?.stop();
  });

  it('ends in the same directory, and so does the day on which somebody leaves', async () => {
    const { api } = muster;
    const { connectorId, config, secrets, attributes, restricted } = source;
    const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' });
    for (const [name, type] of [
      ['custom.costCentre', 'string'],
      ['custom.contractor', 'boolean'],
    ] as const) {
      await api.must('PUT', `/v1/tenants/${tenant}/attributes/${name}`, { label: name, type });
    }
    const { id: integration } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'People',
      connectorId,
      config,
      secrets,
    });
    const own = shippedConnectors.find(({ definition }) => definition.id === connectorId)?.definition.defaultMapping;
    await activateMapping(api, tenant, integration, {
      attributes: { ...own?.attributes, ...attributes },
      restricted: { expression: restricted, onMissing: 'keep' },
    });

    await source.push?.(api, tenant, integration);
    const dry = await api.runSync(tenant, integration, {});
    const present = company.filter(({ isActive }) => isActive);
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'full', wholeness: 'complete', records: company.length },
      counts: { created: present.length, skipped: company.length - present.length, failed: 0 },
    });
    await api.approved(tenant, dry);
    const before = present.map(expected).map((row) => ({ ...row, status: 'active' }));
    expect(rowsOf(await muster.users(tenant))).toEqual(before);

    await source.leave(leaver);
    const after = present.map(expected);
    if (source.push === undefined) {
      const without = await api.runSync(tenant, integration, {});
      expect(without, without.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 1, failed: 0 } });
      expect(rowsOf(await muster.users(tenant))).toEqual(before);
      const live = await api.runSync(tenant, integration, { mode: 'live' });
      const left = { state: 'completed', held: 0, counts: { deprovisioned: 1, updated: 0 } };
      expect(live, live.summary).toMatchObject(left);
    } else {
      // Nobody asks for what is pushed; and a sync that somebody does ask for finds nothing left to do.
      await expect.poll(async () => rowsOf(await muster.users(tenant)), patience).toEqual(after);
      const rest = await api.runSync(tenant, integration, { mode: 'live' });
      const nothing = { created: 0, updated: 0, deprovisioned: 0, reactivated: 0, failed: 0 };
      expect(rest, rest.summary).toMatchObject({ state: 'completed', manifest: { extent: 'full' }, counts: nothing });
    }
    expect(rowsOf(await muster.users(tenant))).toEqual(after);
  });
});
