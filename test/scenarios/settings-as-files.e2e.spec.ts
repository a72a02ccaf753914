import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningMuster } from '../support/running-muster.js';
import { persons, ScriptedSources } from '../support/scripted-source.js';

const client = path.resolve(import.meta.dirname, '../../dist/apps/cli/src/main.js');

interface Ended {
  code: number;
  out: string;
  err: string;
}

describe('settings as files', () => {
  const sources = new ScriptedSources();
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-settings-'));
  const file = path.join(directory, 'production.yaml');
  let muster: RunningMuster;
  let production: string;

  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
    sources.set('Staging', persons(5));
    await sources.company(muster.api, 'Staging');
    const { url, key } = muster.api;
    await run('profile', 'add', 'here', '--url', url, '--api-key', key ?? '');
    await run('profile', 'use', 'here');
  });
  afterAll(async () => {
    await muster.stop();
    rmSync(directory, { recursive: true });
  });

  /** The built client in a shell, as somebody else's pipeline would start it. */
  async function shell(line: string): Promise<Ended> {
    const env = { XDG_CONFIG_HOME: directory };
    const running = promisify(execFile)('/bin/sh', ['-c', line, process.execPath, client], { env });
    return running.then(
      ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        out: stdout,
        err: stderr,
      }),
    );
  }

  const run = (...args: string[]) => shell(`"$0" "$1" ${args.map((arg) => `'${arg}'`).join(' ')}`);

  const change = (from: string, to: string) => writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));

  async function idOf(list: string, name: string): Promise<string> {
    for await (const item of muster.api.list<{ id: string; name: string }>(list))
      if (item.name === name) return item.id;
    throw new Error(`${list} has no ${name}.`);
  }

  it('go round through a pipe and change nothing', async () => {
    expect(await shell('"$0" "$1" export | "$0" "$1" apply -f -')).toEqual({
      code: 0,
      out: `Tenant Staging at ${muster.api.url}: nothing to change.\n`,
      err: '',
    });
  });

  it('make another tenant like the first, which begins in observe', async () => {
    await run('export', '-o', file);
    change('name: Staging', 'name: Production');
    const shown = await run('apply', '-f', file);
    expect(shown).toMatchObject({ code: 8, err: expect.stringContaining('nobody said yes') as string });
    expect(await run('apply', '-f', file, '--yes')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /✓ tenant Production\n✓ integration Staging\n✓ mapping of Staging\nApplied 3 changes/,
      ) as string,
    });
    production = await idOf('/v1/tenants', 'Production');
    const integration = await idOf(`/v1/tenants/${production}/integrations`, 'Staging');
    const syncs = `/v1/tenants/${production}/integrations/${integration}/syncs`;
    expect((await muster.api.call('POST', syncs, { mode: 'live' })).status).toBe(409);
    const dry = await muster.api.runSync(production, integration, { mode: 'dry' });
    expect(dry).toMatchObject({ state: 'completed', counts: { created: 5 } });
    const live = await muster.api.runSync(production, integration, { mode: 'live' });
    expect(live).toMatchObject({ state: 'completed', counts: { created: 5 } });
  });

  it('change what is different in the file, and nothing the second time', async () => {
    change('title: title', 'title: name');
    change('deprovisioningDelayDays: 7', 'deprovisioningDelayDays: 9');
    const { code, out } = await run('apply', '-f', file, '--yes');
    expect(code).toBe(0);
    expect(out).toContain('deprovisioningDelayDays: 7 → 9');
    expect(out).toContain('attributes.title: "title" → "name"');
    expect(out).toContain('Applied 2 changes.');
    expect(await run('apply', '-f', file)).toMatchObject({ code: 0, err: '' });
    const integration = await idOf(`/v1/tenants/${production}/integrations`, 'Staging');
    const sync = await muster.api.runSync(production, integration, { mode: 'live' });
    expect(sync).toMatchObject({ state: 'completed', counts: { updated: 5 } });
    const titles = (await muster.users(production)).map(({ attributes }) => attributes['title']);
    expect(titles.toSorted()).toEqual(persons(5).map(({ name }) => name));
  });

  it('leave everything as it is when the file has a mistake', async () => {
    change('precedence: primary', 'precedence: first');
    expect(await run('apply', '-f', file, '--yes')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(
        '/integrations/Staging/precedence: One of primary, secondary is expected.',
      ) as string,
    });
  });
});
