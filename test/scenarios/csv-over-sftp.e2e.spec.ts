import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SftpServer } from '#testing';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import type { SyncAnswer } from '../support/muster-api.js';
import { RunningMuster } from '../support/running-muster.js';
import { windowsCsv } from '../support/windows-csv.js';

const headers = [
  'Employee ID',
  'First Name',
  'Last Name',
  'Work Email',
  'Job Title',
  'Department',
  'Manager’s Email',
  'Status',
  'Termination Date',
];

interface PublicKey {
  secret: string;
  use: string;
  publicKey: string;
  fingerprint: string;
}

interface Employee {
  number: number;
  title?: string;
  status?: string;
}

function employees(from: number, to: number): Employee[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ number: from + index }));
}

const mailOf = (number: number): string => marked(`p${String(number)}@acme.example`);

function report(people: readonly Employee[]): string {
  const rows = people.map(({ number, title = 'Engineer', status = 'Active' }) => [
    marked(String(number).padStart(5, '0')),
    marked(`Ann ${String(number)}`),
    marked('O"Neil; Lee'),
    mailOf(number),
    title,
    'Operations',
    number === 1 ? '' : mailOf(1),
    status,
    '',
  ]);
  return windowsCsv([headers, ...rows]);
}

describe('a company that sends CSV reports over SFTP', () => {
  let muster: RunningMuster;
  let server: SftpServer;
  let tenant: string;
  let integration: string;
  const folder = 'uploads/hr_reports';

  beforeAll(async () => {
    [muster, server] = await Promise.all([RunningMuster.start(), SftpServer.start()]);
    mkdirSync(join(server.folder, folder), { recursive: true });
    ({ id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' }));
    const { host, port, user, password, fingerprint } = server;
    ({ id: integration } = await muster.api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: 'Reports',
      connectorId: 'csv-sftp',
      config: { host, port, user, hostKeyFingerprints: [fingerprint], content: 'full', settleSeconds: 0 },
      secrets: { password },
    }));
    await activateMapping(muster.api, tenant, integration, { default: true });
  });
  afterAll(async () => {
    await muster.stop();
    await server.stop();
  });

  const nameOf = (day: number): string => `people_report_2026-03-0${String(day)}.csv`;

  function put(day: number, content: string, modified = day): void {
    const path = join(server.folder, folder, nameOf(day));
    writeFileSync(path, content);
    utimesSync(path, modified, modified);
  }

  function lying(): { waiting: string[]; archived: string[] } {
    const path = join(server.folder, folder);
    const archive = join(path, 'archive');
    return {
      waiting: readdirSync(path).filter((name) => name !== 'archive'),
      archived: existsSync(archive) ? readdirSync(archive).sort() : [],
    };
  }

  async function active(): Promise<number> {
    return (await muster.users(tenant)).filter(({ status }) => status === 'active').length;
  }

  async function live(): Promise<SyncAnswer> {
    return muster.api.runSync(tenant, integration, { mode: 'live' });
  }

  it('is planned dry, which moves no file, and applied as approved, which archives it', async () => {
    put(1, report(employees(1, 500)));
    const dry = await muster.api.runSync(tenant, integration, {});
    expect(dry, dry.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'full', wholeness: 'complete', records: 500 },
      counts: { created: 500, failed: 0 },
    });
    expect(lying()).toEqual({ waiting: [nameOf(1)], archived: [] });

    const applied = await muster.api.approved(tenant, dry);
    expect(applied.totals.map(({ state }) => state)).toEqual(['applied']);
    await expect.poll(lying).toEqual({ waiting: [], archived: [nameOf(1)] });
    const users = await muster.users(tenant);
    expect(users).toHaveLength(500);
    expect(users.find(({ attributes }) => attributes['email'] === mailOf(2))?.attributes).toMatchObject({
      fullName: `${marked('Ann 2')} ${marked('O"Neil; Lee')}`,
      employeeId: marked('00002'),
      title: 'Engineer',
      department: 'Operations',
    });
  });

  it('loses nobody while no report comes', async () => {
    const sync = await live();
    expect(sync, sync.summary).toMatchObject({
      state: 'completed',
      manifest: { extent: 'delta', records: 0 },
      counts: { deprovisioned: 0 },
    });
    expect(await active()).toBe(500);
  });

  it('loses those who left, within the safeguards, and gains who joined', async () => {
    const people = employees(1, 488).map((one) => (one.number > 485 ? { ...one, status: 'Terminated' } : one));
    put(2, report([...people, ...employees(501, 502)]));
    const sync = await live();
    expect(sync, sync.summary).toMatchObject({
      state: 'completed',
      held: 0,
      counts: { created: 2, deprovisioned: 15, failed: 0 },
    });
    expect(await active()).toBe(487);
    expect(lying()).toEqual({ waiting: [], archived: [nameOf(1), nameOf(2)] });
  });

  it('loses nobody by a report that was cut off, keeps what it says, and reads it again when it is whole', async () => {
    const people = [...employees(1, 485), ...employees(501, 502)].map((one) =>
      one.number === 7 ? { ...one, title: 'Director' } : one,
    );
    const whole = report(people);
    put(3, whole.slice(0, Math.floor(whole.length * 0.6)));
    const cut = await live();
    expect(cut, cut.summary).toMatchObject({
      state: 'incomplete',
      manifest: { wholeness: 'truncated' },
      counts: { updated: 1, deprovisioned: 0, failed: 0 },
    });
    expect(cut.summary).toMatch(/cut off/);
    expect(await active()).toBe(487);
    expect(lying()).toMatchObject({ waiting: [nameOf(3)] });

    put(3, whole, 300);
    const next = await live();
    expect(next, next.summary).toMatchObject({
      state: 'completed',
      manifest: { wholeness: 'complete', records: 487 },
      counts: { updated: 0, deprovisioned: 0, failed: 0 },
    });
    expect(lying()).toEqual({ waiting: [], archived: [nameOf(1), nameOf(2), nameOf(3)] });
  });

  it('loses nobody by a report that is not what it should be, and learns where it is wrong', async () => {
    const rows = report(employees(1, 485)).split('\r\n');
    rows.splice(100, 1, marked('torn;row'));
    put(4, rows.join('\r\n'));
    const sync = await live();
    expect(sync, sync.summary).toMatchObject({ state: 'failed', failure: { code: 'rowWidth' } });
    expect(sync.summary).toMatch(/line 101/);
    expect(await active()).toBe(487);
    expect(lying()).toMatchObject({ waiting: [nameOf(4)] });
  });

  it('is logged in at by a key pair that Muster makes, and by the next one without a gap', async () => {
    const at = `/v1/tenants/${tenant}/integrations/${integration}`;
    const all: string[] = [];
    const list = async (): Promise<PublicKey[]> => {
      const { items } = await muster.api.must<{ items: PublicKey[] }>('GET', `${at}/key-pairs`);
      all.push(JSON.stringify(items));
      return items;
    };
    const make = async (): Promise<void> => {
      all.push(JSON.stringify(await muster.api.must('POST', `${at}/key-pairs`, { kind: 'ssh' })));
    };
    const loginWorks = async (): Promise<void> => {
      const sync = await muster.api.runSync(tenant, integration, {});
      expect(sync, sync.summary).toMatchObject({ state: 'completed' });
    };
    put(5, report(employees(1, 500)));
    await make();
    const { headers: present } = await muster.api.call('GET', at);
    await muster.api.must('PATCH', at, { secrets: { password: null } }, { 'if-match': present.get('etag') ?? '' });
    const setup = await muster.api.must<object>('GET', `${at}/setup`);
    const [first] = await list();
    expect(JSON.stringify(setup)).toContain(first?.publicKey);
    server.authorize(first?.publicKey ?? '');
    await loginWorks();
    await make();
    expect((await list()).map(({ secret, use }) => `${secret} ${use}`)).toEqual([
      'privateKey current',
      'nextPrivateKey next',
    ]);
    await loginWorks();
    const next = (await list())[1];
    server.authorize(next?.publicKey ?? '');
    await loginWorks();
    expect(await list()).toMatchObject([{ secret: 'privateKey', use: 'current', fingerprint: next?.fingerprint }]);
    await make();
    await muster.api.must('DELETE', `${at}/key-pairs/nextPrivateKey`);
    await loginWorks();
    expect(all.join('')).not.toContain('PRIVATE');
    const audit: string[] = [];
    for await (const { action, detail } of muster.api.list<{ action: string; detail: string }>(
      `/v1/tenants/${tenant}/audit?target=${integration}`,
    )) {
      if (action.startsWith('keyPair.') || action === 'integration.renewSecret') audit.push(`${action} ${detail}`);
    }
    expect(audit.reverse()).toEqual([
      'keyPair.make ssh',
      'keyPair.make ssh',
      'integration.renewSecret privateKey',
      'keyPair.make ssh',
      'keyPair.drop nextPrivateKey',
    ]);
  });
});
