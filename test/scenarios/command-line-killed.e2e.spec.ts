import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#testing';
import type { AcmeSimulator } from '../../connectors/acme-hr/simulator/src/index.js';
import { adminKey, KillableMuster } from '../chaos/killable-muster.js';
import { capturedTerminal, runAt } from '../cli/captured-terminal.js';
import { type AcmeTenant, createAcmeTenant } from '../support/acme-tenant.js';
import { startMarkedSimulator } from '../support/marked-simulator.js';
import { SteadyAddress } from '../support/steady-address.js';

const program = path.resolve(import.meta.dirname, '../../dist/apps/cli/src/main.js');
const people = 4000;

describe('the command line, when Muster is killed under it and comes back', () => {
  let muster: KillableMuster;
  let source: AcmeSimulator;
  let acme: AcmeTenant;
  let address: SteadyAddress;
  beforeAll(async () => {
    source = await startMarkedSimulator({ people, seed: 11 });
    muster = await KillableMuster.start(temporaryDirectory());
    address = await SteadyAddress.start(() => muster.api.url);
    acme = await createAcmeTenant(muster.api, { config: source.config, secrets: { ...source.secrets } });
    const first = await muster.api.runSync(acme.tenant, acme.integration, { mode: 'live' });
    expect(first, first.summary).toMatchObject({ state: 'completed' });
  });
  afterAll(async () => {
    address.stop();
    await muster.finish();
    await source.stop();
  });

  const connection = () => ['--url', address.url, '--api-key', adminKey, '--tenant', acme.tenant];

  it('exports everybody once: it goes on after the last row that came', async () => {
    const whole = await muster.api.must<string>('GET', `/v1/tenants/${acme.tenant}/users.csv`);
    const file = path.join(temporaryDirectory(), 'users.csv');
    const held = address.holdAfter(20_000);
    const exported = runAt(capturedTerminal(), ['user', 'export', '-o', file, ...connection()]);
    await held;
    await muster.kill();
    const early = readFileSync(`${file}.part`, 'utf8');
    expect(existsSync(file)).toBe(false);
    expect(early.length).toBeLessThan(whole.length / 2);
    expect(whole.startsWith(early)).toBe(true);
    address.breakOff();
    await muster.restart();
    expect(await exported).toMatchObject({ code: 0, err: expect.stringContaining(` users in ${file}.`) as string });
    const text = readFileSync(file, 'utf8');
    expect(text).toBe(whole);
    const ids = text
      .split('\r\n')
      .slice(1, -1)
      .map((row) => row.split(',', 1)[0]);
    expect(ids.length).toBeGreaterThan(people / 2);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows on a terminal how far a sync has come, says that Muster is away, and ends with a full bar', async () => {
    source.misbehave({ kind: 'slow', delayMs: 400 });
    const screen = new PseudoTerminal([program, 'sync', 'run', acme.integration, '--live', '--wait', ...connection()]);
    await expect
      .poll(() =>
        screen
          .bars()
          .map(({ phase }) => phase)
          .join(),
      )
      .toMatch(/reading/);
    await muster.kill();
    await expect.poll(() => screen.bars().at(-1)?.amount).toContain('Muster does not answer');
    await muster.restart();
    source.behave('slow');
    expect(await screen.ended, screen.text).toBe(0);
    const bars = screen.bars();
    expect(bars.some(({ filled }) => filled === 0)).toBe(true);
    expect(bars.at(-1)).toEqual({ phase: 'completed', filled: 30, amount: '4,000 of 4,000' });
    expect(screen.text).toContain('Live sync syn_');
  });
});

/** A program that takes what it writes to for a terminal, as `script` of util-linux makes one. */
class PseudoTerminal {
  text = '';
  readonly ended: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(args: readonly string[]) {
    const command = [process.execPath, ...args].map((word) => `'${word}'`).join(' ');
    this.child = spawn('script', ['-qefc', `stty cols 120 rows 40; exec ${command}`, '/dev/null'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TERM: 'xterm', XDG_CONFIG_HOME: temporaryDirectory(), MUSTER_PROFILE: '' },
    });
    this.child.stdout?.on('data', (bytes: Buffer) => (this.text += bytes.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Every bar that was drawn, in order. */
  bars(): { phase: string; filled: number; amount: string }[] {
    // eslint-disable-next-line no-control-regex
    const lines = this.text.replaceAll(/\u001b\[[0-9;?]*[a-zA-Z]/g, '\n');
    const drawn = lines.matchAll(/(\w[\w ]*?) *([█░]{30}) ?([^\r\n]*)/g);
    return [...drawn].map(([, phase = '', bar = '', amount = '']) => ({
      phase,
      filled: bar.split('█').length - 1,
      amount: amount.trim(),
    }));
  }
}
