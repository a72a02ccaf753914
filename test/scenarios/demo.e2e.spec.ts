import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

describe('the demo', () => {
  it('tells its whole story and ends well', async () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'muster-demo-'));
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [path.join(root, 'dist/apps/cli/src/demo/main.js')],
        { cwd: directory, env: {}, timeout: 120_000 },
      );
      expect(stdout).toMatch(/Dry run: 8,\d{3} people would be created\. Nobody has been changed\./);
      expect(stdout).toMatch(/Live sync: 8,\d{3} people were created\./);
      expect(stdout).toMatch(/26 people were created, 39 updated and 13 removed/);
      expect(stdout).toMatch(/✋ whole: Nobody loses access/);
      expect(stdout).toContain('everyone is still there');
      expect(stdout).toContain('http://127.0.0.1:8080/docs');
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
