import { hash } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { JsonValue, OwnSecrets } from '#connector-sdk';
import type { TestSftpServer } from '#testing';
import type { CsvSftpSecrets } from './csv-sftp.settings.js';
import { folder, lying, nameOf, put, report, RunningFetch } from './running-fetch.spec.js';
import { sshKeyPairs } from './ssh-key-pairs.js';

const noNews = { extent: 'delta', lastPageSeen: true };
const whole = { extent: 'full', lastPageSeen: true };
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** What holds on any SFTP server. */
export function describeCsvSftp(name: string, start: () => Promise<TestSftpServer>): void {
  describe(`csv-sftp on ${name}`, () => {
    let server: TestSftpServer;
    let source: RunningFetch;
    beforeAll(async () => {
      server = await start();
      source = new RunningFetch(server);
    });
    afterAll(async () => server.stop());
    beforeEach(() => {
      rmSync(join(server.folder, folder), { recursive: true, force: true });
      mkdirSync(join(server.folder, folder), { recursive: true });
    });

    describe('reads', () => {
      it('a report row by row, and says how', async () => {
        put(
          server,
          nameOf(2),
          '\ufeffEmployee ID;Name;Manager’s Email\r\n007;"Ann ""A."" Ã";\r\n8;B;ann@acme.example\r\n',
        );
        const { documents, ids, end, events } = await source.fetch();
        expect(documents).toEqual([
          { '@id': '007', 'Employee ID': '007', Name: 'Ann "A." Ã', "Manager's Email": '' },
          { '@id': '8', 'Employee ID': '8', Name: 'B', "Manager's Email": 'ann@acme.example' },
        ]);
        expect(ids).toEqual(['007', '8']);
        expect(end).toMatchObject(whole);
        expect(end?.note).toBe(`${nameOf(2)} was read as utf-8 with the separator semicolon: 2 rows.`);
        expect(events).toEqual([
          expect.objectContaining({
            code: 'csvFormat',
            fields: { file: nameOf(2), separator: 'semicolon', encoding: 'utf-8', columns: 3, idColumn: 'Employee ID' },
          }),
        ]);
      });

      it('with a key that has a passphrase', async () => {
        put(server, nameOf(1), report([1]));
        const { encryptedKey: privateKey, passphrase } = server;
        expect((await source.fetch({ secrets: { privateKey, passphrase } })).ids).toEqual(['1']);
        const { error } = await source.fetch({ secrets: { privateKey, passphrase: 'wrong' } });
        expect(error).toMatchObject({ name: 'SourceCredentialsError', code: 'privateKeyUnreadable' });
      });

      it('with a pair that Muster made, and changes it for the next one when the server has accepted that', async () => {
        const authorized = server.authorizedKeys;
        put(server, nameOf(1), report([1]));
        const replaced: unknown[] = [];
        const ownSecrets: OwnSecrets = {
          read: async () => null,
          replace: async (name, change) => {
            replaced.push({ name, ...change });
            return 'replaced';
          },
        };
        const readsBy = async (secrets: CsvSftpSecrets) =>
          (await source.fetch({ secrets: { ...secrets }, ownSecrets })).ids;
        try {
          const first = sshKeyPairs.make({ privateKey: server.encryptedKey, passphrase: server.passphrase });
          expect(sshKeyPairs.list(first).map(({ secret, use }) => `${secret} ${use}`)).toEqual([
            'privateKey current',
            'nextPrivateKey next',
          ]);
          expect(await readsBy(first)).toEqual(['1']);
          expect(replaced).toEqual([]);
          server.authorize(`${sshKeyPairs.list(first)[1]?.publicKey ?? ''}\n`);
          expect(await readsBy(first)).toEqual(['1']);
          expect(replaced).toEqual([{ name: 'privateKey', from: first.privateKey, to: first.nextPrivateKey }]);
          const accepted = { ...first, privateKey: first.nextPrivateKey };
          expect(await readsBy(accepted)).toEqual(['1']);
          expect(replaced).toHaveLength(1);
          expect(sshKeyPairs.list(accepted)).toMatchObject([{ secret: 'privateKey', use: 'current' }]);
          const second = sshKeyPairs.make(accepted);
          expect(await readsBy(second)).toEqual(['1']);
          const onlyNew = sshKeyPairs.drop('privateKey', second) ?? second;
          expect((await source.fetch({ secrets: { ...onlyNew } })).error).toMatchObject({ code: 'loginRefused' });
          const onlyOld = sshKeyPairs.drop('nextPrivateKey', second) ?? onlyNew;
          expect(await readsBy(onlyOld)).toEqual(['1']);
          expect(replaced).toHaveLength(1);
        } finally {
          server.authorize(authorized);
        }
      });

      it('a large report in pieces, packed and not', async () => {
        const content = report(range(1, 40_000));
        put(server, nameOf(1), content);
        put(server, `${nameOf(2)}.gz`, gzipSync(content));
        for (const path of ['people_report_YYYY-MM-DD.csv', 'people_report_YYYY-MM-DD.csv.gz']) {
          const { ids, end } = await source.fetch({ config: { path: `${folder}/${path}` } });
          expect(ids).toEqual(range(1, 40_000).map(String));
          expect(end).toMatchObject(whole);
        }
      });

      it('names in their letter case, by date and time, and nothing else', async () => {
        put(server, 'People_2026.01.31-070000.txt', report([1]));
        put(server, 'People_2026.01.31-063000.txt', report([2]));
        put(server, 'people_2026.01.31-080000.txt', report([3]));
        put(server, 'People_2026.02.31-080000.txt', report([4]));
        put(server, 'People_2026.01.31-080000.txt.tmp', report([5]));
        const config = { path: `${folder}/People_YYYY.MM.DD-HHmmss.txt` };
        expect((await source.fetch({ config })).ids).toEqual(['1']);
      });
    });

    describe('sends no credential', () => {
      it.each([
        ['when no host key is trusted yet', [], 'hostKeyUnknown'],
        ['when the host key is another one', [`SHA256:${'A'.repeat(43)}`], 'hostKeyChanged'],
      ])('%s, and shows the one presented', async (_, hostKeyFingerprints, code) => {
        put(server, nameOf(1), report([1]));
        const before = server.loginAttempts();
        const secrets = { privateKey: server.privateKey, password: 'correct horse' };
        const { error, ids } = await source.fetch({ config: { hostKeyFingerprints }, secrets });
        expect(error).toMatchObject({
          name: 'SourceConfigurationError',
          code,
          fields: { fingerprint: server.fingerprint, keyType: 'ssh-ed25519' },
        });
        expect(error?.message).toContain(server.fingerprint);
        expect(ids).toEqual([]);
        expect(server.loginAttempts()).toBe(before);
        const steps = await source.check({ config: { hostKeyFingerprints }, secrets });
        expect(steps.at(-1)).toMatchObject({ step: 'hostKey', ok: false });
        expect(steps.at(-1)?.message).toContain(server.fingerprint);
        expect(server.loginAttempts()).toBe(before);
      });

      it('where there is none to send', async () => {
        const { error } = await source.fetch({ secrets: {} });
        expect(error).toMatchObject({ name: 'SourceCredentialsError', code: 'credentialsMissing' });
      });
    });

    describe('of several full files', () => {
      it('reads the newest, and archives all of them once it has been applied, not before', async () => {
        for (const day of [3, 1, 2]) put(server, nameOf(day), report([day]));
        const read = await source.fetch();
        expect(read.ids).toEqual(['3']);
        expect(lying(server)).toEqual([1, 2, 3].map(nameOf));
        expect(read.end?.note).toContain('Older files are archived with it: 2.');
        const state = await source.commit(read);
        expect(lying(server)).toEqual([1, 2, 3].map((day) => `archive/${nameOf(day)}`));
        expect(await source.fetch({ state })).toMatchObject({ ids: [], end: noNews });
      });

      it('does not read one dated by a slip, after which all others would be old', async () => {
        put(server, nameOf(5), report([5]));
        put(server, 'people_report_9026-01-06.csv', report([6]));
        const { ids, events } = await source.sync();
        expect(ids).toEqual(['5']);
        expect(events).toContainEqual(expect.objectContaining({ code: 'dateAhead' }));
        expect(lying(server)).toEqual([`archive/${nameOf(5)}`, 'people_report_9026-01-06.csv']);
      });

      it('does not go back to an older one that comes late', async () => {
        put(server, nameOf(5), report([5]));
        const { state } = await source.sync();
        put(server, nameOf(4), report([4]));
        const late = await source.sync({ state });
        expect(late).toMatchObject({ ids: [], end: noNews });
        expect(lying(server)).toEqual([`archive/${nameOf(4)}`, `archive/${nameOf(5)}`]);
      });
    });

    describe('does not read again what was applied', () => {
      it('when it could not be archived, and archives it with the next sync', async () => {
        put(server, nameOf(1), report([1]));
        writeFileSync(join(server.folder, folder, 'archive'), 'no folder');
        const read = await source.fetch();
        await expect(source.commit(read)).rejects.toMatchObject({ code: 'noArchiveFolder' });
        const state = read.end?.state ?? null;
        rmSync(join(server.folder, folder, 'archive'));
        const next = await source.sync({ state });
        expect(next).toMatchObject({ ids: [], end: noNews });
        expect(lying(server)).toEqual([`archive/${nameOf(1)}`]);
      });

      it('when it was put there again, but does when it was corrected', async () => {
        put(server, nameOf(1), report([1]));
        const { state } = await source.sync();
        put(server, nameOf(1), report([1]), 1_700_009_999);
        const same = await source.sync({ state });
        expect(same).toMatchObject({ ids: [], end: noNews });
        const note = `There is no new file. ${nameOf(1)} has been applied before: it is not read again.`;
        expect(same.end?.note).toBe(note);
        expect(same.events.map(({ code }) => code)).toContain('alreadyApplied');
        put(server, nameOf(1), report([2]), 1_700_099_999);
        const corrected = await source.sync({ state: same.state });
        expect(corrected).toMatchObject({ ids: ['2'], end: whole });
        expect(lying(server)).toEqual(['', '.2', '.3'].map((copy) => `archive/${nameOf(1)}${copy}`));
      });

      it.each([
        ['no file', () => undefined],
        ['only other files', () => put(server, 'people_report.csv', report([1]))],
      ])('and has nobody to tell of where there is %s', async (_, prepare) => {
        prepare();
        const { ids, end } = await source.fetch();
        expect(ids).toEqual([]);
        expect(end).toMatchObject({ ...noNews, note: 'There is no new file.' });
      });
    });

    describe('reads again what was applied last', () => {
      const again = (name: string, why: string) => `${name} has been applied before and is read again, ${why}.`;

      it('by another mapping, when it still lies there or was put there again, and not twice', async () => {
        put(server, nameOf(1), report([1]));
        const { end } = await source.fetch();
        const state = end?.state ?? null;
        const known = await source.fetch({ state });
        expect(known).toMatchObject({ ids: [], end: { ...noNews, alreadyApplied: [nameOf(1)] } });
        const mapped = await source.sync({ state, mappingVersion: 2 });
        expect(mapped).toMatchObject({ ids: ['1'], end: whole });
        expect(mapped.end?.note).toContain(again(nameOf(1), 'by another mapping'));
        expect(mapped.end).not.toHaveProperty('alreadyApplied');
        put(server, nameOf(1), report([1]), 1_700_009_999);
        const same = await source.fetch({ state: mapped.state, mappingVersion: 2 });
        expect(same).toMatchObject({ ids: [], end: { ...noNews, alreadyApplied: [nameOf(1)] } });
        expect(await source.fetch({ state: mapped.state, mappingVersion: 3 })).toMatchObject({
          ids: ['1'],
          end: whole,
        });
        expect(await source.fetch({ state: mapped.state, mappingVersion: 1 })).toMatchObject({
          ids: ['1'],
          end: whole,
        });
      });

      it('by no other mapping where it is not known by which it was applied', async () => {
        put(server, nameOf(1), report([1]));
        const { end } = await source.fetch();
        const state = JSON.parse(JSON.stringify(end?.state ?? null), (key, value: unknown) =>
          key === 'mapping' ? undefined : value,
        ) as JsonValue;
        expect(await source.fetch({ state, mappingVersion: 2 })).toMatchObject({ ids: [], end: noNews });
        expect((await source.fetch({ state, mappingVersion: 2, reread: true })).ids).toEqual(['1']);
      });

      it('when somebody asks for it, out of the archive as well, and leaves it there', async () => {
        put(server, nameOf(1), report([1]));
        const first = await source.sync();
        put(server, nameOf(1), report([2]), 1_700_009_999);
        const { state } = await source.sync({ state: first.state });
        const lies = ['', '.2'].map((copy) => `archive/${nameOf(1)}${copy}`);
        expect(lying(server)).toEqual(lies);
        const asked = await source.sync({ state, reread: true });
        expect(asked).toMatchObject({ ids: ['2'], end: whole });
        expect(asked.end?.note).toContain(again(nameOf(1), 'as somebody asked for'));
        expect(lying(server)).toEqual(lies);
        expect(await source.sync({ state: asked.state })).toMatchObject({ ids: [], end: noNews });
      });

      it('with what has come since: of full files the newest, of deltas the last one before it', async () => {
        put(server, nameOf(1), report([1]));
        const full = await source.sync();
        put(server, nameOf(2), report([2]));
        const newest = await source.sync({ state: full.state, reread: true });
        expect(newest.ids).toEqual(['2']);
        expect(newest.end?.note).not.toContain('again');
        expect(lying(server)).toEqual([1, 2].map((day) => `archive/${nameOf(day)}`));
        const config = { content: 'delta' };
        put(server, nameOf(3), report([3]));
        const last = await source.sync({ config, state: newest.state, reread: true });
        expect(last.ids).toEqual(['2']);
        expect(last.end?.note).toContain('Newer files wait for a later sync: 1.');
        expect((await source.sync({ config, state: last.state })).ids).toEqual(['3']);
      });

      it('and nothing that was applied before it, which would bring back the past', async () => {
        put(server, nameOf(1), report([1]));
        const config = { content: 'delta' };
        const first = await source.fetch({ config });
        put(server, nameOf(2), report([2]));
        const second = await source.fetch({ config, state: first.end?.state ?? null });
        expect(second.ids).toEqual(['2']);
        rmSync(join(server.folder, folder, nameOf(2)));
        const state = second.end?.state ?? null;
        for (const wishes of [{ mappingVersion: 2 }, { reread: true }]) {
          expect(await source.fetch({ config, state, ...wishes })).toMatchObject({ ids: [], end: noNews });
        }
      });

      it('and says when it is gone, or another one than it was', async () => {
        put(server, nameOf(1), report([1]));
        const { state } = await source.sync();
        put(server, `archive/${nameOf(1)}`, report([2]));
        expect((await source.fetch({ state, reread: true })).error).toMatchObject({ code: 'checksumDiffers' });
        rmSync(join(server.folder, folder, 'archive'), { recursive: true });
        const { ids, end } = await source.fetch({ state, reread: true });
        expect(ids).toEqual([]);
        expect(end?.note).toContain(
          `${nameOf(1)}, which was applied last, is in the folder no more, nor in the archive`,
        );
      });
    });

    describe('of deltas', () => {
      const config = { content: 'delta' };

      it('reads the oldest, one a sync, and tells of gaps and of those that wait', async () => {
        for (const day of [1, 2, 6]) put(server, nameOf(day), report([day]));
        const first = await source.sync({ config });
        expect(first).toMatchObject({ ids: ['1'], end: { extent: 'delta', lastPageSeen: true } });
        expect(first.end?.note).toContain('Newer files wait for a later sync: 2.');
        expect(lying(server)).toEqual([`archive/${nameOf(1)}`, nameOf(2), nameOf(6)]);
        const second = await source.sync({ config, state: first.state });
        expect(second.ids).toEqual(['2']);
        expect(second.events.map(({ code }) => code)).not.toContain('dateGap');
        const third = await source.sync({ config, state: second.state });
        expect(third.ids).toEqual(['6']);
        expect(third.events).toContainEqual(
          expect.objectContaining({ code: 'dateGap', fields: { days: 3, file: nameOf(6) } }),
        );
        expect(await source.fetch({ config, state: third.state })).toMatchObject({ ids: [], end: noNews });
      });

      it('never reads one that is older than what was applied, and leaves it', async () => {
        put(server, nameOf(5), report([5]));
        const { state } = await source.sync({ config });
        put(server, nameOf(4), report([4]));
        const late = await source.sync({ config, state });
        expect(late).toMatchObject({ ids: [], end: noNews });
        expect(late.end?.note).toContain(`${nameOf(4)} is older than what has been applied`);
        expect(lying(server)).toEqual([`archive/${nameOf(5)}`, nameOf(4)]);
      });

      it('does not pass over one that is not ready', async () => {
        put(server, nameOf(1), report([1]));
        put(server, nameOf(2), report([2]));
        put(server, `${nameOf(2)}.done`, '');
        const { ids, end } = await source.fetch({ config: { ...config, markerSuffix: '.done' } });
        expect(ids).toEqual([]);
        expect(end?.note).toContain(`${nameOf(1)} waits for a file that must lie beside it.`);
      });
    });

    describe('takes for cut off, so that it removes nobody and is read again,', () => {
      it.each([
        ['a file that ends inside a row', report([1, 2, 3]).slice(0, -25), {}, 2, /middle of the row on line 4/],
        ['a file that ends inside quotes', `${report([1, 2])}3,"Ann`, {}, 2, /inside the quoted cell/],
        ['a file without its trailer', report([1, 2]), { trailer: 'END,{rows}' }, 2, /does not end with the trailer/],
        [
          'a file with fewer rows than its trailer says',
          `${report([1])}END,2\n`,
          { trailer: 'END,{rows}' },
          1,
          /declares 2 rows/,
        ],
      ])('%s', async (_, content, config, rows, says) => {
        put(server, nameOf(1), content);
        const { ids, end } = await source.fetch({ config });
        expect(ids).toHaveLength(rows);
        expect(end).toEqual({ extent: 'full', lastPageSeen: false, note: expect.stringMatching(says) as string });
      });

      it('a packed file that ends early', async () => {
        const packed = gzipSync(report(range(1, 5000)));
        put(server, `${nameOf(1)}.gz`, packed.subarray(0, packed.length / 2));
        const { ids, end } = await source.fetch({ config: { path: `${folder}/people_report_YYYY-MM-DD.csv.gz` } });
        expect(ids.length).toBeLessThan(5000);
        expect(end).toMatchObject({ lastPageSeen: false, note: expect.stringContaining('packed file ends before') });
        expect(end?.state).toBeUndefined();
      });

      it('a file with another number of rows than the file beside it says', async () => {
        put(server, nameOf(1), report([1, 2]));
        put(server, `${nameOf(1)}.rows`, '3\n');
        const config = { rowCountSuffix: '.rows' };
        expect((await source.fetch({ config })).end).toMatchObject({ lastPageSeen: false });
        put(server, `${nameOf(1)}.rows`, '2\n');
        const { end } = await source.sync({ config });
        expect(end).toMatchObject(whole);
        expect(lying(server)).toEqual([`archive/${nameOf(1)}`, `archive/${nameOf(1)}.rows`]);
      });
    });

    describe('refuses', () => {
      it.each([
        ['a row of another width', `${report([1])}2,Wilhelmina\n${report([3])}`, {}, 'rowWidth', { line: 3 }],
        ['a header that stands twice', 'Employee ID,Name,Name\n1,a,b\n', {}, 'headerTwice', { line: 1 }],
        ['a column that is missing', report([1]), { requiredColumns: ['Status'] }, 'columnMissing', { line: 1 }],
        [
          'text in another encoding',
          Buffer.from('Employee ID,N\n1,\xe9\n', 'latin1'),
          {},
          'notInEncoding',
          { line: 2 },
        ],
        ['a file without people of any kind', '', {}, 'emptyFile', {}],
      ])('%s, naming the line and no value', async (_, content, config, code, fields) => {
        put(server, nameOf(1), content);
        const { error } = await source.fetch({ config });
        expect(error).toMatchObject({ code, fields: { file: nameOf(1), ...fields } });
        expect(String(error)).not.toMatch(/Wilhelmina|First1/);
      });

      it('links and folders, whatever they are called', async () => {
        put(server, 'real.csv', report([1]));
        symlinkSync('real.csv', join(server.folder, folder, nameOf(1)));
        mkdirSync(join(server.folder, folder, nameOf(2)));
        symlinkSync('/etc/passwd', join(server.folder, folder, nameOf(3)));
        const { ids, end, events } = await source.fetch();
        expect(ids).toEqual([]);
        expect(end).toMatchObject(noNews);
        expect(events.map(({ code, fields }) => [code, fields?.['file']]).sort()).toEqual(
          [1, 2, 3].map((day) => ['notRegular', nameOf(day)]),
        );
      });

      it('a checksum that is of another file, and takes the right one', async () => {
        const content = report([1, 2]);
        put(server, nameOf(1), content);
        put(server, `${nameOf(1)}.sha256`, `${'0'.repeat(64)}  ${nameOf(1)}\n`);
        const config = { checksumSuffix: '.sha256' };
        const { error } = await source.fetch({ config });
        expect(error).toMatchObject({ name: 'SourceFatalError', code: 'checksumDiffers' });
        put(server, `${nameOf(1)}.sha256`, `${hash('sha256', content)}  ${nameOf(1)}\n`);
        expect(await source.fetch({ config })).toMatchObject({ ids: ['1', '2'], end: whole });
        put(server, `${nameOf(1)}.sha256`, 'none');
        expect((await source.fetch({ config })).error).toMatchObject({ code: 'besideUnreadable' });
      });

      it('a packed file that is made to grow without end, and one that is not packed', async () => {
        const config = { path: `${folder}/people_report_YYYY-MM-DD.csv.gz`, maxRowKilobytes: 8192 };
        put(server, `${nameOf(1)}.gz`, gzipSync(report(range(1, 3)) + '\n'.repeat(30_000_000)));
        expect((await source.fetch({ config })).error).toMatchObject({ code: 'expandsTooMuch' });
        put(server, `${nameOf(1)}.gz`, report([1]));
        expect((await source.fetch({ config })).error).toMatchObject({ code: 'notGzip' });
      });

      it('a file that is larger than allowed', async () => {
        put(server, nameOf(1), report(range(1, 30_000)));
        const { error, ids } = await source.fetch({ config: { maxFileMegabytes: 1 } });
        expect(error).toMatchObject({ code: 'fileTooLarge' });
        expect(ids).toEqual([]);
      });

      it('a folder that is not there', async () => {
        const { error } = await source.fetch({ config: { path: 'nowhere/people_YYYY-MM-DD.csv' } });
        expect(error).toMatchObject({ name: 'SourceConfigurationError', code: 'pathNotFound' });
      });
    });

    describe('archives', () => {
      it('what lies beside a file with it, and goes on where it was interrupted', async () => {
        const config = { markerSuffix: '.done' };
        put(server, nameOf(1), report([1]));
        put(server, `${nameOf(1)}.done`, '');
        const read = await source.fetch({ config });
        mkdirSync(join(server.folder, folder, 'archive'));
        renameSync(join(server.folder, folder, nameOf(1)), join(server.folder, folder, 'archive', nameOf(1)));
        await source.commit(read, { config });
        await source.commit(read, { config });
        expect(lying(server)).toEqual([`archive/${nameOf(1)}`, `archive/${nameOf(1)}.done`]);
      });

      it('nothing that was replaced since it was read', async () => {
        put(server, nameOf(1), report([1]));
        const read = await source.fetch();
        appendFileSync(join(server.folder, folder, nameOf(1)), '2,a,b,c\n');
        const state = await source.commit(read);
        expect(lying(server)).toEqual([nameOf(1)]);
        expect((await source.sync({ state })).ids).toEqual(['1', '2']);
      });

      it('into no folder that a link leads to', async () => {
        put(server, nameOf(1), report([1]));
        const elsewhere = join(server.folder, 'elsewhere');
        mkdirSync(elsewhere, { recursive: true });
        symlinkSync(elsewhere, join(server.folder, folder, 'archive'));
        await expect(source.sync()).rejects.toMatchObject({ code: 'noArchiveFolder' });
        expect(lying(server)).toContain(nameOf(1));
        expect(readdirSync(elsewhere)).toEqual([]);
      });
    });

    describe('checks', () => {
      const steps = ['configuration', 'dns', 'connect', 'hostKey', 'credentials', 'firstPage', 'sample'];

      it('every step, with what was found and nobody by name', async () => {
        put(server, nameOf(1), report([1, 2]));
        const found = await source.check();
        expect(found.map(({ step, ok }) => [step, ok])).toEqual(steps.map((step) => [step, true]));
        expect(found.at(-2)?.message).toContain(`${nameOf(1)} would be read`);
        expect(found.at(-1)).toMatchObject({
          message: `${nameOf(1)} is read as utf-8 with the separator comma: 4 columns, the id in "Employee ID".`,
          details: { fields: ['Employee ID', 'First Name', 'Last Name', 'Work Email'] },
        });
        expect(JSON.stringify(found)).not.toMatch(/First1|p1@/);
        expect(lying(server)).toEqual([nameOf(1)]);
      });

      it('a folder without files as one that can be read', async () => {
        const found = await source.check();
        expect(found.at(-1)).toMatchObject({ step: 'firstPage', ok: true });
      });

      it.each([
        ['firstPage', { path: 'nowhere/people_YYYY-MM-DD.csv' }, report([1])],
        ['sample', {}, 'Wilhelmina,Smith\n'],
        ['sample', {}, 'Employee ID,Name\n'],
        ['connect', { port: 1 }, ''],
        ['dns', { host: 'nowhere.invalid' }, ''],
        ['credentials', { user: 'nobody-here' }, ''],
      ])('and stops at %s when it fails', async (failing, config, content) => {
        put(server, nameOf(1), content);
        const found = await source.check({ config });
        expect(found.at(-1)).toMatchObject({ step: failing, ok: false });
        expect(found.slice(0, -1).every(({ ok }) => ok)).toBe(true);
        expect(JSON.stringify(found)).not.toContain('Wilhelmina');
      });
    });
  });
}
