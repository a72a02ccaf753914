import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shippedConnectors } from './shipped-connectors.js';

/** As a program has it: the built one, in a Node that strips types. */
const dist = join(import.meta.dirname, '../../../dist');
const built = pathToFileURL(join(dist, 'libs/connector-catalog/src/connector-catalog.js')).href;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'muster-connectors-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(directory, name)), { recursive: true });
  writeFileSync(join(directory, name), text);
}

/** A connector that a company writes for itself; `types`: with syntax that only TypeScript has. */
function connector(id: string, { types = false, members = '' } = {}): string {
  return `
import { defineConnector, SourceError, z${types ? ', type FetchEnd' : ''} } from 'muster/connector-sdk';
export const errors = SourceError;
export default defineConnector({
  id: '${id}', title: 'Payroll', description: 'For tests.',
  capabilities: { full: true, person: false, delta: false, resume: false, wholeness: 'endMarker' },
  config: z.object({ host: z.string().describe('Host') }), secrets: z.object({}),
  decoder: 'json', sourceIdExpression: 'id', defaultMapping: { attributes: { email: 'mail' } },
  async *check() {},
  async *fetch() {
    yield { records: [], next: null };
    const end${types ? ': FetchEnd' : ''} = { extent: 'full', lastPageSeen: true };
    return end;
  },
  ${members}
});`;
}

interface Loaded {
  ids?: string[];
  urls?: string[];
  /** Whether each connector's SourceError is the one that Muster tells errors by. */
  sameSdk?: boolean[];
  message?: string;
  problems?: string[];
}

function load(...named: string[]): Loaded {
  const script = `
    const { connectorCatalog } = await import(${JSON.stringify(built)});
    const sdk = await import(${JSON.stringify(built.replace('connector-catalog/src/connector-catalog', 'connector-sdk/src/index'))});
    try {
      const registry = await connectorCatalog(${JSON.stringify({ named, directory })});
      const ids = registry.list().map(({ id }) => id);
      const urls = ids.map((id) => registry.moduleUrl(id));
      const outside = await Promise.all(urls.filter((url) => url?.includes(${JSON.stringify(directory)})).map((url) => import(url)));
      console.log(JSON.stringify({ ids, urls, sameSdk: outside.map(({ errors }) => errors === sdk.SourceError) }));
    } catch ({ message, problems }) {
      console.log(JSON.stringify({ message, problems }));
    }`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Loaded;
}

describe('the connectors of an installation', () => {
  it('are those that come with Muster, each with a module whose default export it is, but for what is pushed', async () => {
    for (const { definition, moduleUrl } of shippedConnectors) {
      expect(moduleUrl === null).toBe(definition.capabilities.push === true);
      if (moduleUrl === null) continue;
      const { default: found } = (await import(moduleUrl)) as { default: { id: string } };
      expect(found.id).toBe(definition.id);
    }
    const { ids, urls } = load();
    expect(ids).toEqual(shippedConnectors.map(({ definition }) => definition.id));
    expect(urls).toEqual(shippedConnectors.map(({ moduleUrl }) => moduleUrl));
  });

  it('are also files and folders anywhere, and installed packages, on the SDK of this installation', () => {
    write('typed.ts', connector('typed', { types: true }));
    write('plain.mjs', connector('plain'));
    write('folder/package.json', '{ "type": "module", "main": "folder.ts" }');
    write('folder/folder.ts', connector('in-folder', { types: true }));
    write('node_modules/acme-payroll/package.json', '{ "type": "module", "exports": { "import": "./lib/a.js" } }');
    write('node_modules/acme-payroll/lib/a.js', connector('packaged'));
    const { ids, urls, sameSdk, problems } = load(
      './typed.ts',
      join(directory, 'plain.mjs'),
      './folder',
      'acme-payroll',
    );
    expect(problems).toBeUndefined();
    expect(ids).toEqual(expect.arrayContaining(['acme-hr', 'in-folder', 'packaged', 'plain', 'typed']));
    expect(urls).toContain(pathToFileURL(join(directory, 'typed.ts')).href);
    expect(sameSdk).toEqual([true, true, true, true]);
  });

  it('stop the start with all that is wrong: which, why, and what to do', () => {
    write('empty.ts', 'export const nothing = 1;\n');
    write('syntax.ts', 'export default {{\n');
    write('enum.ts', 'enum A { B }\nexport default A;\n');
    write('imports.ts', "import 'acme-lib';\nexport default {};\n");
    write('half.mjs', "export default { id: 'Half', config: {} };\n");
    write('taken.mjs', connector('acme-hr'));
    write('one.mjs', connector('one'));
    write('two.mjs', connector('one'));
    write('both.mjs', connector('both').replace('secrets: z.object({})', 'secrets: z.object({ host: z.string() })'));
    write('bare/readme.txt', '');
    const { message, problems = [] } = load(
      ...['./away.ts', 'acme-away', './bare', 'bare', './empty.ts', './syntax.ts', './enum.ts', './imports.ts'],
      ...['./half.mjs', './taken.mjs', './one.mjs', './two.mjs', './both.mjs'],
    );
    expect(message).toBe('Muster cannot start: not all connectors that its settings name can be loaded.');
    const says = (name: string) =>
      problems.filter((problem) => problem.startsWith(`MUSTER_CONNECTORS names ${name}, but `));
    expect(says('./away.ts')).toEqual([
      expect.stringContaining(`there is no file ${join(directory, 'away.ts')}. Correct`),
    ]);
    expect(says('acme-away')).toEqual([
      expect.stringMatching(/no package of that name .* Install it there with npm\.$/),
    ]);
    expect(says('./bare')).toEqual([expect.stringContaining('no package.json whose "main" is')]);
    expect(says('bare')).toEqual([expect.stringContaining('or write ./bare for the one in')]);
    expect(says('./empty.ts')).toEqual([expect.stringContaining('it has no connector in it. Let the module say')]);
    expect(says('./syntax.ts')).toEqual([expect.stringContaining('it cannot be imported: ')]);
    expect(says('./enum.ts')).toEqual([expect.stringContaining('leave out enums')]);
    expect(says('./imports.ts')).toEqual([expect.stringContaining("Cannot find package 'acme-lib'")]);
    expect(says('./half.mjs')).toEqual([
      expect.stringMatching(/id must be kebab-case.*; title must be text; .*config must be a z\.object/),
    ]);
    expect(says('./taken.mjs')).toEqual([
      expect.stringContaining('its id acme-hr is taken by a connector that comes with Muster. Give it another id.'),
    ]);
    expect(says('./one.mjs')).toEqual([]);
    expect(says('./two.mjs')).toEqual([expect.stringContaining('its id one is taken by ./one.mjs')]);
    expect(says('./both.mjs')).toEqual([expect.stringContaining('declares "host" as config and as secret')]);
    expect(problems).toHaveLength(12);
  });

  it('let no program start without them, and say so before anything is opened', () => {
    const { status, stderr } = spawnSync(process.execPath, [join(dist, 'apps/standalone/src/main.js')], {
      cwd: directory,
      env: { ...process.env, MUSTER_CONNECTORS: './away.ts', MUSTER_PORT: '0', MUSTER_LOG_LEVEL: 'silent' },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stderr).toContain('Muster cannot start: not all connectors that its settings name can be loaded.\n');
    expect(stderr).toContain('  - MUSTER_CONNECTORS names ./away.ts, but there is no file ');
    expect(existsSync(join(directory, '.muster', 'muster.db'))).toBe(false);
  });
});
