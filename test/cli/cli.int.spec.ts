import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readKey } from 'openpgp';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CheckStore, type IntegrationId, newId, SettingsStore, SyncChangeLog, type SyncId, SyncStore } from '#core';
import { temporaryDirectory } from '#testing';
import type { SyncDetail } from '#api-client';
import { printSync } from '../../apps/cli/src/output/sync-report.js';
import { run } from '../../apps/cli/src/program.js';
import { ApiUnderTest, operatorKey } from '../api/api-under-test.js';
import { applySeeded, type SeededTenant, seedTenant } from '../api/seed-tenant.js';
import { capturedTerminal, runAt } from './captured-terminal.js';

let api: ApiUnderTest;
let url: string;
let acme: SeededTenant;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  url = await api.listen();
});

beforeEach(async () => {
  acme = await seedTenant(api);
});

afterAll(async () => {
  await api.stop();
});

async function muster(...args: string[]) {
  return musterWith({}, ...args);
}

async function musterWith({ columns, key = operatorKey }: { columns?: number; key?: string }, ...args: string[]) {
  const connection = ['--url', url, '--api-key', key, '--tenant', acme.tenant];
  return runAt(capturedTerminal(columns), [...args, ...connection]);
}

describe('requests of identity providers', () => {
  it('are listed without anybody’s data, and shown one by one with what they said', async () => {
    const { out: list } = await muster('integration', 'requests', acme.integration, '--resource', 'scm_1');
    expect(list).toMatch(new RegExp(`${acme.scimRequest} .*Provider +POST /Users +201`));
    expect(list).not.toContain('ana');
    const { out: none } = await muster('integration', 'requests', acme.integration, '--resource', 'scm_2', '--json');
    expect(JSON.parse(none)).toEqual({ items: [], nextCursor: null });
    const { code, out } = await muster('integration', 'request', acme.scimRequest, acme.integration);
    expect(code).toBe(0);
    expect(out).toMatch(/Request +POST \/Users\n/);
    expect(out).toMatch(/User or group +scm_1\n/);
    expect(out).toContain('{\n  "userName": "ana"\n}');
    const { err } = await musterWith(
      { key: acme.viewerKey },
      'integration',
      'request',
      acme.scimRequest,
      acme.integration,
    );
    expect(err).not.toBe('');
  });
});

