import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ApiClient } from '../api/api-client.js';
import { Terminal } from '../output/terminal.js';
import { ChildProgram } from './child-program.js';
import { DemoMuster } from './demo-muster.js';
import { DemoOutput } from './demo-output.js';
import { DemoSource } from './demo-source.js';
import { Demo } from './run-demo.js';

const people = 10_000;
const dataDirectory = '.muster-demo';
const out = new DemoOutput(new Terminal(process.stdout, process.stderr));
const adminKey = `mus_demo-${randomBytes(18).toString('base64url')}`;
const running: ChildProgram[] = [];

async function stop(): Promise<void> {
  for (const program of running.splice(0).reverse()) await program.stop();
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void stop().finally(() => process.exit(130));
  });
}

try {
  const startedAt = performance.now();
  out.title(`Muster: a company of ${people.toLocaleString('en-US')} people arrives`);
  rmSync(dataDirectory, { recursive: true, force: true });
  out.line('Starting the HR system (a simulator, in a process of its own) …');
  const source = await ChildProgram.start(
    'connectors/acme-hr/simulator/src/main.js',
    ['--port', '0', '--people', String(people), '--seed', '7'],
    {},
    /"listening":"([^"]+)"/,
  );
  running.push(source);
  out.line('Starting Muster (embedded engine, one process, SQLite) …');
  const muster = await ChildProgram.start(
    'apps/standalone/src/main.js',
    [],
    {
      MUSTER_PORT: '0',
      MUSTER_DATA_DIR: path.resolve(dataDirectory),
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_EGRESS_ALLOW: '127.0.0.0/8',
      MUSTER_LOG_LEVEL: 'error',
    },
    /(http:\/\/[0-9.]+:[0-9]+)/,
  );
  running.push(muster);
  const api = new ApiClient({ url: muster.url, apiKey: adminKey, tenant: undefined });
  await new Demo(new DemoMuster(api), new DemoSource(source.url), out).run(source.url);
  await stop();
  out.title(
    `Done in ${((performance.now() - startedAt) / 1000).toFixed(0)} s. The company is still there; look around:`,
  );
  out.line();
  process.stdout.write(`  MUSTER_DATA_DIR=${dataDirectory} MUSTER_ADMIN_KEY=${adminKey} npm start\n\n`);
  out.line('and open the API explorer at http://127.0.0.1:8080/docs (Authorize with that key).');
  out.line('Your own company: npm start, then the steps in README.md.');
} catch (error) {
  await stop();
  console.error(`\nThe demo could not go on: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
