import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { anyFreePort } from '../support/private-servers.js';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs/guides/first-integration.md'), 'utf8');
const directory = mkdtempSync(path.join(tmpdir(), 'muster-guide-'));

afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});

it('docs/guides/first-integration.md does what it says, typed into a shell as it stands', async () => {
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
  const port = String(await anyFreePort());
  // The programs that the page starts in the background end with the shell.
  const script = ['set -euo pipefail', "trap 'kill $(jobs -p) 2> /dev/null || true' EXIT", ...blocks('sh')].join('\n');
  const env = {
    ...process.env,
    MUSTER_PORT: port,
    MUSTER_URL: `http://127.0.0.1:${port}`,
    MUSTER_DATA_DIR: path.join(directory, 'data'),
    XDG_CONFIG_HOME: directory,
  };
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: root, env, timeout: 240_000 });
  const shown = blocks('text').flatMap((block) => block.trimEnd().split('\n'));
  expect(shown.length).toBeGreaterThan(8);
  for (const line of shown) expect(squeezed(stdout), line).toContain(squeezed(line));
});

/** Columns are as wide as what stands in them. */
function squeezed(text: string): string {
  return text.replaceAll(/ +/g, ' ');
}