describe('a sync', () => {
  it('is shown in plain words with its numbers and the next step', async () => {
    const { code, out } = await muster('sync', 'show', acme.sync);
    expect(code).toBe(0);
    expect(out).toContain('Dry run: 1 person would be created and 1 updated. Nobody has been changed.');
    expect(out).toMatch(/created +new +planned +1/);
    expect(out).toMatch(/emailChanges +3 +2 +held/);
    expect(out).toContain(`muster sync approve ${acme.sync} --all`);
  });

  it('fits a narrow terminal', async () => {
    for (const command of ['show', 'outcomes']) {
      const { out } = await musterWith({ columns: 60 }, 'sync', command, acme.sync);
      // eslint-disable-next-line no-control-regex
      const lines = out.replaceAll(/\u001b\[[0-9;]*m/g, '').split('\n');
      expect(
        Math.max(...lines.filter((line) => !line.includes('muster ')).map((line) => line.length)),
        out,
      ).toBeLessThanOrEqual(60);
    }
  });

  it('gives programs the API’s own answer', async () => {
    const { out, err } = await muster('sync', 'outcomes', acme.sync, '--state', 'held', '--json');
    expect(JSON.parse(out)).toMatchObject({ items: [{ id: acme.outcomes[2] }], nextCursor: null });
    expect(err).toBe('');
  });

  it('leads to a mapping where there was none', async () => {
    const { terminal, out } = capturedTerminal();
    const sync = await api.json<SyncDetail>('GET', `/v1/tenants/${acme.tenant}/syncs/${acme.sync}`);
    const total = { outcome: 'skipped', reason: 'noMapping', state: null, count: 3 } as const;
    printSync(terminal, { ...sync, mappingVersion: null, held: 0, safeguards: [], totals: [total] });
    expect(out.text).toContain(`muster mapping create ${acme.integration} --default --activate`);
    expect(out.text).not.toContain('sync approve');
  });

  it('explains one person', async () => {
    const { out } = await muster('sync', 'explain', acme.outcomes[1]!);
    expect(out).toContain('failed: typeMismatch');
    expect(out).toContain('What to do: Correct the value at the source');
    expect(out).toMatch(/✗ +email +contact\.workEmail +"not an address"/);
  });

  it('is followed to its end, and the exit code says how it ended', async () => {
    const syncs = api.port(SyncStore);
    const started = muster('sync', 'run', acme.integration, '--wait');
    const queued = await until(async () => (await syncs.syncs(acme.tenant, { state: 'queued' }, null, 1))[0]);
    await syncs.move(acme.tenant, queued.id, 'queued', 'fetching', {});
    await new Promise((resolve) => setTimeout(resolve, 600));
    const failure = { code: 'sourceUnavailable', message: 'The source does not answer.' };
    await syncs.move(acme.tenant, queued.id, 'fetching', 'failed', { failure, endedAt: '2026-01-05T08:00:00.000Z' });
    const { code, out, err } = await started;
    expect(code).toBe(7);
    expect(err).toContain(`${queued.id} reading the source`);
    expect(out).toContain('Dry run failed: The source does not answer. Nobody has been changed.');
  });

  it('is followed through a restart of the server, whose clients see each state once it is back', async () => {
    const own = await ApiUnderTest.start();
    const address = await own.listen();
    const theirs = await seedTenant(own);
    const path = `/v1/tenants/${theirs.tenant}/integrations/${theirs.integration}/syncs`;
    const { id } = await own.json<{ id: SyncId }>('POST', path);
    const { terminal, out, err } = capturedTerminal();
    const args = ['--url', address, '--api-key', operatorKey, '--tenant', theirs.tenant];
    const following = run(['sync', 'follow', id, ...args], terminal);
    await expect.poll(() => err.text).toContain(`${id} waiting`);
    const again = await own.restart(Number(new URL(address).port), async () => {
      await expect.poll(() => err.text).toContain('Muster does not answer');
    });
    const syncs = again.port(SyncStore);
    await syncs.move(theirs.tenant, id, 'queued', 'fetching', {});
    await expect.poll(() => err.text).toContain(`${id} reading the source`);
    await syncs.move(theirs.tenant, id, 'fetching', 'completed', { endedAt: '2026-01-05T08:00:00.000Z' });
    expect(await following).toBe(0);
    expect(out.text).toContain('Dry run');
    await again.stop();
  });

  it('is seen by who watches the list, a line for each state', async () => {
    const { terminal, out } = capturedTerminal();
    const args = ['--url', url, '--api-key', acme.viewerKey];
    // It goes on until Ctrl+C: here, until the tests are over.
    void run(['sync', 'list', '--watch', '--mode', 'dry', ...args], terminal);
    await expect.poll(() => out.text).toContain(acme.sync);
    const { id } = await api.json<{ id: SyncId }>(
      'POST',
      `/v1/tenants/${acme.tenant}/integrations/${acme.integration}/syncs`,
    );
    await api.port(SyncStore).move(acme.tenant, id, 'queued', 'fetching', {});
    await expect.poll(() => out.text).toMatch(new RegExp(`${id} +Acme HR +dry   fetching`));
  });

  it('is listed by the name of its integration, and by its id for programs', async () => {
    const table = await muster('sync', 'list', '--limit', '1');
    expect(table.out).toContain('Acme HR');
    expect(table.out).not.toContain(acme.integration);
    const { out } = await muster('sync', 'list', '--limit', '1', '--json');
    expect(JSON.parse(out)).toMatchObject({ items: [{ integrationId: acme.integration }] });
  });

  it('is approved on purpose only', async () => {
    const vague = await muster('sync', 'approve', acme.sync);
    expect(vague.code).toBe(2);
    expect(vague.err).toContain('Say what is meant');
    const other = await muster('sync', 'approve', acme.sync, '--all', '--plan-hash', 'nonsense');
    expect(other.code).toBe(6);
    const done = await muster('sync', 'approve', acme.sync, '--outcome', acme.outcomes[2]!, '--comment', 'I know her.');
    expect(done).toMatchObject({ code: 0, out: `Approved: ${acme.sync}, round 1.\n` });
    expect(await api.port(SyncStore).approvals(acme.tenant, acme.sync)).toMatchObject([
      { verdict: 'approve', comment: 'I know her.', selection: { seqs: [2] } },
    ]);
  });
});

describe('an undo', () => {
  it('is shown first, says what rests when it is live, and how that ends', async () => {
    expect(await muster('sync', 'undo', acme.sync)).toMatchObject({
      code: 6,
      err: expect.stringContaining('changed nobody') as string,
    });
    await applySeeded(api, acme);
    const dry = await muster('sync', 'undo', acme.sync);
    expect(dry).toMatchObject({ code: 0, err: expect.not.stringContaining('paused') as string });
    expect(dry.out).toMatch(new RegExp(`^Dry undo syn_\\w+ of sync ${acme.sync} is queued\\.\n$`));

    const live = await muster('sync', 'undo', acme.sync, '--live');
    const id = /^Undo (syn_\w+) of sync/.exec(live.out)?.[1] ?? '';
    expect(live.err).toContain('Integration Acme HR is paused');
    expect(live.err).toContain(`muster integration resume ${acme.integration}`);
    expect((await muster('sync', 'show', acme.sync)).out).toMatch(new RegExp(`Undone by +${id}`));
    expect((await muster('sync', 'show', id)).out).toMatch(new RegExp(`Takes back +${acme.sync}`));
    expect((await muster('integration', 'show')).out).toMatch(new RegExp(`Paused +since .* for ${id}`));
    expect((await muster('integration', 'list')).out).toContain('observe, paused');

    expect(await muster('integration', 'resume')).toMatchObject({
      code: 0,
      out: `Integration ${acme.integration} runs by itself again.\n`,
    });
    expect((await muster('integration', 'resume')).out).toContain('is not paused');
  });

  it('is followed to its end', async () => {
    await applySeeded(api, acme);
    const { terminal, out, err } = capturedTerminal();
    const args = ['--url', url, '--api-key', operatorKey, '--tenant', acme.tenant];
    const following = run(['sync', 'undo', acme.sync, '--live', '--wait', ...args], terminal);
    await expect.poll(() => err.text).toMatch(/syn_\w+ waiting/);
    const id = /(syn_\w+) waiting/.exec(err.text)?.[1] as SyncId;
    const syncs = api.port(SyncStore);
    await syncs.move(acme.tenant, id, 'queued', 'planning', {});
    await expect.poll(() => err.text).toContain(`${id} planning: 0 of 2`);
    await syncs.move(acme.tenant, id, 'planning', 'completed', { endedAt: '2026-01-05T08:00:00.000Z' });
    expect(await following).toBe(0);
    expect(out.text).toContain(`Undo of sync ${acme.sync}`);
    expect(await api.port(SyncChangeLog).changes(acme.tenant, 0, 10, id)).toMatchObject([
      { state: 'queued', mode: 'live' },
      { state: 'planning' },
      { state: 'completed' },
    ]);
  });
});

describe('setting up', () => {
  it('leads from nothing to a mapping', async () => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'signing-key'), 'from a file\n');
    const made = await muster(
      ...['integration', 'create', '--connector', 'acme-hr', '--name', 'Second', '--json'],
      ...['--config', 'baseUrl=https://hr.example', '--config', 'clientId=1', '--config', 'pageSize=50'],
      ...['--secret', 'clientSecret=x', '--secret', `signingKey=@${join(folder, 'signing-key')}`],
    );
    expect(JSON.parse(made.out)).toMatchObject({
      config: { clientId: '1', pageSize: 50 },
      secretsSet: ['clientSecret', 'signingKey'],
    });
    const refused = await muster('mapping', 'create', 'Second', '--default');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('muster attribute put custom.costCentre --type <type>');
    await muster('attribute', 'put', 'custom.costCentre', '--type', 'string');
    await muster('attribute', 'put', 'custom.contractor', '--type', 'boolean');
    const mapped = await muster('mapping', 'create', 'second', '--default', '--activate');
    expect(mapped).toMatchObject({ code: 0, out: 'Mapping version 1 is saved and active.\n' });
    const listed = await muster('integration', 'list');
    expect(listed.out).toMatch(/Second +acme-hr +observe +1/);
  });

  it('changes an integration without losing the rest', async () => {
    const changed = await muster(
      'integration',
      'update',
      acme.integration,
      '--config',
      'pageSize=7',
      '--safeguard',
      'failures=0.3',
      '--json',
    );
    expect(JSON.parse(changed.out)).toMatchObject({
      revision: 2,
      config: { pageSize: 7, clientId: 'muster' },
      safeguards: { failures: 0.3 },
    });
  });

  it('sets a schedule, shows it, and changes a part of it', async () => {
    const update = async (...args: string[]) => muster('integration', 'update', acme.integration, ...args);
    const scheduleOf = ({ out }: { out: string }) => (JSON.parse(out) as { schedule: unknown }).schedule;
    const every = await update('--schedule', 'every-6h', '--json');
    expect(scheduleOf(every)).toMatchObject({ mode: 'dry', every: 6, lastRun: null });
    const live = await update('--schedule-mode', 'live', '--json');
    expect(scheduleOf(live)).toMatchObject({ mode: 'live', every: 6, effectiveMode: 'dry' });
    const cron = await update('--schedule', '30 6 * * MON-FRI', '--time-zone', 'Asia/Kolkata', '--json');
    expect(scheduleOf(cron)).toMatchObject({ mode: 'live', cron: '30 6 * * MON-FRI', timeZone: 'Asia/Kolkata' });
    const shown = await muster('integration', 'show', acme.integration);
    expect(shown.out).toContain('live, 30 6 * * MON-FRI (Asia/Kolkata); runs dry while in observe');
    expect(shown.out).toMatch(/Next run +\d{4}-\d\d-\d\d 01:00:00 UTC/);
    expect((await muster('integration', 'list')).out).toMatch(/Next run[^]* \d{4}-\d\d-\d\d 01:00:00/);
    expect(scheduleOf(await update('--schedule', 'none', '--json'))).toBeNull();
    expect(await update('--schedule-mode', 'dry')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no schedule to change') as string,
    });
    const refused = await update('--schedule', '* * * * *');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain('at least 5 minutes apart');
  });

  it('gives a list its items one by one, together, or none', async () => {
    const keys = [1, 2].map(() => ssh2.utils.generateKeyPairSync('ed25519').public);
    const of = async () => {
      const { out } = await muster('integration', 'show', 'Inbox', '--json');
      return (JSON.parse(out) as { config: { publicKeys: string[] } }).config.publicKeys;
    };
    const create = ['integration', 'create', '--name', 'Inbox', '--connector', 'csv-inbox', '--config', 'content=full'];
    await muster(...create, ...keys.flatMap((key) => ['--config', `publicKeys=${key}`]));
    expect(await of()).toEqual(keys);
    await muster('integration', 'update', 'Inbox', '--config', `publicKeys=${keys[1]!}`);
    expect(await of()).toEqual([keys[1]]);
    await muster('integration', 'update', 'Inbox', '--config', `publicKeys=${JSON.stringify(keys)}`);
    expect(await of()).toEqual(keys);
    await muster('integration', 'update', 'Inbox', '--config', 'publicKeys=');
    expect(await of()).toEqual([]);
  });

  it('shows the OpenPGP key that Muster made so that it can be copied', async () => {
    const config = ['content=full', 'host=sftp.people.example', 'user=muster'].flatMap((pair) => ['--config', pair]);
    await muster('integration', 'create', '--name', 'Reports', '--connector', 'csv-sftp', ...config);
    const made = await muster('key-pair', 'make', 'pgp', 'Reports');
    const setup = await muster('integration', 'setup', 'Reports');
    for (const { out } of [made, setup]) {
      const armoredKey = /-----BEGIN[^]+END PGP PUBLIC KEY BLOCK-----/.exec(out)?.[0] ?? '';
      const key = await readKey({ armoredKey });
      expect(out).toMatch(new RegExp(`Fingerprint +${key.getFingerprint()}`, 'i'));
    }
  });

  it('shows where an expression breaks', async () => {
    const file = join(temporaryDirectory(), 'payload.json');
    writeFileSync(file, '{"a": {"b": "7"}}');
    const broken = await muster('evaluate', 'a..b', '--payload', file);
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('a..b\n  ^');
    expect(await muster('evaluate', 'a.b', '--payload', file, '--type', 'number')).toMatchObject({
      code: 0,
      out: '7\n',
    });
  });

  it('looks at a mapping and at the source’s records', async () => {
    const fields = await muster('integration', 'fields', acme.integration);
    expect(fields.out).toMatch(/contact\.workEmail +string +100 %/);
    const setup = await muster('integration', 'setup', acme.integration);
    expect(setup.out).toMatch(/1\. Register Muster as a client[^]*Scope +workers\.read/);
    const tried = await muster('mapping', 'try', '1', acme.integration, '--sync', acme.sync, '--seq', '0');
    expect(tried.code).toBe(0);
    expect(tried.out).toMatch(/fullName +"Ana Silva" +legalName\.display/);
    const failing = await muster('mapping', 'try', '1', acme.integration, '--sync', acme.sync, '--seq', '1');
    expect(failing.code).toBe(2);
    expect(failing.err).toContain('email:');
    expect((await muster('mapping', 'diff', '1', '1', acme.integration)).out).toBe('Both say the same.\n');
    expect((await muster('mapping', 'impact', '1', acme.integration)).out).toMatch(/Dry sync syn_\w+ is queued\./);
  });

  it('is told by the audit', async () => {
    await muster('tenant', 'update', '--name', 'Acme 3');
    const { out } = await muster('audit', 'list', '--action', 'tenant.*');
    expect(out).toMatch(new RegExp(`tenant\\.update +${acme.tenant} +name`));
  });

  it('shows a key once, alone on standard output', async () => {
    const { out } = await muster('key', 'create', '--label', 'for a script');
    expect(out).toMatch(/^mus_[\w-]{43}\n$/);
  });
});

