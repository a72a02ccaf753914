import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GnuPg, SftpServer } from '#testing';
import { csvSftp } from './csv-sftp.connector.js';
import { pgpKeyPairs } from './pgp-key-pairs.js';
import type { ReportSecrets } from './report.settings.js';
import { folder, nameOf, put, report, RunningFetch, type FetchResult } from './running-fetch.spec.js';

const mib = 1024 * 1024;
const muster = 'muster@people.example';
const sender = 'hr@acme.example';
const stranger = 'stranger@acme.example';
const people = Array.from({ length: 20_000 }, (_, index) => index + 1);

describe('csv-sftp reading files that GnuPG has encrypted', () => {
  let gpg: GnuPg;
  let server: SftpServer;
  let source: RunningFetch;
  let pgpPrivateKey: string;
  beforeAll(async () => {
    gpg = new GnuPg();
    gpg.newKey(muster);
    for (const name of [sender, stranger]) gpg.newKey(name);
    pgpPrivateKey = gpg.privateKey(muster);
    server = await SftpServer.start();
    source = new RunningFetch(server);
  });
  afterAll(async () => {
    await server.stop();
    gpg.remove();
  });

  /** Fetches a file of that content, the only one there is. */
  async function fetch(
    content: string | Uint8Array,
    { config = {}, secrets = {}, suffix = '.pgp' }: { config?: object; secrets?: object; suffix?: string } = {},
  ): Promise<FetchResult> {
    rmSync(join(server.folder, folder), { recursive: true, force: true });
    const name = `${nameOf(1)}${suffix}`;
    put(server, name, content);
    return source.fetch({
      config: { path: `${folder}/people_report_YYYY-MM-DD.csv${suffix}`, ...config },
      secrets: { password: server.password, pgpPrivateKey, ...secrets },
    });
  }

  function flipped(content: Buffer, at: number): Buffer {
    const changed = Buffer.from(content);
    changed[at] = (changed[at] ?? 0) ^ 1;
    return changed;
  }

  it.each([
    ['binary', []],
    ['armored', ['--armor']],
    ['without compression', ['--compress-algo', 'none']],
    ['with bzip2', ['--compress-algo', 'bzip2']],
    ['with a signature that nobody asked for', ['--sign', '--local-user', sender]],
  ])('reads one, %s', async (_, options) => {
    const { ids, end, error } = await fetch(gpg.encrypt(report(people), muster, options));
    expect(error).toBeUndefined();
    expect(ids).toHaveLength(people.length);
    expect(end).toMatchObject({ lastPageSeen: true });
  });

  it('reads one that was packed before, by a key with a passphrase, of RSA', async () => {
    const name = 'rsa@people.example';
    gpg.newKey(name, { passphrase: 'open sesame', algorithm: 'rsa2048', usage: 'sign,cert,encr' });
    const content = gpg.encrypt(gzipSync(report([1, 2])), name);
    const secrets = { pgpPrivateKey: gpg.privateKey(name, 'open sesame'), pgpPassphrase: 'open sesame' };
    expect((await fetch(content, { secrets, suffix: '.gz.gpg' })).ids).toEqual(['1', '2']);
    const wrong = { ...secrets, pgpPassphrase: 'open barley' };
    expect((await fetch(content, { secrets: wrong, suffix: '.gz.gpg' })).error).toMatchObject({
      code: 'pgpKeyUnreadable',
    });
  });

  it('reads what is encrypted for a pair that Muster made, and for the one before as long as that is there', async () => {
    const first = (await pgpKeyPairs.make<ReportSecrets>({})) ?? {};
    const second = (await pgpKeyPairs.make(first)) ?? {};
    expect(await pgpKeyPairs.make(second)).toBeNull();
    const [current, previous] = await pgpKeyPairs.list(second);
    expect([current?.use, previous?.use]).toEqual(['current', 'previous']);
    for (const { publicKey } of await pgpKeyPairs.list(second)) gpg.importKey(publicKey);
    const [forNew, forOld] = [current, previous].map((key) => gpg.encrypt(report(people), key?.fingerprint ?? ''));
    expect((await fetch(forNew ?? '', { secrets: { ...second } })).ids).toHaveLength(people.length);
    expect((await fetch(forOld ?? '', { secrets: { ...second } })).ids).toHaveLength(people.length);
    const dropped = pgpKeyPairs.drop('pgpPreviousPrivateKey', second) ?? second;
    expect((await fetch(forNew ?? '', { secrets: { ...dropped } })).ids).toHaveLength(people.length);
    expect((await fetch(forOld ?? '', { secrets: { ...dropped } })).error).toMatchObject({ code: 'notDecrypted' });
  });

  it('takes only what the sender has signed, where its key is set', async () => {
    const config = { pgpSenderKey: gpg.publicKey(sender) };
    const signed = (by: string) => gpg.encrypt(report(people), muster, ['--sign', '--local-user', by]);
    const good = await fetch(signed(sender), { config });
    expect(good.error).toBeUndefined();
    expect(good.ids).toHaveLength(people.length);
    for (const content of [signed(stranger), gpg.encrypt(report(people), muster)]) {
      const { error, end } = await fetch(content, { config });
      expect(error).toMatchObject({ name: 'SourceFatalError', code: 'notSigned' });
      expect(end).toBeUndefined();
    }
    const both = gpg.encrypt(report([1]), muster, ['--sign', '--local-user', stranger, '--local-user', sender]);
    expect((await fetch(both, { config })).ids).toEqual(['1']);
  });

  it.each([
    ['at its beginning', 0.1],
    ['in the middle', 0.5],
    ['near its end', 0.99],
    ['in its very last byte', 1],
  ])('takes nothing of one that was changed %s', async (_, where) => {
    for (const options of [[], ['--compress-algo', 'none'], ['--rfc4880', '--compress-algo', 'none']]) {
      const content = gpg.encrypt(report(people), muster, options);
      const { error, end } = await fetch(flipped(content, Math.floor((content.length - 1) * where)));
      expect(error).toMatchObject({ name: 'SourceFatalError', code: where < 0.5 ? expect.any(String) : 'pgpDamaged' });
      expect(end).toBeUndefined();
    }
  });

  it('takes nothing of one that breaks off, not even as truncated', async () => {
    for (const options of [[], ['--compress-algo', 'none']]) {
      const content = gpg.encrypt(report(people), muster, options);
      const { error, end } = await fetch(content.subarray(0, content.length - 40));
      expect(error).toMatchObject({ name: 'SourceFatalError' });
      expect(end).toBeUndefined();
    }
  });

  it('takes none that is not encrypted, or for somebody else', async () => {
    expect((await fetch(report([1]))).error).toMatchObject({ code: 'notEncrypted' });
    expect((await fetch(gpg.sign(report([1]), sender))).error).toMatchObject({ code: 'notEncrypted' });
    expect((await fetch(gpg.encrypt(report([1]), stranger))).error).toMatchObject({ code: 'notDecrypted' });
  });

  it('does not unpack what is made to fill the memory', async () => {
    const blankRows = Buffer.concat([Buffer.from(report([1])), Buffer.alloc(150 * mib, '\n')]);
    const bomb = gpg.encrypt(blankRows, muster, ['--compress-algo', 'zlib', '-z', '9']);
    expect(bomb.length).toBeLessThan(mib);
    const before = process.memoryUsage().rss;
    const { error } = await fetch(bomb);
    expect(error).toMatchObject({ code: 'expandsTooMuch' });
    expect((process.memoryUsage().rss - before) / mib).toBeLessThan(300);
  });

  it('says when a key is no key, and when only the sender’s is there', async () => {
    const content = gpg.encrypt(report([1]), muster);
    const wrong = await fetch(content, { secrets: { pgpPrivateKey: gpg.publicKey(muster) } });
    expect(wrong.error).toMatchObject({ code: 'pgpKeyUnreadable' });
    const config = { pgpSenderKey: gpg.publicKey(sender) };
    const alone = await fetch(content, { config, secrets: { pgpPrivateKey: undefined } });
    expect(alone.error).toMatchObject({ code: 'pgpKeyMissing' });
    const none = await fetch(content, { config: { pgpSenderKey: 'a key' } });
    expect(none.error).toMatchObject({ code: 'pgpSenderKeyUnreadable' });
  });

  it('reads 50 MB in flat memory', async () => {
    const filler = 'x'.repeat(100);
    const rows = Array.from(
      { length: 400_000 },
      (_, index) => `${index},First ${index},${filler},p${index}@acme.example`,
    );
    const content = gpg.encrypt(report([], {}) + rows.join('\n'), muster, ['--compress-algo', 'none']);
    rows.length = 0;
    const name = `${nameOf(31)}.pgp`;
    put(server, name, content);
    const config = { path: `${folder}/people_report_YYYY-MM-DD.csv.pgp` };
    const context = source.context({ config, secrets: { password: server.password, pgpPrivateKey } });
    const before = process.memoryUsage().rss;
    let [read, highest] = [0, 0];
    const batches = csvSftp.fetch(context);
    for (let step = await batches.next(); step.done !== true; step = await batches.next()) {
      read += step.value.records.length;
      highest = Math.max(highest, process.memoryUsage().rss);
    }
    expect(read).toBe(400_000);
    expect((highest - before) / mib).toBeLessThan(150);
  });
});
