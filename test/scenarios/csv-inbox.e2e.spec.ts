import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as openpgp from 'openpgp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unusedPort } from '#testing';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { type FilesToSend, sendFile } from '../support/send-files.js';

const header = 'Employee ID,Full Name,Work Email,Job Title';
const password = 'sent with care';

function report(from: number, to: number, title = 'Engineer'): string {
  const rows = Array.from({ length: to - from + 1 }, (_, index) => {
    const number = String(from + index);
    return `${marked(number)},${marked(`Ann ${number}`)},${marked(`p${number}@acme.example`)},${title}`;
  });
  return `${[header, ...rows].join('\n')}\n`;
}

interface Setup {
  steps: { title: string; values: { label: string; value: string }[] }[];
}

describe('a company that sends its CSV reports to Muster by SFTP', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-inbox-'));
  let muster: RunningMuster;
  let tenant: string;
  let integration: string;
  let sender: FilesToSend;
  let folder: string;

  beforeAll(async () => {
    const port = await unusedPort();
    const settings = { MUSTER_SFTP_PORT: String(port), MUSTER_SFTP_DIR: directory };
    muster = await RunningMuster.start({ settings });
    ({ id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' }));
    ({ id: integration } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Sent reports',
      connectorId: 'csv-inbox',
      config: { content: 'full', syncOnArrival: false },
      secrets: { password },
    }));
    await activateMapping(muster.api, tenant, integration, { default: true });
    const { steps } = await muster.api.must<Setup>('GET', `/v1/tenants/${tenant}/integrations/${integration}/setup`);
    const shown = new Map(steps.flatMap(({ values }) => values).map(({ label, value }) => [label, value]));
    expect(shown.get('Port')).toBe(String(port));
    expect(shown.get('File')).toBe('uploads/hr_reports/people_report_YYYY-MM-DD.csv');
    folder = shown.get('Folder') ?? '';
    sender = { port, user: shown.get('User') ?? '', password, fingerprint: shown.get('Fingerprint') ?? '' };
  });
  afterAll(async () => {
    await muster.stop();
    rmSync(directory, { recursive: true });
  });

  const nameOf = (day: number): string => `people_report_2026-03-0${String(day)}.csv`;

  function lying(): string[] {
    const top = path.join(directory, 'files', tenant, integration, folder);
    return readdirSync(top, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(top, path.join(entry.parentPath, entry.name)))
      .sort();
  }

  async function send(day: number, content: string): Promise<void> {
    await sendFile(sender, `${folder}/${nameOf(day)}`, content);
  }

  async function live(): Promise<SyncAnswer> {
    return muster.api.runSync(tenant, integration, { mode: 'live' });
  }

  it('is planned dry, which moves no file, and applied as approved, which archives it', async () => {
    const nothing = await muster.api.runSync(tenant, integration, {});
    expect(nothing, nothing.summary).toMatchObject({ state: 'completed', manifest: { extent: 'delta', records: 0 } });
    const early = await muster.api.call('POST', `/v1/tenants/${tenant}/integrations/${integration}/syncs`, {
      mode: 'live',
    });
    expect(early).toMatchObject({ status: 409, body: { code: 'dryFirst' } });
    expect(early.body).toMatchObject({ detail: expect.stringContaining('read and mapped anybody') as string });
    await send(1, report(1, 300));
    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'full', wholeness: 'complete', records: 300 },
      counts: { created: 300, failed: 0 },
    });
    expect(lying()).toEqual([nameOf(1)]);
    await muster.api.approved(tenant, dry);
    await expect.poll(lying).toEqual([`archive/${nameOf(1)}`]);
    expect(await muster.users(tenant)).toHaveLength(300);
  });

  it('reads the newest of the files that were sent, and a correction of one that was applied', async () => {
    await send(2, report(1, 299));
    await send(3, report(1, 301, 'Manager'));
    const sync = await live();
    expect(sync, sync.summary).toMatchObject({ state: 'completed', counts: { created: 1, updated: 300 } });
    await expect.poll(lying).toEqual([1, 2, 3].map((day) => `archive/${nameOf(day)}`));
    await send(3, report(1, 302, 'Manager'));
    const corrected = await live();
    expect(corrected, corrected.summary).toMatchObject({ counts: { created: 1 } });
    await expect.poll(lying).toContain(`archive/${nameOf(3)}.2`);
  });

  it('reads the last file again for another mapping when it is sent again, and whenever somebody asks for it', async () => {
    await send(3, report(1, 302, 'Manager'));
    const known = await live();
    expect(known).toMatchObject({ manifest: { records: 0, alreadyApplied: [nameOf(3)] } });
    expect(known.summary).toBe(
      `Live sync: nothing new: ${nameOf(3)} was applied before under this mapping; a sync with reread reads it again.`,
    );
    const asked = await muster.api.runSync(tenant, integration, { reread: true });
    expect(asked).toMatchObject({ reread: true, manifest: { records: 302, alreadyApplied: [] } });
    await activateMapping(muster.api, tenant, integration, {
      attributes: { fullName: '"Full Name"', email: '"Work Email"', title: `join(' ', ['Senior', "Job Title"])` },
    });
    expect(await live()).toMatchObject({ manifest: { extent: 'delta', records: 0, alreadyApplied: [] } });
    await send(3, report(1, 302, 'Manager'));
    expect(await live()).toMatchObject({ counts: { updated: 302 } });
    await activateMapping(muster.api, tenant, integration, { default: true });
    const again = await muster.api.runSync(tenant, integration, { mode: 'live', reread: true });
    expect(again, again.summary).toMatchObject({ counts: { updated: 302 } });
  });

  it('applies what came of a file that breaks off, removes nobody, and takes the whole one in its place', async () => {
    await send(4, report(1, 250, 'Manager').slice(0, -30));
    const cut = await live();
    expect(cut, cut.summary).toMatchObject({ state: 'incomplete', manifest: { wholeness: 'truncated' } });
    expect(lying()).toContain(nameOf(4));
    await send(4, report(1, 300, 'Manager'));
    const whole = await live();
    expect(whole, whole.summary).toMatchObject({ state: 'completed', counts: { deprovisioned: 2 } });
  });

  it('reads a report that was encrypted and signed, and nothing of one that was not', async () => {
    const pair = async (name: string): Promise<{ privateKey: string; publicKey: string }> => {
      const made: unknown = await openpgp.generateKey({ userIDs: [{ name }], type: 'curve25519', format: 'armored' });
      return made as { privateKey: string; publicKey: string };
    };
    const [ours, theirs] = await Promise.all([pair('muster'), pair('acme')]);
    const { id } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Sealed reports',
      connectorId: 'csv-inbox',
      config: {
        content: 'delta',
        syncOnArrival: false,
        path: 'sealed/people_YYYYMMDD.csv.pgp',
        pgpSenderKey: theirs.publicKey,
      },
      secrets: { password, pgpPrivateKey: ours.privateKey },
    });
    const encrypted = async (by: string): Promise<string> => {
      const message = await openpgp.createMessage({ text: report(1, 3) });
      const encryptionKeys = await openpgp.readKey({ armoredKey: ours.publicKey });
      const signingKeys = await openpgp.readPrivateKey({ armoredKey: by });
      const made: unknown = await openpgp.encrypt({ message, encryptionKeys, signingKeys });
      return made as string;
    };
    const other = { ...sender, user: `${tenant}.${id}` };
    await sendFile(other, 'sealed/people_20260301.csv.pgp', await encrypted(theirs.privateKey));
    const sync = await muster.api.runSync(tenant, id, {});
    expect(sync, sync.summary).toMatchObject({ state: 'completed', manifest: { wholeness: 'complete', records: 3 } });
    await sendFile(other, 'sealed/people_20260301.csv.pgp', await encrypted(ours.privateKey));
    const forged = await muster.api.runSync(tenant, id, {});
    expect(forged, forged.summary).toMatchObject({ state: 'failed', failure: { code: 'notSigned' } });
  });

  it('shows in the audit who logged in and what was sent, and takes no other password', async () => {
    await expect(sendFile({ ...sender, password: 'sent with malice' }, 'x.csv', '')).rejects.toThrow();
    const entries = async (): Promise<string[]> => {
      const found: string[] = [];
      const list = muster.api.list<{ action: string; detail: string; subject: string }>(
        `/v1/tenants/${tenant}/audit?action=inbox.*`,
      );
      for await (const { action, detail } of list) found.push(`${action}: ${detail}`);
      return found;
    };
    await expect.poll(entries).toContain('inbox.loginFailed: password, from 127.0.0.1');
    const seen = await entries();
    const logins = seen.filter((entry) => entry === 'inbox.login: password, from 127.0.0.1');
    expect(logins.length).toBeGreaterThanOrEqual(8);
    expect(seen).toContainEqual(
      expect.stringMatching(new RegExp(`^inbox\\.upload: ${folder}/${nameOf(1)}, \\d+ bytes$`)),
    );
  });

  it('is closed when the integration is disabled, and shows no secret', async () => {
    const at = `/v1/tenants/${tenant}/integrations/${integration}`;
    const stored = await muster.api.call<Record<string, unknown>>('GET', at);
    expect(JSON.stringify(stored.body)).not.toMatch(/scrypt|sent with care/);
    await muster.api.must('PATCH', at, { enabled: false }, { 'if-match': stored.headers.get('etag') ?? '' });
    await expect(sendFile(sender, `${folder}/${nameOf(5)}`, 'x')).rejects.toThrow();
  });
});
