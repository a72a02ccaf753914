import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type Integration, SecretBox, SettingsStore } from '#core';
import { newDataDirectory, type RunningFetcher, scripted, seed, startFetcher } from './running-fetcher.spec.js';
import { SecretKeeper } from './secret-keeper.js';

const connector = scripted(
  async function* () {
    yield { records: [], next: null };
    return { extent: 'full', lastPageSeen: true };
  },
  { secrets: z.strictObject({ refreshToken: z.string(), clientSecret: z.string() }) },
);

let directory: ReturnType<typeof newDataDirectory>;
let fetcher: RunningFetcher;
let integration: Integration;

beforeEach(async () => {
  directory = newDataDirectory();
  fetcher = await startFetcher(directory.path, [connector]);
  integration = await seed(fetcher, connector, {
    secrets: { refreshToken: 'refresh-token-1', clientSecret: 'client-secret-1' },
  });
});

afterEach(async () => {
  await fetcher.stop();
  directory.remove();
});

const ownSecrets = () => fetcher.app.get(SecretKeeper, { strict: false }).of(integration.tenantId, integration.id);
const settings = () => fetcher.app.get(SettingsStore);
const stored = () => fetcher.app.get(SecretKeeper, { strict: false }).open(integration.tenantId, integration.id);

/** As the API's PATCH does, all but its checks. */
async function enter(secrets: Record<string, string>): Promise<string> {
  const { tenantId, id } = integration;
  const from = (await settings().sealedSecrets(tenantId, id)) ?? '';
  const to = fetcher.app.get(SecretBox).seal(tenantId, { ...(await stored()), ...secrets });
  const present = await settings().integration(tenantId, id);
  return settings().updateIntegration(present ?? integration, { from, to });
}

describe('a secret that its source renews', () => {
  it('replaces the old one, sealed, and nothing else of the integration', async () => {
    expect(await ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' })).toBe(
      'replaced',
    );
    expect(await ownSecrets().read('refreshToken')).toBe('refresh-token-2');
    expect(await stored()).toEqual({ refreshToken: 'refresh-token-2', clientSecret: 'client-secret-1' });
    expect(await settings().integration(integration.tenantId, integration.id)).toEqual(integration);
    expect(await settings().sealedSecrets(integration.tenantId, integration.id)).not.toContain('refresh-token-2');
  });

  it('is told of in the audit, by its name', async () => {
    await ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' });
    const audit = await settings().audit(integration.tenantId, {}, { after: null, limit: 10 });
    expect(audit).toMatchObject([
      { by: 'source', action: 'integration.renewSecret', subject: integration.id, detail: 'refreshToken' },
    ]);
    expect(JSON.stringify(audit)).not.toContain('refresh-token-2');
  });

  it('is there after the process has gone', async () => {
    await ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' });
    await fetcher.stop();
    fetcher = await startFetcher(directory.path, [connector]);
    expect(await ownSecrets().read('refreshToken')).toBe('refresh-token-2');
  });

  it('keeps what an admin has changed beside it', async () => {
    expect(await enter({ clientSecret: 'client-secret-2' })).toBe('updated');
    expect(await ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' })).toBe(
      'replaced',
    );
    expect(await stored()).toEqual({ refreshToken: 'refresh-token-2', clientSecret: 'client-secret-2' });
  });

  it('leaves the one that an admin has entered', async () => {
    await enter({ refreshToken: 'typed in' });
    expect(await ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' })).toBe(
      'changed',
    );
    expect(await ownSecrets().read('refreshToken')).toBe('typed in');
  });

  it('is stored by one of two who renewed the same one, and a repeated call is no second renewal', async () => {
    const results = await Promise.all([
      ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' }),
      ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: 'other' }),
    ]);
    expect(results.toSorted()).toEqual(['changed', 'replaced']);
    const now = (await ownSecrets().read('refreshToken')) ?? '';
    expect(now).toBe(results[0] === 'replaced' ? 'refresh-token-2' : 'other');
    expect(await ownSecrets().replace('refreshToken', { from: 'refresh-token-1', to: now })).toBe('replaced');
  });

  it('is lost to none of many changes of other secrets at the same time', async () => {
    const turns = Array.from({ length: 40 }, (_, turn) => turn);
    const renewals = (async () => {
      for (const turn of turns) {
        const change = { from: `refresh-token-${turn + 1}`, to: `refresh-token-${turn + 2}` };
        expect(await ownSecrets().replace('refreshToken', change)).toBe('replaced');
      }
    })();
    const entries = (async () => {
      for (const turn of turns) {
        while ((await enter({ clientSecret: `client-secret-${turn}` })) !== 'updated');
      }
    })();
    await Promise.all([renewals, entries]);
    expect(await stored()).toEqual({ refreshToken: 'refresh-token-41', clientSecret: 'client-secret-39' });
  });

  it('is nothing of an integration that does not exist, nor of another tenant’s', async () => {
    const nobody = fetcher.app
      .get(SecretKeeper, { strict: false })
      .of('ten_other' as typeof integration.tenantId, integration.id);
    expect(await nobody.read('refreshToken')).toBeNull();
    expect(await nobody.replace('refreshToken', { from: 'refresh-token-1', to: 'refresh-token-2' })).toBe('changed');
    expect(await ownSecrets().read('refreshToken')).toBe('refresh-token-1');
  });
});
