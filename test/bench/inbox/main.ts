import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { newEd25519Key } from '#connector-sdk';
import { unusedPort } from '#testing';
import { activateMapping } from '../../support/acme-tenant.js';
import { CanaryWatch } from '../../support/canary-watch.js';
import { BuiltProgram } from '../../support/child-process.js';
import { MusterApi, type SyncAnswer } from '../../support/muster-api.js';
import { processUsage } from '../connectors/process-usage.js';
import { sendByOpenSsh } from './send-by-open-ssh.js';
import { writeReport } from './write-report.js';

const usage = `npm run bench:inbox -- [--megabytes N] [--row N]
  A report of so many MB, with rows of so many bytes, is sent to Muster's SFTP server by the client of OpenSSH and read by the dry sync that
  it begins: how fast, and the most memory that Muster's process and the connector's had meanwhile. Linux only.`;

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '1000' },
    row: { type: 'string', default: '4000' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(usage);
  process.exit();
}

const totalBytes = Number(values.megabytes) * 1e6;
const directory = mkdtempSync(join(tmpdir(), 'muster-bench-inbox-'));
const adminKey = 'mus_bench-operator-key-0123456789';
const report = 'uploads/hr_reports/people_report_2026-01-31.csv';

try {
  const file = join(directory, 'report.csv');
  const people = await writeReport(file, totalBytes, Number(values.row));
  const port = await unusedPort();
  const muster = await BuiltProgram.start('apps/standalone/src/main.js', {
    env: {
      MUSTER_PORT: '0',
      MUSTER_DATA_DIR: join(directory, 'data'),
      MUSTER_ADMIN_KEY: adminKey,
      MUSTER_MASTER_KEY: Buffer.alloc(32, 5).toString('base64'),
      MUSTER_SFTP_PORT: String(port),
    },
    listening: /API\s+(http:\/\/[0-9.:]+)\/v1/,
  });
  try {
    await measure(muster, { file, people, port });
  } finally {
    await muster.kill();
  }
} finally {
  rmSync(directory, { recursive: true });
}

async function measure(
  muster: BuiltProgram,
  { file, people, port }: { file: string; people: number; port: number },
): Promise<void> {
  const api = new MusterApi(muster.url, adminKey, new CanaryWatch());
  const pair = newEd25519Key();
  const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Bench' });
  const { id: integration } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    name: 'Reports',
    connectorId: 'csv-inbox',
    config: { content: 'full', publicKeys: [pair.public], arrivalPauseSeconds: 0 },
    secrets: {},
  });
  await activateMapping(api, tenant, integration, { default: true });
  const before = peakOf(muster.pid);

  forgetPeak(muster.pid);
  const sentAt = performance.now();
  const user = `${tenant}.${integration}`;
  await sendByOpenSsh({ port, user, privateKey: pair.private, from: file, to: report, folder: directory });
  tell('sent', sentAt, peakOf(muster.pid), null);

  forgetPeak(muster.pid);
  const readAt = performance.now();
  let sync: SyncAnswer | null = null;
  let connector = 0;
  while (
    sync === null ||
    !['completed', 'failed', 'incomplete', 'awaitingApproval', 'cancelled'].includes(sync.state)
  ) {
    await sleep(200);
    for (const pid of childrenOf(muster.pid)) connector = Math.max(connector, peakOf(pid));
    const { items } = await api.must<{ items: SyncAnswer[] }>('GET', `/v1/tenants/${tenant}/syncs?trigger=arrival`);
    sync = items[0] ?? null;
  }
  tell('read by a dry sync', readAt, peakOf(muster.pid), connector);
  const outcome = await api.sync(tenant, sync.id);
  console.log(`${outcome.summary}\n${String(people)} people; ${before.toFixed(0)} MiB before anything was sent.`);
  if (outcome.state !== 'completed') process.exitCode = 1;
}

function tell(what: string, since: number, peakMiB: number, connectorMiB: number | null): void {
  const seconds = (performance.now() - since) / 1000;
  const speed = `${(totalBytes / 1e6 / seconds).toFixed(0)} MB/s, ${seconds.toFixed(1)} s`;
  const connector = connectorMiB === null ? '' : `, the connector’s ${connectorMiB.toFixed(0)} MiB`;
  console.log(`${what}: ${speed}; Muster’s process had at most ${peakMiB.toFixed(0)} MiB${connector}`);
}

function peakOf(pid: number | string): number {
  return processUsage(pid)?.peakMiB ?? 0;
}

/** So that a process's high-water mark begins anew (proc(5), clear_refs). */
function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
}

function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8')
    .trim()
    .split(' ')
    .filter(Boolean);
}
