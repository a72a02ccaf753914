import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createAcmeTenant } from '../../support/acme-tenant.js';
import { BuiltProgram } from '../../support/child-process.js';
import { MusterApi } from '../../support/muster-api.js';
import { newEmbeddedEngine } from '../../support/test-engine.js';
import { benchKey } from '../bench-engine.js';
import { percentile } from '../percentile.js';
import { type LoadedCompany, loadCompany } from './load-company.js';
import { readingRequests } from './reading-requests.js';

const usage = `npm run bench:reading -- [--people N] [--syncs N] [--times N] [--data DIR]
  How long a dashboard waits for lists, searches and explanations: a million people and ten syncs without options.
  What is loaded goes at the end, unless --data names where it stays for the next run.`;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000000' },
    syncs: { type: 'string', default: '10' },
    times: { type: 'string', default: '40' },
    data: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

async function startMuster(env: Record<string, string>): Promise<BuiltProgram> {
  return BuiltProgram.start('apps/standalone/src/main.js', {
    env: {
      ...env,
      MUSTER_PORT: '0',
      MUSTER_ADMIN_KEY: benchKey,
      MUSTER_RATE_LIMIT_PER_MINUTE: '0',
      MUSTER_LOG_LEVEL: 'warn',
    },
    listening: /(http:\/\/[0-9.:]+)/,
  });
}

/** A tenant of a Muster that is started for it alone, filled behind its back. */
async function load(directory: string, env: Record<string, string>): Promise<LoadedCompany> {
  const file = path.join(directory, 'loaded.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as LoadedCompany;
  const muster = await startMuster(env);
  const tenant = await createAcmeTenant(new MusterApi(muster.url, benchKey), {
    name: 'Reading',
    config: { baseUrl: 'http://127.0.0.1:9', clientId: 'muster' },
    secrets: { clientSecret: 'acme-client-secret', signingKey: 'acme-signing-key' },
  });
  await muster.stop();
  const place = { tenantId: tenant.tenant, integrationId: tenant.integration } as Parameters<typeof loadCompany>[1];
  const company = await loadCompany(directory, place, Number(values.people), Number(values.syncs), (line) => {
    console.log(`  ${line}`);
  });
  writeFileSync(file, JSON.stringify(company));
  return company;
}

async function get(url: string): Promise<{ ms: number; body: unknown }> {
  const begun = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${benchKey}` } });
  const body: unknown = await response.json();
  if (!response.ok) throw new Error(`${url}: ${String(response.status)} ${JSON.stringify(body)}`);
  return { ms: performance.now() - begun, body };
}

/** How long a whole export takes, and the highest memory so far after each quarter of it. */
async function measureCsv(url: string, people: number, muster: BuiltProgram): Promise<string> {
  const begun = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${benchKey}` } });
  const peaks: (number | null)[] = [];
  let rows = -1;
  for await (const piece of response.body ?? []) {
    for (const byte of piece as Uint8Array) if (byte === 0x0a) rows += 1;
    if (peaks.length < 3 && rows >= ((peaks.length + 1) * people) / 4) peaks.push(muster.peakRssMiB());
  }
  peaks.push(muster.peakRssMiB());
  const seconds = (performance.now() - begun) / 1000;
  const memory = peaks.map((peak) => peak?.toFixed(0) ?? '?').join(', ');
  return `${rows.toLocaleString('en-US')} rows in ${seconds.toFixed(0)} s, peak RSS after each quarter ${memory} MiB`;
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(usage);
    return;
  }
  if (!(Number(values.syncs) >= 2)) {
    console.error('--syncs takes two or more: the first brings everybody, and what changes is in the others.');
    process.exitCode = 2;
    return;
  }
  const engine = values.data === undefined ? newEmbeddedEngine() : null;
  const directory = path.resolve(values.data ?? engine?.env['MUSTER_DATA_DIR'] ?? '');
  mkdirSync(directory, { recursive: true });
  const env = { MUSTER_DATA_DIR: directory };
  try {
    const company = await load(directory, env);
    const muster = await startMuster(env);
    try {
      const tenant = `${muster.url}/v1/tenants/${company.tenantId}`;
      console.log(
        `${company.people.toLocaleString('en-US')} people, ${String(company.syncIds.length)} syncs of as many outcomes, ms`,
      );
      console.log(`${''.padEnd(44)}${'p50'.padStart(8)}${'p95'.padStart(8)}${'max'.padStart(8)}`);
      for (const { name, path: at } of readingRequests(company)) {
        for (let nth = 0; nth < 3; nth += 1) await get(tenant + at(1_000_000 + nth));
        const took: number[] = [];
        for (let nth = 0; nth < Number(values.times); nth += 1) took.push((await get(tenant + at(nth))).ms);
        const cells = [percentile(took, 0.5), percentile(took, 0.95), percentile(took, 1)];
        console.log(name.padEnd(44) + cells.map((ms) => ms.toFixed(1).padStart(8)).join(''));
      }
      console.log(`peak RSS ${String(muster.peakRssMiB())} MiB`);
      // Again and again: what the first needs, the others may not add to.
      for (let nth = 0; nth < 4; nth += 1) {
        for (const file of ['users.csv', `syncs/${company.syncIds[0] ?? ''}/outcomes.csv`]) {
          console.log(`${path.basename(file)}: ${await measureCsv(`${tenant}/${file}`, company.people, muster)}`);
        }
      }
    } finally {
      await muster.stop();
    }
  } finally {
    await engine?.remove();
  }
}

await main();
