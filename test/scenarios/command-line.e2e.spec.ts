import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capturedTerminal, runAt } from '../cli/captured-terminal.js';
import { RunningMuster } from '../support/running-muster.js';
import { persons, ScriptedSources } from '../support/scripted-source.js';

describe('a sync that is followed at the command line', () => {
  const sources = new ScriptedSources();
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({ connectors: [sources.connector] });
  });
  afterAll(() => muster.stop());

  it('ends with the exit code that says how it ended: done, waiting for approval, not whole, failed', async () => {
    const { tenant, integration, source } = await sources.anotherCompany(muster.api);
    const command = async (...args: string[]) => {
      const connection = ['--url', muster.api.url, '--api-key', muster.api.key ?? '', '--tenant', tenant];
      return runAt(capturedTerminal(), ['sync', ...args, ...connection]);
    };
    const run = ['run', integration, '--live', '--wait'];
    sources.set(source, persons(10));
    expect(await command(...run)).toMatchObject({ code: 0 });

    sources.set(source, persons(6));
    const held = await command(...run);
    expect(held).toMatchObject({ code: 8, out: expect.stringContaining('awaitingApproval') as string });
    const [, id = ''] = /Live sync (syn_\w+)/.exec(held.out) ?? [];
    expect(held.out).toContain(`muster sync approve ${id} --all --include-held`);
    expect(await command('follow', id)).toMatchObject({ code: 8 });
    const json = await command('follow', id, '--json');
    expect(json.code).toBe(8);
    expect(JSON.parse(json.out)).toMatchObject({ state: 'awaitingApproval', held: 4 });
    expect(await command('approve', id, '--all', '--include-held', '--wait')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/Approved +.* by key:\w+: all, held ones included, 4 in number/) as string,
    });
    expect(await command('follow', id)).toMatchObject({ code: 0 });

    sources.set(source, persons(6), { isWhole: false });
    expect(await command(...run)).toMatchObject({ code: 8, out: expect.stringContaining('incomplete') as string });
    const release = sources.setGated(source, persons(6));
    const cancelled = command('run', integration, '--wait');
    const open = async () =>
      (await muster.api.must<{ items: { id: string; state: string }[] }>('GET', `/v1/tenants/${tenant}/syncs?limit=1`))
        .items[0];
    await expect.poll(async () => (await open())?.state).toBe('fetching');
    await muster.api.must('POST', `/v1/tenants/${tenant}/syncs/${(await open())?.id ?? ''}/cancel`);
    expect(await cancelled).toMatchObject({ code: 7 });
    release();
  });
});
