import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unusedPort } from '#testing';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { type FilesToSend, sendFile } from '../support/send-files.js';

const password = 'sent with care';
const folder = 'uploads/hr_reports';

function report(people: number): string {
  const rows = Array.from({ length: people }, (_, index) => {
    const number = String(index + 1);
    return `${marked(number)},${marked(`Ann ${number}`)},${marked(`p${number}@acme.example`)}`;
  });
  return `${['Employee ID,Full Name,Work Email', ...rows].join('\n')}\n`;
}

describe('a company whose reports are read when they arrive', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-inbox-'));
  let muster: RunningMuster;
  let tenant: string;
  let integration: string;
  let sender: FilesToSend;

  beforeAll(async () => {
    const port = await unusedPort();
    muster = await RunningMuster.start({
      settings: { MUSTER_SFTP_PORT: String(port), MUSTER_SFTP_DIR: directory },
    });
    ({ id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' }));
    ({ id: integration } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Sent reports',
      connectorId: 'csv-inbox',
      config: { content: 'full', checksumSuffix: '.sha256', arrivalPauseSeconds: 1 },
      secrets: { password },
    }));
    await activateMapping(muster.api, tenant, integration, { default: true });
    const { steps } = await muster.api.must<{
      steps: { title: string; text: string; values: { label: string; value: string }[] }[];
    }>('GET', `/v1/tenants/${tenant}/integrations/${integration}/setup`);
    const shown = new Map(steps.flatMap(({ values }) => values).map(({ label, value }) => [label, value]));
    expect(steps.at(-1)?.text).toContain('A sync begins by itself 1 seconds after');
    sender = { port, user: shown.get('User') ?? '', password, fingerprint: shown.get('Fingerprint') ?? '' };
  });
  afterAll(async () => {
    await muster.stop();
    rmSync(directory, { recursive: true });
  });

  const nameOf = (day: number): string => `people_report_2026-03-0${String(day)}.csv`;

  async function send(day: number, content: string): Promise<void> {
    await sendFile(sender, `${folder}/${nameOf(day)}`, content);
    await sendFile(sender, `${folder}/${nameOf(day)}.sha256`, createHash('sha256').update(content).digest('hex'));
  }

  async function begun(): Promise<string[]> {
    const found: string[] = [];
    for await (const { id } of muster.api.list<SyncAnswer>(`/v1/tenants/${tenant}/syncs?trigger=arrival`))
      found.push(id);
    return found;
  }

  /** The last of so many. */
  async function endOf(number: number): Promise<SyncAnswer> {
    await expect.poll(begun).toHaveLength(number);
    return muster.api.ended(tenant, (await begun())[0] ?? '');
  }

  it('has a plan for the first one without asking, once its checksum has come, and applies it when told to', async () => {
    await send(1, report(40));
    const dry = await endOf(1);
    expect(dry, dry.summary).toMatchObject({
      mode: 'dry',
      trigger: 'arrival',
      state: 'completed',
      manifest: { extent: 'full', wholeness: 'complete', records: 40 },
    });
    expect(dry.summary).toContain('files that have arrived');
    await muster.api.approved(tenant, dry);
    expect(await muster.users(tenant)).toHaveLength(40);
  });

  it('has the next ones applied, each of them once, over a restart', async () => {
    await send(2, report(41));
    const live = await endOf(2);
    expect(live, live.summary).toMatchObject({ mode: 'live', state: 'completed', counts: { created: 1 } });
    await muster.restart();
    await send(3, report(42));
    const next = await endOf(3);
    expect(next, next.summary).toMatchObject({ mode: 'live', state: 'completed', counts: { created: 1 } });
    expect(await muster.users(tenant)).toHaveLength(42);
  });

  it('sees in the audit which files began which sync', async () => {
    const found: { actor: string; detail: string }[] = [];
    const list = muster.api.list<{ actor: string; detail: string }>(`/v1/tenants/${tenant}/audit?action=inbox.sync`);
    for await (const entry of list) found.push(entry);
    const ids = await begun();
    expect(found.map(({ actor, detail }) => `${actor}: ${detail}`)).toEqual(
      [3, 2, 1].map((day, index) => {
        const mode = day === 1 ? 'dry' : 'live';
        return `muster: ${nameOf(day)}, ${nameOf(day)}.sha256: ${mode}, ${ids[index] ?? ''}`;
      }),
    );
  });
});
