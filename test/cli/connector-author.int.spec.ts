import 'reflect-metadata';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { replayReplies, type SimulatedSource, simulateSource } from '#connector-sdk/testing';
import { capturedTerminal, runAt } from './captured-terminal.js';

const directory = mkdtempSync(join(tmpdir(), 'muster-author-'));
const folder = join(directory, 'acme-payroll');
const local = { MUSTER_EGRESS_ALLOW: '127.0.0.0/8' };
const muster = async (...args: string[]) => runAt(capturedTerminal(), args, local);

/** The list that the template is written for, of two pages; it takes one key. */
async function startPayroll(): Promise<SimulatedSource> {
  const people = [1, 2, 3].map((id) => ({
    id: `${id}`,
    name: `Wilhelmina ${id}`,
    email: `w${id}@acme.example`,
    rank: id,
  }));
  return simulateSource(({ url, headers }) => {
    if (headers['authorization'] !== 'Bearer right-key') return { status: 401, body: '{}' };
    const isSecond = url.searchParams.get('cursor') === 'two+2';
    const page = { people: isSecond ? people.slice(2) : people.slice(0, 2), next: isSecond ? null : 'two+2', total: 3 };
    return { body: JSON.stringify({ ...page, sessionToken: 'tell-nobody' }) };
  });
}

let payroll: SimulatedSource;
beforeAll(async () => {
  await muster('connector', 'new', 'acme-payroll', '--folder', folder);
});
afterEach(async () => payroll?.stop());
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const source = (key = 'right-key') => ['--config', `baseUrl=${payroll.url}`, '--secret', `accessKey=${key}`];

describe('muster connector', () => {
  it('new: writes a folder that passes its own tests', async () => {
    expect(readdirSync(folder).sort()).toEqual(
      [
        '.gitignore',
        'README.md',
        'acme-payroll.contract.test.ts',
        'acme-payroll.ts',
        'fixtures',
        'node_modules',
        'package.json',
      ].sort(),
    );
    const { code, err } = await muster('connector', 'test', folder);
    expect(err).toMatch(/pass \d{2}\s/);
    expect(code, err).toBe(0);
  }, 60_000);

  it('new: writes over nothing, and takes no name that is none', async () => {
    expect(await muster('connector', 'new', 'acme-payroll', '--folder', folder)).toMatchObject({
      code: 6,
      err: expect.stringContaining('is there already'),
    });
    expect(await muster('connector', 'new', 'Acme Payroll')).toMatchObject({
      code: 2,
      err: expect.stringContaining('small letters, digits and hyphens'),
    });
  });

  it('test: fails where a test fails, and where there is none', async () => {
    const failing = mkdtempSync(join(directory, 'failing-'));
    expect(await muster('connector', 'test', failing)).toMatchObject({
      code: 5,
      err: expect.stringContaining('no test'),
    });
    writeFileSync(join(failing, 'a.test.mjs'), "import 'muster/connector-sdk/testing';\nthrow new Error('as told');\n");
    expect(await muster('connector', 'test', failing)).toMatchObject({
      code: 7,
      err: expect.stringContaining('as told'),
    });
  });

  it('check: tells what the source says, step by step', async () => {
    payroll = await startPayroll();
    const { code, out } = await muster('connector', 'check', folder, ...source());
    expect(out).toMatch(/✓ firstPage\s+Acme payroll lists 3 people\./);
    expect(code).toBe(0);
    const wrong = await muster('connector', 'check', folder, ...source('wrong-key'), '--json');
    expect(wrong.code).toBe(7);
    expect(JSON.parse(wrong.out)).toMatchObject({ ok: false });
    expect(wrong.out + wrong.err).not.toContain('wrong-key');
  });

  it('check: says what is wrong before it asks anybody', async () => {
    expect(await muster('connector', 'check', join(folder, 'away.ts'))).toMatchObject({
      code: 5,
      err: expect.stringMatching(/there is no file.*\n {2}By id there are acme-hr/),
    });
    expect(await muster('connector', 'check', folder, '--config', 'baseUrl=nowhere')).toMatchObject({
      code: 2,
      err: expect.stringMatching(/does not accept these settings\. config\.baseUrl: .*; secrets\.accessKey: /),
    });
  });

  it('preview: shows paths and types of the first records', async () => {
    payroll = await startPayroll();
    const { code, out, err } = await muster('connector', 'preview', folder, ...source(), '--limit', '2');
    expect(code, err).toBe(0);
    expect(out).toMatch(/email\s+string\s+100 %/);
    expect(out).toMatch(/rank\s+number\s+100 %/);
    expect(err).toContain('2 records read. 2 have a source id.');
    const json = await muster('connector', 'preview', folder, ...source(), '--json');
    expect(JSON.parse(json.out)).toMatchObject({ isEverybody: true, withId: 3, records: [{ id: '1' }, {}, {}] });
    expect(await muster('connector', 'preview', folder, ...source('wrong-key'))).toMatchObject({
      code: 7,
      err: expect.stringContaining('SourceCredentialsError'),
    });
  });

  it('record: keeps replies that can be replayed, without what is secret', async () => {
    payroll = await startPayroll();
    const out = join(directory, 'recorded');
    const recorded = await muster('connector', 'record', folder, ...source(), '--out', out);
    expect(recorded.code, recorded.err).toBe(0);
    expect(recorded.err).toContain('names and other personal data are still in them');
    const texts = readdirSync(out).map((name) => readFileSync(join(out, name), 'utf8'));
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).not.toMatch(/right-key|tell-nobody|@acme\.example/);
    expect(await muster('connector', 'record', folder, ...source(), '--out', out)).toMatchObject({ code: 6 });

    await payroll.stop();
    payroll = await simulateSource(replayReplies(out));
    const { out: replayed } = await muster('connector', 'preview', folder, ...source(), '--json');
    expect(JSON.parse(replayed)).toMatchObject({ isEverybody: true, records: [{ name: 'Wilhelmina 1' }, {}, {}] });
  });
});