describe('users', () => {
  it('are listed and shown', async () => {
    expect((await muster('user', 'list', '--q', 'ng')).out).toMatch(/Di Ng +di@acme\.example +active +regular/);
    expect((await muster('user', 'show', acme.user)).out).toMatch(/Link int_\w+ +W4 \(present\)/);
  });

  it('are filtered and sorted, and a filter that is wrong is shown with its place', async () => {
    const filtered = await muster('user', 'list', '--filter', 'email sw "DI@"', '--sort', '-fullName');
    expect(filtered.out).toContain(acme.user);
    expect((await muster('user', 'list', '--filter', 'not (email sw "di@")')).out).not.toContain(acme.user);
    const wrong = await muster('user', 'list', '--filter', 'email like "x"');
    expect(wrong).toMatchObject({
      code: 2,
      err: expect.stringContaining('filter (at character 6): An operator') as string,
    });
  });

  it('have a history', async () => {
    const { out } = await muster('user', 'history', acme.user);
    expect(out).toContain('updated: changed (planned)');
    expect(out).toMatch(/email +di@acme\.example +di\.ng@acme\.example/);
  });

  it('are found wherever they stopped', async () => {
    const { out } = await muster('person', 'find', 'W2');
    expect(out).toContain('Is not in the directory. Their record failed.');
    expect(out).toContain('What to do: Correct the value at the source');
    expect((await muster('person', 'find', 'nobody at all')).out).toContain(acme.sync);
  });

  it('are counted', async () => {
    expect((await muster('report', 'users', '--group-by', 'status')).out).toMatch(/active +1/);
  });
});

