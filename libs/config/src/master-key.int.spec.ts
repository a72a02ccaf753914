import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMasterKey } from './master-key.js';

let parent: string;
let dataDir: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'muster-key-'));
  dataDir = join(parent, 'data');
});

afterEach(() => {
  rmSync(parent, { recursive: true });
});

describe('readMasterKey', () => {
  it('makes one key, readable by its owner alone, and finds it again', async () => {
    const made = await readMasterKey({ masterKey: null, dataDir });
    expect(made.key).toHaveLength(32);
    expect(made.madeAt).toBe(join(dataDir, 'master.key'));
    expect(statSync(join(dataDir, 'master.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(['master.key']);
    expect(await readMasterKey({ masterKey: null, dataDir })).toEqual({ key: made.key, madeAt: null });
  });

  it('gives everyone the same key when several ask at once', async () => {
    const keys = await Promise.all([1, 2, 3, 4].map(async () => readMasterKey({ masterKey: null, dataDir })));
    expect(new Set(keys.map(({ key }) => Buffer.from(key).toString('hex'))).size).toBe(1);
  });

  it('prefers the configured key and writes nothing then', async () => {
    const masterKey = new Uint8Array(32).fill(7);
    expect(await readMasterKey({ masterKey, dataDir })).toEqual({ key: masterKey, madeAt: null });
    expect(readdirSync(parent)).toEqual([]);
  });

  it('refuses a file that holds something else rather than make a second key', async () => {
    await readMasterKey({ masterKey: null, dataDir });
    writeFileSync(join(dataDir, 'master.key'), 'short');
    await expect(readMasterKey({ masterKey: null, dataDir })).rejects.toMatchObject({ code: 'configurationInvalid' });
  });
});
