import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector, ConnectorSummary } from '#api-client';
import { capturedTerminal, runAt } from '../cli/captured-terminal.js';
import { ApiUnderTest, operatorKey } from './api-under-test.js';

interface Setup {
  outboundAddresses: string[];
  steps: { title: string; values: { label: string; value: string }[] }[];
}

let api: ApiUnderTest;
let url: string;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  url = await api.listen();
});

afterAll(async () => {
  await api.stop();
});

describe('what connectors are compared by', () => {
  it('says of each what it is like to use', async () => {
    const { items } = await api.json<{ items: ConnectorSummary[] }>('GET', '/v1/connectors');
    const table = Object.fromEntries(items.map(({ id, traits }) => [id, traits]));
    expect(table['ldap']).toMatchObject({
      kind: 'outOfTheBox',
      setupEffort: { level: 'low', text: expect.stringContaining('account') as string },
      restrictedRole: { inDefaultMapping: false },
      personSync: { supported: true },
      wholeness: { evidence: 'endMarker' },
    });
    expect(table['csv-sftp']).toMatchObject({ personSync: { supported: false } });
    expect(table['acme-hr']).toMatchObject({
      restrictedRole: { inDefaultMapping: true },
      wholeness: { evidence: 'declaredTotal' },
    });
    for (const { id, traits } of items) {
      expect(traits.setupEffort.text, id).toMatch(/\.$/);
      expect(traits.mapping.attributes, id).toContain('email');
    }
  });

  it('says of each by what it is known that everybody was read, and nothing that is not so', async () => {
    const { items } = await api.json<{ items: ConnectorSummary[] }>('GET', '/v1/connectors');
    const wholeness = Object.fromEntries(items.map(({ id, traits }) => [id, traits.wholeness.text]));
    const declared =
      /^The source says how many people there are, at the start and at the end, and as many were read\.$/;
    const said: Record<string, RegExp> = {
      'acme-hr': declared,
      'csv-inbox':
        /was sent to its end, closed by its sender, .* Nothing in the file itself marks its end unless a trailer/,
      'csv-sftp': /same size and time before, .* Nothing in the file itself marks its end unless a trailer/,
      keycloak: declared,
      ldap: /says that no page follows/,
      scim: /The provider says nowhere that these are all of its people/,
      'workday-raas': /closing bracket and brace/,
      'workday-soap': declared,
    };
    expect(Object.keys(wholeness).sort()).toEqual(Object.keys(said));
    for (const [id, words] of Object.entries(said)) expect(wholeness[id], id).toMatch(words);
    const marked = Object.entries(wholeness).filter(([, text]) => text.includes('The source marks the end'));
    expect(marked).toEqual([]);
    const persons = Object.fromEntries(items.map(({ id, traits }) => [id, traits.personSync.text]));
    expect(persons['workday-raas']).toContain('personReportUrl');
    expect(persons['scim']).toContain('the provider is not asked');
    expect(persons['ldap']).toBe('One person can be read and synced alone.');
  });

  it('tells what a company can connect by itself from what was written for one', async () => {
    const { items } = await api.json<{ items: ConnectorSummary[] }>('GET', '/v1/connectors');
    const custom = items.filter(({ traits }) => traits.kind === 'custom');
    expect(custom.map(({ id }) => id)).toEqual(['acme-hr']);
  });

  it('names every setting once, and whether it is a secret and needed', async () => {
    const { config, secrets, traits } = await api.json<Connector>('GET', '/v1/connectors/acme-hr');
    const names = [config, secrets].flatMap(({ properties = {} }) => Object.keys(properties as object));
    expect(traits.settings.map(({ name }) => name)).toEqual(names);
    const setting = (name: string) => traits.settings.find((one) => one.name === name);
    expect(setting('clientSecret')).toMatchObject({ secret: true, required: true });
    expect(setting('pageSize')).toMatchObject({ secret: false, required: false });
    expect(traits.settings.filter(({ description }) => description === '')).toEqual([]);
  });

  it('of those that call a source, shows whom it must let through', async () => {
    const { id: tenant } = await api.json<{ id: string }>('POST', '/v1/tenants', { body: { name: 'Acme' } });
    const url = 'https://hr.acme.example';
    const settings: Record<string, object> = {
      'acme-hr': { baseUrl: url, clientId: 'muster' },
      'csv-sftp': { host: 'sftp.acme.example', user: 'muster', content: 'full' },
      keycloak: { baseUrl: url, realm: 'acme', clientId: 'muster' },
      ldap: { url: 'ldaps://ldap.acme.example', bindDn: 'cn=muster', baseDn: 'dc=acme' },
      'workday-raas': { reportUrl: `${url}/ccx/service/customreport2/acme/u/r`, username: 'muster@acme' },
      'workday-soap': { serviceUrl: `${url}/ccx/service/acme/Human_Resources/v45.0`, username: 'muster@acme' },
    };
    const { items } = await api.json<{ items: ConnectorSummary[] }>('GET', '/v1/connectors');
    const called = items.filter(({ id }) => !['scim', 'csv-inbox'].includes(id)).map(({ id }) => id);
    expect(called.sort()).toEqual(Object.keys(settings));
    const secrets: Record<string, object> = {
      'acme-hr': { clientSecret: 'x', signingKey: 'x' },
      keycloak: { clientSecret: 'x' },
      ldap: { password: 'x' },
      'workday-raas': { password: 'x' },
      'workday-soap': { password: 'x' },
    };
    for (const [connectorId, config] of Object.entries(settings)) {
      const { id } = await api.json<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
        body: { name: connectorId, connectorId, config, secrets: secrets[connectorId] ?? {} },
      });
      const setup = await api.json<Setup>('GET', `/v1/tenants/${tenant}/integrations/${id}/setup`);
      expect(setup.outboundAddresses).toEqual(['203.0.113.7', '2001:db8:1::/64']);
      const [step] = setup.steps.filter(({ title }) => title.startsWith('Let Muster'));
      const from = step?.values.filter(({ label }) => label === 'Muster connects from').map(({ value }) => value);
      expect(from, connectorId).toEqual(setup.outboundAddresses);
    }
  });

  it('is a table at the terminal', async () => {
    const muster = (...args: string[]) =>
      runAt(capturedTerminal(140), [...args, '--url', url, '--api-key', operatorKey]);
    const { out } = await muster('connector', 'list');
    expect(out).toMatch(/acme-hr +Acme HR +custom +medium +yes +declaredTotal/);
    expect(out).toMatch(/csv-sftp +CSV over SFTP +out of the box +medium +endMarker/);
    expect((await muster('connector', 'show', 'csv-sftp')).out).toMatch(/one person +Everybody is read/);
  });
});
