import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Dialler, noOwnSecrets } from '#connector-sdk';
import { Metrics, SilentLogger } from '#telemetry';
import { hostile } from '../../../connectors/hostile/src/index.js';
import { ChildRunner } from './parent/child-runner.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'muster-own-connector-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(directory, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** A connector outside Muster, in TypeScript, whose only record is what it finds in a file. */
function connector(imports: string, found: string): string {
  return `
import { defineConnector, z, type FetchEnd } from 'muster/connector-sdk';
import { readFile } from 'node:fs/promises';
${imports}
export default defineConnector({
  id: 'own', title: 'Own', description: 'For tests.',
  capabilities: { full: true, person: false, delta: false, resume: false, wholeness: 'endMarker' },
  config: z.object({}), secrets: z.object({}),
  decoder: 'json', sourceIdExpression: 'id', defaultMapping: { attributes: { email: 'mail' } },
  async *check() {},
  async *fetch() {
    yield { records: [{ sourceId: null, bytes: Buffer.from(${found}) }], next: null };
    const end: FetchEnd = { extent: 'full', lastPageSeen: true };
    return end;
  },
});`;
}

/** What it found; else the code of the error. */
async function find(path: string, privateDirectories: string[] = []): Promise<string> {
  const runner = new ChildRunner({ privateDirectories, logger: new SilentLogger(), metrics: new Metrics() });
  const run = runner.open({
    // The parent needs no more of it than its id.
    connector: hostile,
    moduleUrl: pathToFileURL(path).href,
    config: {},
    secrets: {},
    ownSecrets: noOwnSecrets,
    state: null,
    dialler: new Dialler(),
    signal: new AbortController().signal,
    log: () => undefined,
  });
  try {
    for await (const { records } of run.fetch({ cursor: null, person: null })) return String(records[0]?.bytes);
    return 'nothing';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    await run.close();
    await runner.onModuleDestroy();
  }
}

const reads = (file: string): string => `await readFile(new URL('${file}', import.meta.url), 'utf8')`;

describe('a connector from outside Muster', () => {
  it('reads its own folder, and nothing beside it', async () => {
    write('secret.txt', 'a secret');
    write('own/words.ts', `export const words: string = 'imported, ';`);
    write('own/words.txt', 'read');
    const imports = `import { words } from './words.ts';`;
    const own = write('own/own.ts', connector(imports, `words + ${reads('./words.txt')}`));
    expect(await find(own, [join(directory, 'data')])).toBe('imported, read');
    // The package that it belongs to is where Muster runs: its folder is its own all the same.
    write('package.json', '{ "type": "module" }');
    expect(await find(own, [directory])).toBe('imported, read');
    const curious = write('own/curious.ts', connector('', reads('../secret.txt')));
    expect(await find(curious, [directory])).toBe('connectorNotPermitted');
  });

  it('reads itself alone where Muster keeps its settings or its data', async () => {
    write('muster.config.yaml', 'MUSTER_MASTER_KEY: a secret');
    write('package.json', '{ "type": "module" }');
    const modest = write('modest.ts', connector('', `'nothing needed'`));
    expect(await find(modest, [directory])).toBe('nothing needed');
    const curious = write('curious.ts', connector('', reads('./muster.config.yaml')));
    expect(await find(curious, [directory])).toBe('connectorNotPermitted');
    expect(await find(curious, [join(directory, '.muster')])).toBe('connectorNotPermitted');
  });

  it('uses the packages that are installed beside it', async () => {
    write('node_modules/acme-words/package.json', '{ "type": "module", "exports": "./words.js" }');
    write('node_modules/acme-words/words.js', `export const words = 'from a package';`);
    const own = write('own.ts', connector(`import { words } from 'acme-words';`, 'words'));
    expect(await find(own, [directory])).toBe('from a package');
  });
});
