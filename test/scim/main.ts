import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { RunningMuster } from '../support/running-muster.js';
import { ScimClient } from '../support/scim-client.js';
import { newEmbeddedEngine } from '../support/test-engine.js';

/** What judges the SCIM service from outside, from PyPI. */
const packages = ['scim2-tester==0.5.2', 'scim2-client[httpx2]==0.13.2', 'scim2-models==0.12.3', 'scim-sanity==0.7.4'];

const usage =
  'Usage: npm run scim:testers: scim2-tester, each check a success, and scim-sanity in its compat profile without a failure';

const folder = path.resolve(import.meta.dirname, '..', '..').replace(/\/dist$/, '');

const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
if (values.help) console.log(usage);
else process.exitCode = await judge();

/** Runs both on a Muster of their own, each on an integration of its own; gives the exit code. */
async function judge(): Promise<number> {
  const bin = path.join(await installed(), 'bin');
  const muster = await RunningMuster.start({}, newEmbeddedEngine());
  try {
    const tested = await ScimClient.ofNewIntegration(muster.api);
    const script = path.join(folder, 'test', 'scim', 'run_scim2_tester.py');
    const isConformant = await runs(path.join(bin, 'python'), [script, tested.base, tested.token]);
    const probed = await ScimClient.ofNewIntegration(muster.api);
    const isSane = await runs(path.join(bin, 'scim-sanity'), [
      ...['probe', probed.base, '--token', probed.token],
      ...['--compat', '--i-accept-side-effects'],
    ]);
    return isConformant && isSane ? 0 : 1;
  } finally {
    await muster.stop();
  }
}

/** Where they are; installed from PyPI beside the services for tests. */
async function installed(): Promise<string> {
  const versions = packages.map((one) => one.split('==')[1] ?? '').join('-');
  const home = path.join(homedir(), '.cache', 'muster', `scim-testers-${versions}`);
  const mark = path.join(home, 'installed');
  if (existsSync(mark)) return home;
  rmSync(home, { recursive: true, force: true });
  const isReady =
    (await runs('python3', ['-m', 'venv', home])) &&
    (await runs(path.join(home, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', ...packages]));
  if (!isReady) throw new Error(`${packages.join(', ')} can't be installed: Python 3.10 with venv and pip is needed.`);
  writeFileSync(mark, '');
  return home;
}

function runs(program: string, args: string[]): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: tmpdir(), stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0));
  });
}
