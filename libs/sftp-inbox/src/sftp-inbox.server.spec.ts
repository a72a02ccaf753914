import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { newEd25519Key } from '#connector-sdk';
import { newId } from '#core';
import { type AccountId, accountName } from './account-name.js';
import { CollectingLogger } from './collecting-logger.spec.js';
import { FolderInbox } from './folder-inbox.js';
import { openHostKey } from './host-key.js';
import { InboxDirectory } from './inbox-directory.js';
import { OpenSshSender, type Sender } from './open-ssh-sender.spec.js';
import { SftpInboxServer } from './sftp-inbox-server.js';
import { password, reportFolder as folder, TestAccounts } from './test-accounts.spec.js';

const mib = 1024 * 1024;
const name = 'people_report_2026-01-31.csv';
const keys = (['ed25519', 'rsa'] as const).map((type) =>
  type === 'rsa' ? ssh2.utils.generateKeyPairSync('rsa', { bits: 2048 }) : newEd25519Key(),
);

describe('the SFTP inbox, sent to by OpenSSH', () => {
  const directory = mkdtempSync(join(tmpdir(), 'muster-inbox-'));
  const inboxes = new InboxDirectory(directory);
  const accounts = new TestAccounts(keys.map((pair) => pair.public));
  const sender = new OpenSshSender();
  const logger = new CollectingLogger();
  let server: SftpInboxServer;
  let hostKey: string;
  let id: AccountId;

  beforeAll(async () => {
    const settings = {
      port: 0,
      host: '127.0.0.1',
      publicHost: '127.0.0.1',
      publicPort: 0,
      directory,
      hostKeyFile: null,
      maxFileBytes: 300 * mib,
      quotaBytes: 320 * mib,
      keepFreeBytes: 0,
    };
    const made = await openHostKey(settings);
    const key = ssh2.utils.parseKey(made.privateKey);
    if (key instanceof Error) throw key;
    hostKey = `${key.type} ${key.getPublicSSH().toString('base64')}`;
    server = await SftpInboxServer.start({ settings, hostKey: made, accounts, logger });
  });
  afterAll(async () => {
    await server.stop();
    sender.remove();
    rmSync(directory, { recursive: true });
  });
  afterEach(() => {
    accounts.noted.length = 0;
  });

  function login(changes: Partial<Sender> = {}): Sender {
    id = accounts.add();
    return { port: server.port, user: accountName(id), password, hostKey, ...changes };
  }

  const place = (path = ''): string => join(inboxes.filesOf(id), folder, path);
  const incoming = (): string[] => (existsSync(inboxes.incomingOf(id)) ? readdirSync(inboxes.incomingOf(id)) : []);

  it.each([
    ['a password', { password }],
    ['an Ed25519 key', { key: keys[0]!.private }],
    ['an RSA key', { key: keys[1]!.private }],
  ])('takes a file with %s, in a folder that is there, and tells of it', async (_, how) => {
    sender.write('a.csv', 'Employee ID\n1\n');
    const { code, said } = await sender.run(login(how), [`cd ${folder}`, `put a.csv ${name}`, 'ls -l']);
    expect(said).toMatch(/-rw-------.* 14 .*people_report_2026-01-31\.csv/);
    expect(code).toBe(0);
    expect(readFileSync(place(name), 'utf8')).toBe('Employee ID\n1\n');
    expect(statSync(place(name)).mode & 0o777).toBe(0o600);
    expect(incoming()).toEqual([]);
    const method = 'key' in how ? 'publickey' : 'password';
    expect(accounts.noted).toEqual([`login: ${method} from 127.0.0.1`, `upload: ${folder}/${name}, 14 bytes`]);
  });

  it('keeps nothing of a file for which the disk has no room, says so once, and takes it when there is some', async () => {
    const most = (bytes: string): void => {
      const set = spawnSync('prlimit', ['--pid', String(process.pid), `--fsize=${bytes}:unlimited`]);
      if (set.status !== 0)
        throw new Error('prlimit is needed here: apt-get install util-linux.', { cause: set.error });
    };
    // Of a length that many requests of the client are under way when it happens.
    sender.write('a.csv', 'x'.repeat(5 * mib));
    const who = login();
    const put = [`put a.csv ${folder}/${name}`];
    logger.lines.length = 0;
    most(String(mib));
    try {
      for (let tries = 0; tries < 2; tries += 1) {
        const { code, said } = await sender.run(who, put);
        expect(said).toMatch(/Failure/);
        expect(code).not.toBe(0);
        expect(readdirSync(place())).toEqual([]);
        expect(incoming()).toEqual([]);
      }
    } finally {
      most('unlimited');
    }
    expect(await sender.run(who, put)).toMatchObject({ code: 0 });
    expect(statSync(place(name)).size).toBe(5 * mib);
    expect(logger.lines).toEqual([
      expect.stringMatching(/^error: The disk has no room for files of senders/),
      expect.stringMatching(/^info: There is room for files of senders again/),
    ]);
  });

  it('takes a file that is renamed into place, and one that is sent again as a correction', async () => {
    sender.write('a.csv', 'old');
    sender.write('b.csv', 'corrected');
    const who = login();
    const final = `${folder}/${name}`;
    const first = await sender.run(who, [`put -p a.csv ${final}.part`, `rename ${final}.part ${final}`]);
    expect(first, first.said).toMatchObject({ code: 0 });
    expect(accounts.noted).toContain('upload: a file whose name the settings do not expect, 3 bytes');
    expect(await sender.run(who, [`put b.csv ${final}`])).toMatchObject({ code: 0 });
    expect(readdirSync(place())).toEqual([name]);
    expect(readFileSync(place(name), 'utf8')).toBe('corrected');
    sender.write('c.csv', 'corrected again');
    const again = await sender.run(who, [`put c.csv ${final}.part`, `rename ${final}.part ${final}`]);
    expect(again, again.said).toMatchObject({ code: 0 });
    expect(readdirSync(place())).toEqual([name]);
    expect(readFileSync(place(name), 'utf8')).toBe('corrected again');
  });

  it.each([
    ['another password', { password: 'correct horse bat' }],
    ['another key', { key: newEd25519Key().private }],
    ['a signature by SHA-1', { key: keys[1]!.private, options: ['PubkeyAcceptedAlgorithms=ssh-rsa'] }],
  ])('lets nobody in with %s', async (_, how) => {
    expect(await sender.run(login(how), ['ls'])).toMatchObject({ code: 255 });
    expect(existsSync(inboxes.filesOf(id))).toBe(false);
    expect(accounts.noted).toEqual('password' in how ? ['loginFailed: password from 127.0.0.1'] : []);
  });

  it('lets nobody in who does not exist', async () => {
    for (const user of [
      'root',
      accountName({ tenantId: newId('tenant'), integrationId: newId('integration') }),
      '..',
    ]) {
      expect(await sender.run(login({ user }), ['ls'])).toMatchObject({ code: 255 });
    }
  });

  it('is left by a client that knows another host key', async () => {
    const other = newEd25519Key().public;
    const { code, said } = await sender.run(login({ hostKey: other }), ['ls']);
    expect(said).toContain('Host key verification failed');
    expect(code).toBe(255);
    expect(accounts.noted).toEqual([]);
  });

  const refusedEscapes = ['../x.csv', '/../x.csv', `${folder}/../../../x.csv`, 'x.csv', 'uploads/x.csv', '/etc/x.csv'];

  it('refuses every file outside the folder of the settings', async () => {
    sender.write('a.csv', 'x');
    const who = login();
    const others = [`${folder}/archive/x.csv`, `${folder}/a\\\\..\\\\b.csv`, `${folder}/${'x'.repeat(256)}`];
    const { said } = await sender.run(
      who,
      [...refusedEscapes, ...others].map((path) => `-put a.csv "${path}"`),
    );
    expect(said.match(/Permission denied/g)).toHaveLength(refusedEscapes.length + others.length);
    expect(readdirSync(inboxes.filesOf(id), { recursive: true }).sort()).toEqual(['uploads', folder]);
    expect(existsSync(join(directory, 'x.csv'))).toBe(false);
  });

  it('follows no link, wherever it leads', async () => {
    sender.write('a.csv', 'x');
    const who = login();
    await sender.run(who, ['ls']);
    const outside = mkdtempSync(join(tmpdir(), 'muster-outside-'));
    symlinkSync(outside, place('out'));
    rmSync(join(inboxes.filesOf(id), folder), { recursive: true });
    symlinkSync(outside, join(inboxes.filesOf(id), folder));
    const { said } = await sender.run(who, [`-put a.csv ${folder}/a.csv`, `-ls ${folder}/`]);
    expect(said).toMatch(/Permission denied|Couldn't|Failure/);
    expect(readdirSync(outside)).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('gives nothing back, deletes nothing, and makes no links and no folders of its own', async () => {
    sender.write('a.csv', 'secret');
    const who = login();
    const file = `${folder}/${name}`;
    const { said } = await sender.run(who, [
      `put a.csv ${file}`,
      `-get ${file} back.csv`,
      `-rm ${file}`,
      `-ln -s /etc/passwd ${folder}/b.csv`,
      `-ln ${file} ${folder}/c.csv`,
      `-mkdir ${folder}/d`,
      `-rmdir ${folder}`,
      `-chmod 777 ${file}`,
      `-df`,
    ]);
    expect(said.match(/Permission denied|denied/g)?.length).toBeGreaterThanOrEqual(5);
    const back = join(sender.folder, 'back.csv');
    expect(existsSync(back) ? readFileSync(back, 'utf8') : '').toBe('');
    expect(readdirSync(place())).toEqual([name]);
    expect(readFileSync(place(name), 'utf8')).toBe('secret');
    expect(statSync(place(name)).mode & 0o777).toBe(0o600);
  });

  it('renames only what the same session has sent, and over no folder', async () => {
    sender.write('a.csv', '1');
    const who = login();
    await sender.run(who, [`put a.csv ${folder}/1.csv`, `put a.csv ${folder}/2.csv`]);
    const later = await sender.run(who, [`-rename ${folder}/1.csv ${folder}/3.csv`]);
    expect(later.said).toContain('Permission denied');
    mkdirSync(place('archive'));
    const over = await sender.run(who, [
      `put a.csv ${folder}/4.csv`,
      `-rename ${folder}/4.csv ${folder}/archive`,
      `-rename ${folder}/4.csv archive.csv`,
      `-rename ${folder}/4.csv ../4.csv`,
    ]);
    expect(over.said).toMatch(/Failure[^]*Permission denied[^]*Permission denied/);
    expect(readdirSync(place()).sort()).toEqual(['1.csv', '2.csv', '4.csv', 'archive']);
    expect(readdirSync(place('archive'))).toEqual([]);
  });

  it('offers neither a shell nor a command nor a way through', async () => {
    const { user, hostKey: known, port } = login();
    expect(known).toMatch(/^ssh-ed25519 /);
    const client = new ssh2.Client();
    client.connect({ host: '127.0.0.1', port, username: user, password });
    await once(client, 'ready');
    const refused = async (ask: (done: (error: Error | undefined) => void) => void): Promise<boolean> =>
      new Promise((resolve) => ask((error) => resolve(error !== undefined)));
    expect(await refused((done) => client.exec('id', done))).toBe(true);
    expect(await refused((done) => client.shell(done))).toBe(true);
    expect(await refused((done) => client.subsys('netconf', done))).toBe(true);
    expect(await refused((done) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', port, done))).toBe(true);
    expect(await refused((done) => client.forwardIn('127.0.0.1', 0, done))).toBe(true);
    client.end();
  });

  it('shows nothing of a file whose sender is cut off', async () => {
    await bigFile(64);
    const { ended, kill } = sender.start(login({ options: ['Compression=no'] }), [`put big.csv ${folder}/${name}`]);
    await expect
      .poll(() => incoming().map((draft) => sizeOf(join(inboxes.incomingOf(id), draft)) > mib))
      .toEqual([true]);
    expect(readdirSync(place())).toEqual([]);
    kill();
    await ended;
    await expect.poll(incoming).toEqual([]);
    expect(readdirSync(place())).toEqual([]);
    expect(accounts.noted).toEqual(['login: password from 127.0.0.1']);
  });

  it.each(['aes256-gcm@openssh.com', 'chacha20-poly1305@openssh.com', 'aes256-ctr'])(
    'takes two files at once by %s',
    async (cipher) => {
      await bigFile(16);
      const who = login({ options: [`Ciphers=${cipher}`] });
      const sent = await Promise.all(
        ['1.csv', '2.csv'].map((one) => sender.run(who, [`put big.csv ${folder}/${one}`])),
      );
      expect(sent.map(({ code }) => code)).toEqual([0, 0]);
      const digests = [join(sender.folder, 'big.csv'), place('1.csv'), place('2.csv')].map(digestOf);
      expect(new Set(digests).size).toBe(1);
    },
  );

  it('takes 256 MiB in flat memory, and a second time the quota is full', async () => {
    await bigFile(256);
    const who = login();
    const before = process.memoryUsage().rss;
    let highest = 0;
    const watch = setInterval(() => (highest = Math.max(highest, process.memoryUsage().rss)), 50);
    expect(await sender.run(who, [`put big.csv ${folder}/1.csv`])).toMatchObject({ code: 0 });
    clearInterval(watch);
    expect((highest - before) / mib).toBeLessThan(150);
    const full = await sender.run(who, [`put big.csv ${folder}/2.csv`]);
    expect(full.code).not.toBe(0);
    expect(full.said).toContain('Failure');
    expect(readdirSync(place())).toEqual(['1.csv']);
    expect(incoming()).toEqual([]);
  });

  it('lends whole files to the connector, which stays in their folder', async () => {
    sender.write('a.csv', 'Employee ID\n1\n');
    await sender.run(login(), [`put a.csv ${folder}/${name}`]);
    const inbox = new FolderInbox(inboxes.filesOf(id));
    const [seen] = await inbox.list(folder);
    expect(seen).toMatchObject({ name, kind: 'file', size: 14 });
    const chunks: Uint8Array[] = [];
    for await (const chunk of inbox.read(`${folder}/${name}`, seen!)) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('Employee ID\n1\n');
    mkdirSync(place('archive'));
    await inbox.move(`${folder}/${name}`, `${folder}/archive/${name}`);
    expect(readdirSync(place('archive'))).toEqual([name]);
    for (const path of ['../x', '/etc/passwd', 'a/../../b']) {
      await expect(inbox.look(path)).rejects.toMatchObject({ code: 'pathRefused' });
    }
    const gone = inbox.read(`${folder}/${name}`, seen!);
    await expect(gone.next()).rejects.toMatchObject({ code: 'fileChanged' });
  });

  async function bigFile(size: number): Promise<void> {
    const path = join(sender.folder, 'big.csv');
    if (sizeOf(path) === size * mib) return;
    const file = createWriteStream(path);
    for (let at = 0; at < size; at += 1) {
      const chunk = Buffer.alloc(mib, createHash('sha512').update(String(at)).digest('base64'));
      if (!file.write(chunk)) await once(file, 'drain');
    }
    file.end();
    await finished(file);
  }
});

function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}

function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