describe('at a glance', () => {
  it('is shown whether Muster is ready, and how each integration is doing', async () => {
    const { code, out } = await muster('status');
    expect(out).toContain(`Muster at ${url}: ready`);
    expect(out).toMatch(/Acme HR +observe +dry completed/);
    expect(code).toBe(0);
    const told = JSON.parse((await muster('status', '--json')).out) as unknown;
    expect(told).toMatchObject({ status: 'ready', problems: [], integrations: [{ id: acme.integration }] });
  });

  it('are the events of a sync, to its end', async () => {
    const { code, out } = await muster('sync', 'events', acme.sync);
    expect(code).toBe(0);
    expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d +dry +queued\n/);
    expect(out).toMatch(/dry +completed\n.*end +completed: \d+ read, 4 planned/s);
    const lines = (await muster('sync', 'events', acme.sync, '--json')).out.trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ event: 'end', data: { state: 'completed' } });
    expect(await muster('sync', 'events', 'syn_nosuch')).toMatchObject({ code: 5 });
  });
});

it('shows the fields that a check has found', async () => {
  const checks = api.port(CheckStore);
  const fields = ['workerId', 'contact'];
  const answer = async () => {
    const [pending] = (await checks.pending(10)).filter(({ tenantId }) => tenantId === acme.tenant);
    if (pending === undefined) return false;
    const sample = { step: 'sample' as const, ok: true, message: 'Looked.', fields, moreFields: 2 };
    await checks.answer({ ...pending, finishedAt: '2026-01-05T08:00:00.000Z', steps: [sample] });
    return true;
  };
  const [{ code, out }] = await Promise.all([
    muster('integration', 'check', acme.integration),
    expect.poll(answer).toBe(true),
  ]);
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(/sample +Looked\.\n +workerId, contact and 2 more\n/) as string,
  });
});

