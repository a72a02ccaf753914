import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connector, ConnectorSummary } from '#api-client';
import { capturedTerminal, runAt } from '../cli/captured-terminal.js';
import { ApiUnderTest, operatorKey } from './api-under-test.js';

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

  it('is a table at the terminal', async () => {
    const muster = (...args: string[]) =>
      runAt(capturedTerminal(140), [...args, '--url', url, '--api-key', operatorKey]);
    const { out } = await muster('connector', 'list');
    expect(out).toMatch(/acme-hr +Acme HR +custom +medium +yes +declaredTotal/);
    expect(out).toMatch(/csv-sftp +CSV over SFTP +out of the box +medium +endMarker/);
    expect((await muster('connector', 'show', 'csv-sftp')).out).toMatch(/one person +Everybody is read/);
  });
});
