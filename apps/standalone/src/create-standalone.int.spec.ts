import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, type MusterConfig } from '#config';
import { SilentLogger } from '#telemetry';
import { createStandalone, type Standalone } from './create-standalone.js';

let directory: string;
let running: Standalone[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'muster-standalone-'));
  running = [];
});

afterEach(async () => {
  for (const standalone of running) await standalone.close();
  rmSync(directory, { recursive: true });
});

function configFor(name: string): MusterConfig {
  const env = { MUSTER_DATA_DIR: name, MUSTER_PORT: '0', MUSTER_ADMIN_KEY: 'an-operator-key-for-tests' };
  return loadConfig({ env, directory });
}

async function start(config: MusterConfig): Promise<Standalone> {
  const standalone = await createStandalone(config, { logger: new SilentLogger() });
  running.push(standalone);
  return standalone;
}

async function stop(standalone: Standalone): Promise<void> {
  running = running.filter((other) => other !== standalone);
  await standalone.close();
}

describe('createStandalone', () => {
  it('serves the API, health, readiness and metrics', async () => {
    const { url } = await start(configFor('a'));
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready', problems: [] });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('# HELP muster_syncs_ended_total');
    const headers = { authorization: 'Bearer an-operator-key-for-tests' };
    expect(await (await fetch(`${url}/v1/me`, { headers })).json()).toMatchObject({ role: 'operator' });
  });

  it('can be started twice in one process, each with its own data', async () => {
    const [first, second] = [await start(configFor('a')), await start(configFor('b'))];
    expect(first.url).not.toBe(second.url);
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  it('refuses a data directory that is in use, and takes it when it is free again', async () => {
    const first = await start(configFor('a'));
    await expect(createStandalone(configFor('a'), { logger: new SilentLogger() })).rejects.toMatchObject({
      code: 'dataDirectoryInUse',
    });
    await stop(first);
    const second = await start(configFor('a'));
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200);
  });

  it.each([
    ['no database', Buffer.alloc(40_000, 7)],
    ['a damaged one', null],
  ])('says which file is broken, and what to do, when the data file is %s', async (_, bytes) => {
    await stop(await start(configFor('a')));
    const file = join(directory, 'a', 'muster.db');
    writeFileSync(file, bytes ?? readFileSync(file).fill(7, 100, 60_000));
    await expect(createStandalone(configFor('a'), { logger: new SilentLogger() })).rejects.toMatchObject({
      code: 'dataDirectoryDamaged',
      message: expect.stringMatching(/directory .*a is damaged .* Bring back a backup/) as string,
    });
  });

  it('leaves nothing behind when its port is taken', async () => {
    const first = await start(configFor('a'));
    const port = Number(new URL(first.url).port);
    const config = configFor('b');
    await expect(createStandalone({ ...config, port }, { logger: new SilentLogger() })).rejects.toMatchObject({
      code: 'configurationInvalid',
      message: `Muster cannot listen at 127.0.0.1, port ${port}: something else is listening there already. Stop it, or set MUSTER_PORT to a free port.`,
    });
    expect((await fetch(`${(await start(config)).url}/healthz`)).status).toBe(200);
  });
});
