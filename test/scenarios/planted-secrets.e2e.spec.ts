import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { SMTPServer } from 'smtp-server';
import ssh2 from 'ssh2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newEd25519Key } from '#connector-sdk';
import { SftpServer, unusedPort } from '#testing';
import { EndpointRegistry } from '../../apps/reporter/src/rest/http/endpoint-registry.js';
import { parameterNames } from '../../apps/reporter/src/rest/http/path-parameters.js';
import { startWorkdaySoapSimulator } from '../../connectors/workday-soap/simulator/src/index.js';
import type { HostileMode } from '../../connectors/hostile/src/index.js';
import { startWorkdaySimulator } from '../../connectors/workday-raas/simulator/src/index.js';
import { activateMapping } from '../support/acme-tenant.js';
import { marked } from '../support/canary.js';
import { BuiltProgram } from '../support/child-process.js';
import { type Echo, ECHOES, EchoingSource } from '../support/echoing-source.js';
import { startMarkedSimulator } from '../support/marked-simulator.js';
import { MusterApi, type SyncAnswer } from '../support/muster-api.js';
import { PlantedSecrets } from '../support/planted-secrets.js';
import { RunningMuster } from '../support/running-muster.js';
import { SecretWatch } from '../support/secret-watch.js';
import { descendants, seenProcesses } from '../support/seen-processes.js';
import { sendFile } from '../support/send-files.js';
import { storedBytes } from '../support/stored-bytes.js';
import { newTestEngine } from '../support/test-engine.js';

const hostile = path.join(import.meta.dirname, '../../dist/connectors/hostile/src/index.js');
const file = 'uploads/hr_reports/people_report_2026-03-01.csv';
const report = `Employee ID,Full Name,Work Email\n${marked('1')},${marked('Ann')},${marked('ann@acme.example')}\n`;

interface Made {
  id: string;
}

