import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type Client, type SFTPWrapper } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SftpSettings } from '#config';
import { passwordHash } from '#connector-sdk';
import { SilentLogger } from '#telemetry';
import { CollectingLogger } from './collecting-logger.spec.js';
import { type AccountId, accountName } from './account-name.js';
import { openHostKey } from './host-key.js';
import { InboxDirectory } from './inbox-directory.js';
import { SftpInboxServer, type SftpInboxServerParts } from './sftp-inbox-server.js';
import { sweepInboxes } from './sweep-inboxes.js';
import { password, reportFolder, TestAccounts } from './test-accounts.spec.js';

const file = `${reportFolder}/people_report_2026-01-31.csv`;

describe('the SFTP inbox', () => {
  let directory: string;
  let settings: SftpSettings;
  let accounts: TestAccounts;
  let server: SftpInboxServer | undefined;
  let id: AccountId;
  const clients: Client[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'muster-inbox-'));
    const quota = { maxFileBytes: 1000, quotaBytes: 1500, keepFreeBytes: 0 };
    const address = { port: 0, host: '127.0.0.1', publicHost: '127.0.0.1', publicPort: 0 };
    settings = { ...address, directory, hostKeyFile: null, ...quota };
    accounts = new TestAccounts();
    id = accounts.add();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await server?.stop();
    server = undefined;
    rmSync(directory, { recursive: true });
  });

  async function start(parts: Partial<SftpInboxServerParts> = {}): Promise<void> {
    const hostKey = await openHostKey(settings);
    server = await SftpInboxServer.start({ settings, hostKey, accounts, logger: new SilentLogger(), ...parts });
  }

  async function client(): Promise<Client> {
    const made = new ssh2.Client();
    clients.push(made);
    made.on('error', () => undefined);
    made.connect({ host: '127.0.0.1', port: server?.port ?? 0, username: accountName(id), password });
    await once(made, 'ready');
    return made;
  }

  async function open(on: Client): Promise<SFTPWrapper> {
    return new Promise((resolve, reject) => on.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))));
  }

  /** Status code of a request that failed; 0 when it did not. */
  async function status(ask: (done: (error?: Error | null) => void) => void): Promise<unknown> {
    return new Promise((resolve) => ask((error) => resolve(error ? (error as { code?: unknown }).code : 0)));
  }

  async function handle(sftp: SFTPWrapper, path = file): Promise<Buffer> {
    return new Promise((resolve, reject) =>
      sftp.open(path, 'w', (error, opened) => (error ? reject(error) : resolve(opened))),
    );
  }

  const write = async (sftp: SFTPWrapper, to: Buffer, at: number, bytes: string) =>
    status((done) => sftp.write(to, Buffer.from(bytes), 0, bytes.length, at, done));
  const close = async (sftp: SFTPWrapper, to: Buffer) => status((done) => sftp.close(to, done));
  const shown = (): string[] => readdirSync(join(new InboxDirectory(directory).filesOf(id), reportFolder));

  it('shows a file whose pieces came in another order, and none with a piece missing', async () => {
    await start();
    const sftp = await open(await client());
    const whole = await handle(sftp);
    expect(await write(sftp, whole, 3, 'def')).toBe(0);
    expect(await write(sftp, whole, 0, 'abc')).toBe(0);
    expect(shown()).toEqual([]);
    expect(await close(sftp, whole)).toBe(0);
    expect(readFileSync(join(new InboxDirectory(directory).filesOf(id), file), 'utf8')).toBe('abcdef');
    const holed = await handle(sftp, `${reportFolder}/holed.csv`);
    await write(sftp, holed, 10, 'x');
    expect(await close(sftp, holed)).toBe(4);
    expect(shown()).toHaveLength(1);
  });

  it('keeps nothing of what is asked for at once beyond what may be open', async () => {
    await start();
    const on = await client();
    const sftp = await open(on);
    const asked = Array.from({ length: 100 }, async (_, n) => handle(sftp, `${reportFolder}/${n}.csv`));
    const opened = (await Promise.allSettled(asked)).filter(({ status: how }) => how === 'fulfilled');
    expect(opened).toHaveLength(64);
    const drafts = (): string[] => readdirSync(new InboxDirectory(directory).incomingOf(id));
    expect(drafts()).toHaveLength(64);
    on.end();
    await expect.poll(drafts).toEqual([]);
  });

  it.each(['has another password', 'is gone'])(
    'ends a connection that asks for more when its account %s',
    async (how) => {
      await start();
      const on = await client();
      const sftp = await open(on);
      expect(await close(sftp, await handle(sftp))).toBe(0);
      const known = accounts.known.get(accountName(id))!;
      if (how === 'is gone') accounts.known.delete(accountName(id));
      else
        accounts.known.set(accountName(id), {
          ...known,
          passwordHash: passwordHash('').parse('another horse battery'),
        });
      const closed = once(on, 'close');
      expect(await status((done) => sftp.open(`${reportFolder}/b.csv`, 'w', done))).not.toBe(0);
      await closed;
      expect(shown()).toHaveLength(1);
    },
  );

  it('lists one folder after the other, however often, and few at once', async () => {
    await start();
    const sftp = await open(await client());
    const folder = async (): Promise<Buffer> =>
      new Promise((resolve, reject) =>
        sftp.opendir(reportFolder, (error, opened) => (error ? reject(error) : resolve(opened))),
      );
    for (let round = 0; round < 3; round += 1) {
      const asked = await Promise.allSettled(Array.from({ length: 10 }, folder));
      const opened = asked.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(opened).toHaveLength(4);
      for (const one of opened) expect(await close(sftp, one)).toBe(0);
    }
    expect(await status((done) => sftp.opendir('nowhere', done))).toBe(2);
    const names = Array.from({ length: 250 }, (_, n) => `${n}.csv`);
    for (const name of names) writeFileSync(join(new InboxDirectory(directory).filesOf(id), reportFolder, name), '1');
    const listed = await new Promise<string[]>((resolve, reject) =>
      sftp.readdir(reportFolder, (error, list) =>
        error ? reject(error) : resolve(list.map(({ filename }) => filename)),
      ),
    );
    expect(listed.sort()).toEqual(names.sort());
  });

  it('shows nothing of a file that is too large, or for which there is no room, wherever it was written', async () => {
    await start();
    const sftp = await open(await client());
    const large = await handle(sftp);
    expect(await write(sftp, large, 0, 'x'.repeat(900))).toBe(0);
    expect(await write(sftp, large, 2 ** 40, 'x')).toBe(4);
    expect(await write(sftp, large, 0, 'y')).toBe(4);
    expect(await close(sftp, large)).toBe(4);
    const first = await handle(sftp, `${reportFolder}/1.csv`);
    const second = await handle(sftp, `${reportFolder}/2.csv`);
    expect(await write(sftp, first, 0, 'x'.repeat(900))).toBe(0);
    expect(await write(sftp, second, 0, 'x'.repeat(900))).toBe(4);
    expect(await close(sftp, second)).toBe(4);
    expect(await close(sftp, first)).toBe(0);
    expect(shown()).toEqual(['1.csv']);
    const third = await handle(sftp, `${reportFolder}/3.csv`);
    expect(await write(sftp, third, 0, 'x'.repeat(601))).toBe(4);
    await close(sftp, third);
    expect(readdirSync(new InboxDirectory(directory).incomingOf(id))).toEqual([]);
  });

  it('says in words why there is no room, which version 3 of the protocol has no status for', async () => {
    await start();
    const sftp = await open(await client());
    const told = async (path: string, bytes: number): Promise<unknown> => {
      const to = await handle(sftp, path);
      const why = await new Promise((resolve) =>
        sftp.write(to, Buffer.alloc(bytes), 0, bytes, 0, (error) => resolve(error?.message ?? null)),
      );
      await close(sftp, to);
      return why;
    };
    expect(await told(`${reportFolder}/1.csv`, 1001)).toMatch(/larger than is taken/);
    expect(await told(`${reportFolder}/1.csv`, 1000)).toBeNull();
    expect(await told(`${reportFolder}/2.csv`, 1000)).toMatch(/no room for more files in this account/);
    expect(shown()).toEqual(['1.csv']);
  });

  it('takes nothing while less is free than must stay free, says so once, and takes files when there is room', async () => {
    const logger = new CollectingLogger();
    settings = { ...settings, keepFreeBytes: Number.MAX_SAFE_INTEGER };
    await start({ logger });
    const sftp = await open(await client());
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(handle(sftp)).rejects.toMatchObject({
        code: 4,
        message: expect.stringMatching(/no room on the disk/),
      });
    }
    expect(logger.lines).toEqual([expect.stringMatching(/^error: The disk has no room for files of senders/)]);
    await server?.stop();
    settings = { ...settings, keepFreeBytes: 0 };
    await start();
    const again = await open(await client());
    const taken = await handle(again);
    expect(await write(again, taken, 0, 'abc')).toBe(0);
    expect(await close(again, taken)).toBe(0);
    expect(shown()).toHaveLength(1);
  });

  it('ends who does not log in, and who then does nothing', async () => {
    await start({ patience: { loginMs: 300, idleMs: 60_000 } });
    const silent = connect(server?.port ?? 0, '127.0.0.1').resume();
    await once(silent, 'close');
    await server?.stop();
    await start({ patience: { loginMs: 60_000, idleMs: 1_500 } });
    await once(await client(), 'close');
  });

  it('opens eight sessions of an account, and no more', async () => {
    await start();
    const one = await client();
    for (let count = 0; count < 8; count += 1) await open(one);
    await expect(open(await client())).rejects.toThrow();
    one.end();
    await once(one, 'close');
    await expect
      .poll(async () =>
        open(await client()).then(
          () => true,
          () => false,
        ),
      )
      .toBe(true);
  });

  it('makes one host key, for its owner alone, and keeps it', async () => {
    const [first, second] = await Promise.all([openHostKey(settings), openHostKey(settings)]);
    expect(second).toEqual(first);
    expect(await openHostKey(settings)).toEqual(first);
    expect(first.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(statSync(join(directory, 'host_key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(directory).filter((name) => name.startsWith('host_key'))).toEqual(['host_key']);
    const given = join(directory, 'given');
    writeFileSync(given, 'no key');
    await expect(openHostKey({ ...settings, hostKeyFile: given })).rejects.toMatchObject({
      message: expect.stringContaining('MUSTER_SFTP_HOST_KEY_FILE holds no private key') as string,
    });
  });

  it('says what is wrong when its port is taken', async () => {
    await start();
    const taken = { ...settings, port: server?.port ?? 0 };
    const hostKey = await openHostKey(settings);
    const again = SftpInboxServer.start({ settings: taken, hostKey, accounts, logger: new SilentLogger() });
    await expect(again).rejects.toMatchObject({ code: 'configurationInvalid' });
  });

  it('is swept of what was archived long ago and of what uploads have left, and of nothing else', async () => {
    const inboxes = new InboxDirectory(directory);
    const place = (path: string): string => join(inboxes.filesOf(id), reportFolder, path);
    const draft = (name: string): string => join(inboxes.incomingOf(id), name);
    mkdirSync(place('archive'), { recursive: true });
    mkdirSync(inboxes.incomingOf(id), { recursive: true });
    for (const path of [place('new.csv'), place('archive/old.csv'), draft('left'), draft('going on')])
      writeFileSync(path, '');
    utimesSync(draft('left'), 1, 1);
    const archivesOf = async (): Promise<string[]> => [`${reportFolder}/archive`];
    const sweep = async (nowMs: number) => sweepInboxes(inboxes, { archiveDays: 14, nowMs, archivesOf });
    expect(await sweep(Date.now())).toBe(1);
    expect(readdirSync(inboxes.incomingOf(id))).toEqual(['going on']);
    expect(existsSync(place('archive/old.csv'))).toBe(true);
    await sweep(Date.now() + 15 * 86_400_000);
    expect(existsSync(place('archive/old.csv'))).toBe(false);
    expect(existsSync(place('new.csv'))).toBe(true);
  });
});