it('reads one user again from their source', async () => {
  const dry = await muster('user', 'sync', acme.user);
  expect({ code: dry.code, out: dry.out, err: dry.err }).toEqual({
    code: 0,
    out: expect.stringMatching(/^Dry sync syn_\w+ is queued\.\n$/) as string,
    err: expect.stringMatching(/^Next: muster sync follow syn_\w+\n$/) as string,
  });
  const live = await muster('user', 'sync', acme.user, '--live', '--json');
  expect(JSON.parse(live.out)).toMatchObject({ mode: 'live', person: 'W4', integrationId: acme.integration });
  expect(await muster('user', 'sync', 'usr_nobody')).toMatchObject({ code: 5 });
});

it('changes nobody who is not as they were seen', async () => {
  expect((await muster('user', 'show', acme.user)).out).toMatch(/Version +1/);
  for (const command of ['deprovision', 'reactivate']) {
    const { code, err } = await muster('user', command, acme.user, '--seen-version', '7');
    expect({ code, err }).toEqual({ code: 6, err: expect.stringContaining('Somebody else changed it') as string });
  }
  const role = ['--role', 'restricted', '--seen-version', '7'];
  expect(await muster('user', 'set', acme.user, ...role)).toMatchObject({ code: 6 });
});

describe('errors', () => {
  it('say what to do next, each with its exit code', async () => {
    expect(await muster('sync', 'show', 'syn_nosuch')).toMatchObject({
      code: 5,
      err: expect.stringContaining('muster sync list'),
    });
    expect(await musterWith({ key: 'nonsense' }, 'me')).toMatchObject({
      code: 4,
      err: expect.stringContaining('not known'),
    });
    expect(await musterWith({ key: acme.viewerKey }, 'tenant', 'update', '--name', 'X')).toMatchObject({ code: 4 });
    expect(await muster('sync', 'cancel', acme.sync)).toMatchObject({ code: 6 });
    expect(await muster('sync', 'fly')).toMatchObject({ code: 2, err: expect.stringContaining('unknown command') });
    const { terminal, err } = capturedTerminal();
    expect(await run(['me', '--url', 'http://127.0.0.1:9', '--api-key', 'x'], terminal)).toBe(3);
    expect(err.text).toContain('Muster does not answer at http://127.0.0.1:9');
  });

  it('are none where only the version is asked for', async () => {
    const { code, out } = await muster('--version');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it('tell a name that is nobody’s from one that several have', async () => {
    const show = () => muster('integration', 'show', 'Twin');
    expect(await show()).toMatchObject({
      code: 5,
      err: expect.stringContaining('No integration of this tenant is called Twin'),
    });
    const create = ['integration', 'create', '--name', 'Twin', '--connector', 'scim'];
    const { out } = await muster(...create, '--json');
    expect(await muster(...create)).toMatchObject({ code: 6, err: expect.stringContaining('has that name already') });
    // As two have it who took it at the same moment.
    const settings = api.port(SettingsStore);
    const twin = await settings.integration(acme.tenant, (JSON.parse(out) as { id: IntegrationId }).id);
    await settings.createIntegration({ ...twin!, id: newId('integration') }, '');
    expect(await show()).toMatchObject({ code: 5, err: expect.stringContaining('2 integrations are called Twin') });
    const { err } = await runAt(capturedTerminal(), [
      'sync',
      'list',
      '--url',
      url,
      '--api-key',
      operatorKey,
      '--tenant',
      'X',
    ]);
    expect(err).toContain('No tenant that this key sees is called X');
  });

  it('are problem documents for programs', async () => {
    const { err } = await muster('sync', 'show', 'syn_nosuch', '--json');
    expect(JSON.parse(err)).toMatchObject({ code: 'notFound', status: 404 });
  });

  it('are explained by the help', async () => {
    const { code, out } = await muster('--help');
    expect(code).toBe(0);
    expect(out).toContain('Exit codes:');
    expect(out).toContain('MUSTER_URL');
  });
});

async function until<T>(find: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