describe('secrets that were planted wherever one belongs', () => {
  const secrets = new PlantedSecrets();
  const watch = new SecretWatch();
  const engine = newTestEngine();
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-planted-'));
  const closing: (() => unknown)[] = [];
  /** Whatever runs below this process, as anybody on the machine sees it. */
  const children = new Set<number>();
  const integrations: string[] = [];
  const syncs: string[] = [];
  let muster: RunningMuster;
  let echo: EchoingSource;
  let tenant: string;
  let sftpPort: number;
  let settings: Record<string, string>;

  beforeAll(async () => {
    const mails = await refusingMailServer();
    sftpPort = await unusedPort();
    const hostKey = path.join(directory, 'host-key');
    writeFileSync(hostKey, plantSshKey('host key', newEd25519Key().private), { mode: 0o600 });
    const masterKey = Buffer.from(secrets.makePlain('master key'), 'latin1');
    settings = {
      MUSTER_CONNECTORS: hostile,
      MUSTER_MASTER_KEY: secrets.plant('master key as it is given', masterKey.toString('base64')),
      MUSTER_SMTP_URL: `smtp://muster:${encodeURIComponent(secrets.make('SMTP password'))}@127.0.0.1:${String(mails)}`,
      MUSTER_SMTP_FROM: 'muster@muster.example',
      MUSTER_SFTP_PORT: String(sftpPort),
      MUSTER_SFTP_DIR: path.join(directory, 'inboxes'),
      MUSTER_SFTP_HOST_KEY_FILE: hostKey,
    };
    muster = await RunningMuster.start({ settings }, engine, watch);
    secrets.plant('operator key', muster.api.key ?? '');
    echo = await EchoingSource.start(secrets.makePlain('access token'));
    closing.push(() => echo.stop());
    const contacts = ['people@acme.example'];
    ({ id: tenant } = await muster.api.must<Made>('POST', '/v1/tenants', { name: 'Planted' }));
    const { revision } = await muster.api.must<{ revision?: number }>('GET', `/v1/tenants/${tenant}`);
    const ifMatch = { 'if-match': `"${String(revision ?? 1)}"` };
    await muster.api.must('PATCH', `/v1/tenants/${tenant}`, { contacts }, ifMatch);
    for (const [name, type] of Object.entries({ costCentre: 'string', contractor: 'boolean' })) {
      await muster.api.must('PUT', `/v1/tenants/${tenant}/attributes/custom.${name}`, { label: name, type });
    }
    const looking = setInterval(look, 100);
    closing.push(() => clearInterval(looking));
  });
  afterAll(async () => {
    await muster.stop();
    for (const close of closing) await close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A mail server that lets nobody in, and says who wanted to and by which password. */
  async function refusingMailServer(): Promise<number> {
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: ({ username, password }, _session, answer) =>
        answer(new Error(`no such login: ${username ?? ''} ${password ?? ''}`)),
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    closing.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
    return (server.server.address() as AddressInfo).port;
  }

  function look(): void {
    const all = seenProcesses();
    for (const { pid, commandLine } of all) watch.hear(`the command line of ${String(pid)}`, commandLine);
    for (const { pid, environment } of descendants(process.pid, all)) {
      children.add(pid);
      watch.hear(`the environment of ${String(pid)}`, environment);
    }
  }

  let integrationsMade = 0;

  async function integrate(connectorId: string, config: object, own: object, named?: string): Promise<string> {
    const name = named ?? `${connectorId} ${String((integrationsMade += 1))}`;
    const { id } = await muster.api.must<Made>('POST', `/v1/tenants/${tenant}/integrations`, {
      name,
      connectorId,
      config,
      secrets: own,
      standing: 'live',
    });
    await activateMapping(muster.api, tenant, id, { default: true });
    integrations.push(id);
    return id;
  }

  async function sync(integration: string, mode: 'dry' | 'live' = 'live'): Promise<SyncAnswer> {
    const ended = await muster.api.runSync(tenant, integration, { mode });
    syncs.push(ended.id);
    return ended;
  }

  async function succeed(integration: string): Promise<void> {
    await check(integration);
    for (const mode of ['dry', 'live'] as const) {
      const ended = await sync(integration, mode);
      expect(ended, ended.summary).toMatchObject({ manifest: { wholeness: 'complete' }, failure: null });
    }
  }

  async function check(integration: string): Promise<{ finishedAt: string | null; steps: { ok: boolean }[] }> {
    const url = `/v1/tenants/${tenant}/integrations/${integration}`;
    const { id } = await muster.api.must<Made>('POST', `${url}/check`);
    const read = () =>
      muster.api.must<{ finishedAt: string | null; steps: { ok: boolean }[] }>('GET', `${url}/checks/${id}`);
    await expect.poll(read, { timeout: 90_000 }).toMatchObject({ finishedAt: expect.any(String) as string });
    return read();
  }

  async function fail(integration: string): Promise<SyncAnswer> {
    const failed = await sync(integration);
    expect(failed, failed.summary).toMatchObject({ state: 'failed' });
    return failed;
  }

  it('go with syncs that succeed', async () => {
    const acme = await startMarkedSimulator({
      people: 20,
      clientSecret: secrets.makePlain('client secret of Acme'),
      signingKey: secrets.makePlain('signing key of Acme'),
    });
    const workday = await startWorkdaySimulator({
      ...{ people: 20, mark: marked(''), isRotating: true },
      password: secrets.makePlain('password of Workday'),
      clientSecret: secrets.makePlain('client secret of Workday'),
    });
    const soap = await startWorkdaySoapSimulator({
      ...{ people: 20, mark: marked('') },
      password: secrets.makePlain('password of Workday by SOAP'),
    });
    closing.push(() => Promise.all([acme.stop(), workday.stop(), soap.stop()]));
    await succeed(await integrate('acme-hr', acme.config, acme.secrets));
    await succeed(await integrate('workday-raas', workday.asUser.config, workday.asUser.secrets));
    await succeed(await integrate('workday-soap', soap.config, soap.secrets));

    const rotating = await integrate(
      'workday-raas',
      workday.withRefreshToken.config,
      workday.withRefreshToken.secrets,
      'renewed',
    );
    const tokens = new Set<string>();
    for (let again = 0; again < 3; again += 1) {
      tokens.add(secrets.plant('refresh token', workday.refreshToken));
      await sync(rotating);
    }
    secrets.plant('refresh token', workday.refreshToken);
    expect(tokens.size).toBe(3);
  });

  it('go with files that are fetched and files that are sent', async () => {
    const server = await SftpServer.start({ password: secrets.makePlain('password of SFTP') });
    closing.push(() => server.stop());
    const { host, port, user, fingerprint } = server;
    const config = { host, port, user, hostKeyFingerprints: [fingerprint], content: 'full', settleSeconds: 0 };
    const passphrase = secrets.plant('passphrase of a private key', server.passphrase);
    const byPassword = await integrate('csv-sftp', config, { password: server.password });
    const byKey = await integrate('csv-sftp', config, {
      privateKey: plantSshKey('private key', server.encryptedKey, passphrase),
      passphrase,
    });
    writeReport(server.folder);
    await succeed(byPassword);
    writeReport(server.folder);
    await succeed(byKey);
    const wrongOnes = [
      { password: secrets.makePlain('wrong password of SFTP') },
      { privateKey: server.encryptedKey, passphrase: secrets.make('wrong passphrase') },
      { privateKey: plantSshKey('key of nobody', newEd25519Key().private) },
      { privateKey: secrets.make('no key at all') },
    ];
    await Promise.all(
      wrongOnes.map(async (own, n) => {
        const wrong = await integrate('csv-sftp', config, own, `wrong ${String(n)}`);
        await fail(wrong);
        expect((await check(wrong)).steps.at(-1)).toMatchObject({ ok: false });
      }),
    );

    const pgpPassphrase = secrets.make('PGP passphrase');
    const { privateKey: pgpPrivateKey, publicKey } = await newPgpKey(pgpPassphrase);
    const inbox = { content: 'full', path: 'uploads/hr_reports/people_report_YYYY-MM-DD.csv' };
    secrets.plant('PGP key', privatePartOf(pgpPrivateKey, publicKey));
    const sealed = { pgpPrivateKey, pgpPassphrase };
    const password = secrets.make('password of an inbox');
    const plain = await integrate('csv-inbox', inbox, { password });
    const pgp = await integrate('csv-inbox', { ...inbox, path: `${inbox.path}.pgp` }, { password, ...sealed });
    const sender = (of: string) => senderOf(of, password);
    await sendFile(await sender(plain), file, report);
    await succeed(plain);
    await sendFile(await sender(pgp), `${file}.pgp`, await encryptedFor(publicKey));
    await succeed(pgp);
    const stranger = { ...(await sender(plain)), password: secrets.make('wrong password of an inbox') };
    await expect(sendFile(stranger, file, report)).rejects.toThrow();

    const wrongPgp = { password, pgpPrivateKey, pgpPassphrase: secrets.make('wrong PGP passphrase') };
    const unread = await integrate('csv-inbox', { ...inbox, path: `${inbox.path}.pgp` }, wrongPgp);
    await sendFile(await sender(unread), `${file}.pgp`, await encryptedFor(publicKey));
    await fail(unread);
  });

  it('go with sources that say back whatever they are told', async () => {
    const http = (how: Echo): [string, object, object][] => {
      const at = `${echo.url}/${how}`;
      const reportUrl = `${at}/ccx/service/customreport2/acme/lmcneil/People`;
      return [
        [
          'acme-hr',
          { baseUrl: at, tokenUrl: `${at}/oauth/token`, clientId: 'muster' },
          { clientSecret: secrets.make(`Acme, ${how}`), signingKey: secrets.make(`Acme's key, ${how}`) },
        ],
        ['workday-raas', { reportUrl, username: 'ISU' }, { password: secrets.make(`Workday, ${how}`) }],
        [
          'workday-raas',
          { reportUrl, signIn: 'refreshToken', clientId: 'muster', tokenUrl: `${at}/token` },
          { clientSecret: secrets.make(`Workday's client, ${how}`), refreshToken: secrets.make(`refresh, ${how}`) },
        ],
        [
          'workday-soap',
          { serviceUrl: `${at}/ccx/service/acme/Human_Resources/v45.0`, username: 'ISU' },
          { password: secrets.make(`SOAP, ${how}`) },
        ],
        ['keycloak', { baseUrl: at, realm: 'acme', clientId: 'm' }, { clientSecret: secrets.make(`Keycloak, ${how}`) }],
      ];
    };
    const others: [string, object, object][] = [
      [
        'ldap',
        {
          url: `ldap://127.0.0.1:${String(echo.tcpPort)}`,
          startTls: false,
          bindDn: 'cn=x',
          baseDn: 'dc=x',
          requestTimeoutSeconds: 2,
        },
        { password: secrets.make('password of LDAP') },
      ],
      [
        'csv-sftp',
        { host: '127.0.0.1', port: echo.tcpPort, user: 'x', content: 'full', requestTimeoutSeconds: 2 },
        { password: secrets.make('password of no SFTP') },
      ],
    ];
    const all = [...ECHOES.flatMap((how) => http(how)), ...others];
    const made = await Promise.all(
      all.map(async ([id, config, own], n) => integrate(id, config, own, `echo ${String(n)}`)),
    );
    await Promise.all(
      made.map(async (integration, n) => {
        await fail(integration);
        // Those that are tried again for long are checked by one of them alone.
        if (n % 5 === 0 || n >= 5) expect((await check(integration)).steps.at(-1)).toMatchObject({ ok: false });
      }),
    );
  });

  it('go with connectors that crash with them in their mouths', async () => {
    const modes: [HostileMode, string][] = [
      ['throwsItsToken', 'unclassified'],
      ['throwsItsTokenLater', 'connectorCrashed'],
      ['aborts', 'connectorCrashed'],
    ];
    for (const [mode, code] of modes) {
      const id = await integrate('hostile', { mode }, { token: secrets.make(`token of one that ${mode}`) });
      expect((await fail(id)).failure).toMatchObject({ code });
      await check(id);
    }
    const talking = await integrate('hostile', { mode: 'writesItsToken' }, { token: secrets.make('written token') });
    expect(await sync(talking)).toMatchObject({ state: 'completed' });
  });

  it('go with API keys, SCIM tokens and webhooks, right ones and wrong ones', async () => {
    const given = async <Field extends string>(name: string, field: Field, url: string, body: object) => {
      const answer = await muster.api.must<Made & Record<Field, string>>('POST', url, body);
      return { id: answer.id, value: secrets.plant(name, answer[field], `POST ${url}`) };
    };
    const base = `/v1/tenants/${tenant}`;
    const key = await given('API key', 'apiKey', `${base}/api-keys`, { label: 'planted', role: 'viewer' });
    expect(await muster.api.as(key.value).call('GET', `${base}/users`)).toMatchObject({ status: 200 });
    expect(await muster.api.as(key.value).call('POST', `${base}/api-keys`, {})).toMatchObject({ status: 403 });
    await muster.api.must('DELETE', `${base}/api-keys/${key.id}`);
    expect(await muster.api.as(key.value).call('GET', '/v1/me')).toMatchObject({ status: 401 });
    expect(await muster.api.as(`mus_${secrets.makePlain('no API key')}`).call('GET', '/v1/me')).toMatchObject({
      status: 401,
    });
    const basic = Buffer.from(`muster:${secrets.make('API key by Basic')}`).toString('base64');
    await muster.api.as(null).call('GET', '/v1/me', undefined, { authorization: `Basic ${basic}` });

    const webhook = { url: `${echo.url}/error/hook`, integrationId: null };
    await given('webhook secret', 'secret', `${base}/webhooks`, webhook);

    const provider = await integrate('scim', { provider: 'okta' }, {});
    const url = `${base}/integrations/${provider}/scim-tokens`;
    const token = await given('SCIM token', 'token', url, { label: 'planted' });
    const push = async (bearer: string, body: unknown) =>
      muster.api.as(bearer).call('POST', `/scim/v2/${provider}/Users`, body);
    const ann = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: marked('ann@okta.example') };
    expect(await push(token.value, ann)).toMatchObject({ status: 201 });
    expect(await push(secrets.makePlain('no SCIM token'), ann)).toMatchObject({ status: 401 });
    await muster.api.as(token.value).call('GET', `/scim/v2/${provider}/Users?filter=${encodeURIComponent('x')}`);
    await muster.api.as(token.value).call('GET', '/v1/me');
  });

  it('go with settings that are refused', async () => {
    const base = `/v1/tenants/${tenant}/integrations`;
    const integration = await integrate(
      'acme-hr',
      { baseUrl: `${echo.url}/refusal`, clientId: 'x' },
      { clientSecret: secrets.make('before'), signingKey: secrets.make('key before') },
      'refused',
    );
    const url = `${base}/${integration}`;
    const misplaced: [string, (secret: string) => object][] = [
      ['too long', (secret) => ({ secrets: { clientSecret: secret.repeat(20) } })],
      ['a setting', (secret) => ({ config: { baseUrl: `${echo.url}/refusal`, clientId: 'x', clientSecret: secret } })],
      ['a list', (secret) => ({ secrets: { clientSecret: [secret] } })],
      ['an unknown secret', (secret) => ({ secrets: { password: secret } })],
      ['no object', (secret) => ({ secrets: secret })],
    ];
    for (const [how, body] of misplaced) {
      const { revision } = await muster.api.must<{ revision: number }>('GET', url);
      const headers = { 'if-match': `"${String(revision)}"` };
      await muster.api.call('PATCH', url, body(secrets.make(`misplaced: ${how}`)), headers);
      await fail(integration);
      await check(integration);
    }
    const unknown = { name: 'x', connectorId: 'acme-hr', config: {}, secrets: { clientSecret: secrets.make('half') } };
    expect((await muster.api.call('POST', base, unknown)).status).toBeGreaterThanOrEqual(400);
  });

  it('stand in no answer, log line, metric or message, and in no command line or environment', async () => {
    await expect
      .poll(() => muster.api.must('GET', `/v1/tenants/${tenant}/notices?state=waiting`))
      .toMatchObject({
        items: expect.arrayContaining([
          expect.objectContaining({ lastError: expect.any(String) as string }),
        ]) as unknown,
      });
    for (const integration of integrations) await readAll({ integration });
    for (const id of syncs) await readAll({ sync: id, otherSync: syncs[0] ?? id });
    await muster.metrics();
    expect(secrets.names.length).toBeGreaterThan(50);
    expect(watch.seen.lines).toBeGreaterThan(200);
    expect(children.size).toBeGreaterThan(20);
    expect(watch.told(secrets)).toEqual([]);
  });

  it('stand in nothing that is stored', async () => {
    expect(await stored(secrets)).toEqual([]);
  });

  it('are not inherited by what a Muster starts that has them in its own environment', async () => {
    const own = newTestEngine();
    const lines: string[] = [];
    const inherited = {
      MUSTER_ADMIN_KEY: `mus_${secrets.makePlain('operator key in the environment')}`,
      MUSTER_MASTER_KEY: secrets.plant('master key in the environment', randomBytes(32).toString('base64')),
      MUSTER_SMTP_URL: `smtp://muster:${secrets.makePlain('SMTP password in the environment')}@127.0.0.1:9`,
    };
    const program = await BuiltProgram.start('apps/standalone/src/main.js', {
      env: {
        ...own.env,
        ...inherited,
        MUSTER_PORT: '0',
        MUSTER_SMTP_FROM: 'muster@muster.example',
        MUSTER_LOG_LEVEL: 'debug',
        MUSTER_CONNECTORS: hostile,
      },
      listening: /(http:\/\/[0-9.:]+)/,
      onLine: (line) => void lines.push(line),
    });
    try {
      const api = new MusterApi(program.url, inherited.MUSTER_ADMIN_KEY);
      const { id: other } = await api.must<Made>('POST', '/v1/tenants', { name: 'Planted' });
      const { id: integration } = await api.must<Made>('POST', `/v1/tenants/${other}/integrations`, {
        name: 'waits',
        connectorId: 'hostile',
        config: { mode: 'waits' },
        secrets: { token: secrets.make('token of one that waits') },
      });
      await api.must('POST', `/v1/tenants/${other}/integrations/${integration}/syncs`, { mode: 'dry' });
      const below = () => descendants(program.pid, seenProcesses());
      await expect.poll(() => below().filter(isConnector).length).toBeGreaterThan(0);
      const found = below().flatMap(({ pid, commandLine, environment }) => [
        ...secrets.search(`the command line of ${String(pid)}`, commandLine),
        ...secrets.search(`the environment of ${String(pid)}`, environment),
      ]);
      expect(found).toEqual([]);
      expect(secrets.search('the log', lines.join('\n'))).toEqual([]);
    } finally {
      await program.stop();
    }
    await own.remove();
  });

  describe('by a search that finds', () => {
    it.each([
      ['clear', (secret: string) => secret],
      ['clear', (secret: string) => JSON.stringify({ a: secret })],
      ['clear', (secret: string) => `https://x.example/?a=${encodeURIComponent(secret)}`],
      ['clear', (secret: string) => new URLSearchParams({ a: secret }).toString()],
      ['base64', (secret: string) => Buffer.from(`muster:${secret}`).toString('base64')],
      ['base64url', (secret: string) => Buffer.from(`{"a":"ÿ?${secret}"}`).toString('base64url')],
      ['hex', (secret: string) => Buffer.from(secret).toString('hex')],
      ['hex', (secret: string) => Buffer.from(secret).toString('hex').toUpperCase()],
      ['clear', (secret: string) => zstdCompressSync(`[{"a":"${secret}"}]`)],
      [
        'clear',
        (secret: string) => Buffer.concat([Buffer.from('before'), zstdCompressSync(secret), Buffer.from('behind')]),
      ],
    ])('what is written in %s', (form, write) => {
      const own = new PlantedSecrets();
      const written = write(own.make('one'));
      expect(own.search('there', written).some((found) => found.startsWith(`one as ${form} in there`))).toBe(true);
      expect(new PlantedSecrets().search('there', written)).toEqual([]);
    });

    it('what a log line, a metric, an answer and a message hold', async () => {
      const own = new PlantedSecrets();
      const heard = new SecretWatch();
      const value = own.makePlain('one');
      heard.logger.error('Seen.', { of: value });
      heard.exposition(`seen{of="${value}"} 1`);
      heard.answer('GET /x', 200, new Headers(), `{"a":"${value}"}`);
      heard.answer('GET /y', 200, new Headers({ 'x-about': value }), '');
      heard.message('muster.x', { key: value, headers: {}, value: Buffer.from('{}') });
      heard.message('muster.y', { key: '', headers: { of: value }, value: Buffer.from('{}') });
      heard.message('muster.z', { key: '', headers: {}, value: zstdCompressSync(value) });
      const places = heard.told(own).map((found) => found.slice(found.indexOf(' in ')));
      expect([...new Set(places)]).toEqual([
        ' in a line of the log',
        ' in the metrics',
        ' in GET /x',
        ' in GET /y',
        ' in a message on muster.x',
        ' in a message on muster.y',
        ' in a message on muster.z',
        ' in a message on muster.z, unpacked',
      ]);
    });

    it('what a process has in its command line and in its environment', () => {
      const own = new PlantedSecrets();
      const [word, setting] = [own.make('word'), own.make('setting')];
      const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', word], { env: { A: setting } });
      const seen = seenProcesses().find(({ pid }) => pid === child.pid);
      child.kill();
      expect(own.search('its command line', seen?.commandLine ?? '')).toEqual(['word as clear in its command line']);
      expect(own.search('its environment', seen?.environment ?? '')).toEqual(['setting as clear in its environment']);
    });

    it('what is stored in clear on purpose: a setting, and a person of a snapshot', async () => {
      const own = new PlantedSecrets();
      const name = own.makePlain('name of an integration');
      await integrate('scim', { provider: 'okta' }, {}, name);
      own.plant('person', 'ann@okta.example'.replace('ann@okta', marked('annatokta')));
      expect((await stored(own)).some((found) => found.startsWith('name of an integration as clear'))).toBe(true);
    });
  });

  async function stored(of: PlantedSecrets): Promise<string[]> {
    const found = new Set<string>();
    for await (const { where, bytes } of storedBytes({ ...engine.env, ...settings })) {
      for (const hit of of.search(where, bytes)) found.add(hit);
    }
    return [...found];
  }

  /** Every answer that there is to be read about some integration or sync. */
  async function readAll(ids: Record<string, string>): Promise<void> {
    const given: Record<string, string> = {
      tenant,
      connector: 'acme-hr',
      version: '1',
      seq: '0',
      name: 'title',
      ...ids,
    };
    for (const { method, path: template, lastEventId } of muster.part(EndpointRegistry).list()) {
      const names = parameterNames(template);
      const isAsked = method === 'GET' && lastEventId === undefined && names.every((one) => given[one] !== undefined);
      if (!isAsked) continue;
      const url = names.reduce((text: string, one) => text.replace(`{${one}}`, given[one] ?? ''), template);
      await muster.api.call(method, url);
    }
  }

  /** Gives the key back. */
  function plantSshKey(name: string, privateKey: string, passphrase?: string): string {
    const key = ssh2.utils.parseKey(privateKey, passphrase);
    if (key instanceof Error) throw key;
    secrets.plant(name, privatePartOf(privateKey, key.getPublicSSH().toString('base64')));
    return privateKey;
  }

  async function senderOf(integration: string, password: string) {
    const url = `/v1/tenants/${tenant}/integrations/${integration}/setup`;
    const { steps } = await muster.api.must<{ steps: { values: { label: string; value: string }[] }[] }>('GET', url);
    const values = steps.flatMap((step) => step.values);
    const user = values.find(({ label }) => label === 'User')?.value ?? '';
    // The host's key, not that of a key pair.
    const fingerprint = values.find(({ value }) => value.startsWith('SHA256:'))?.value ?? '';
    return { port: sftpPort, user, password, fingerprint };
  }
});

function writeReport(folder: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), report);
}

function isConnector({ commandLine }: { commandLine: Buffer }): boolean {
  return commandLine.includes('--permission');
}

async function newPgpKey(passphrase: string): Promise<{ privateKey: string; publicKey: string }> {
  const userIDs = [{ name: 'muster' }];
  const made: unknown = await openpgp.generateKey({ userIDs, type: 'curve25519', format: 'armored', passphrase });
  return made as { privateKey: string; publicKey: string };
}

/** A private key holds its public key, which is no secret. */
function privatePartOf(privateKey: string, publicKey: string): string {
  const runs = privateKey.match(/[\w-]+/g) ?? [];
  return runs.filter((run) => !publicKey.includes(run)).join('\n');
}

async function encryptedFor(publicKey: string): Promise<string> {
  const message = await openpgp.createMessage({ text: report });
  const made: unknown = await openpgp.encrypt({
    message,
    encryptionKeys: await openpgp.readKey({ armoredKey: publicKey }),
  });
  return made as string;
}
