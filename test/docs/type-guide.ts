import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { anyFreePort } from '../support/private-servers.js';

const root = path.resolve(import.meta.dirname, '../..');

/** Types a guide's commands into a shell as they stand, and expects each line of its `text` blocks in what they print. */
export async function typeGuide(file: string, { leastLines }: { leastLines: number }): Promise<void> {
  const page = readFileSync(path.join(root, 'docs/guides', file), 'utf8');
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block = '']) => block);
  const directory = mkdtempSync(path.join(tmpdir(), 'muster-guide-'));
  const port = String(await anyFreePort());
  // The programs that the page starts in the background end with the shell.
  const script = ['set -euo pipefail', "trap 'kill $(jobs -p) 2> /dev/null || true' EXIT", ...blocks('sh')].join('\n');
  const env = {
    ...process.env,
    MUSTER_PORT: port,
    MUSTER_URL: `http://127.0.0.1:${port}`,
    MUSTER_DATA_DIR: path.join(directory, 'data'),
    XDG_CONFIG_HOME: directory,
    TMPDIR: directory,
  };
  try {
    const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: root, env, timeout: 280_000 });
    const shown = blocks('text').flatMap((block) => block.trimEnd().split('\n'));
    expect(shown.length).toBeGreaterThanOrEqual(leastLines);
    for (const line of shown) expect(squeezed(stdout), line).toContain(squeezed(line));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Columns are as wide as what stands in them. */
function squeezed(text: string): string {
  return text.replaceAll(/ +/g, ' ');
}
