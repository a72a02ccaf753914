import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '#testing';
import { type CommandNode, commandTree } from '../../apps/cli/src/completion/command-tree.js';
import { createProgram, run } from '../../apps/cli/src/program.js';
import { capturedTerminal } from './captured-terminal.js';

const execute = promisify(execFile);

let folder: string;
let nodes: CommandNode[];

beforeAll(async () => {
  folder = temporaryDirectory();
  for (const shell of ['bash', 'zsh', 'fish']) writeFileSync(join(folder, shell), await script(shell));
  mkdirSync(join(folder, 'files', 'a folder'), { recursive: true });
  writeFileSync(join(folder, 'files', 'settings.yaml'), '');
  nodes = commandTree(createProgram(capturedTerminal().terminal));
});

async function script(shell: string): Promise<string> {
  const { terminal, out } = capturedTerminal();
  expect(await run(['completion', shell], terminal)).toBe(0);
  return out.text;
}

/** What bash offers for the last word of each command line. */
async function offers(...lines: string[][]): Promise<string[][]> {
  const asked = lines.map(
    (words) =>
      `COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${String(words.length - 1)}; _muster; printf '%s|' "\${COMPREPLY[@]}"; echo`,
  );
  const program = [`source '${join(folder, 'bash')}'`, ...asked].join('\n');
  const { stdout, stderr } = await execute('bash', ['--norc', '--noprofile', '-u', '-c', program], {
    cwd: join(folder, 'files'),
  });
  expect(stderr).toBe('');
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('|').filter((word) => word !== ''));
}

async function offered(...words: string[]): Promise<string[]> {
  const [first = []] = await offers(['muster', ...words]);
  return first;
}

describe('in bash', () => {
  it('every command and every option of the program is completed', async () => {
    const at = ({ path }: CommandNode) => ['muster', ...path.split(' ').filter((word) => word !== '')];
    const commands = await offers(...nodes.map((node) => [...at(node), '']));
    const options = await offers(...nodes.map((node) => [...at(node), '-']));
    const namesOf = (node: CommandNode | undefined) => (node?.options ?? []).flatMap(({ names }) => names);
    nodes.forEach((node, index) => {
      expect(commands[index]).toEqual(expect.arrayContaining(node.commands.map(({ name }) => name)));
      const own = index === 0 ? [] : namesOf(node);
      expect(options[index]?.toSorted(), node.path).toEqual([...own, ...namesOf(nodes[0])].toSorted());
    });
    expect(nodes.length).toBeGreaterThan(50);
  });

  it('a word is completed by what stands before it', async () => {
    expect(await offered('syn')).toEqual(['sync']);
    expect(await offered('sync', 'und')).toEqual(['undo']);
    expect(await offered('--json', 'sync', 'list', '--st')).toEqual(['--state']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect(await offered('nosuch', 'und')).toEqual([]);
  });

  it('an option’s value is one of those that it takes, a file, or left to the user', async () => {
    expect(await offered('attribute', 'put', 'custom.x', '--type', 'str')).toEqual(['string', 'string[]']);
    expect(await offered('user', 'export', '-o', '')).toEqual(expect.arrayContaining(['settings.yaml', 'a folder']));
    expect(await offered('sync', 'list', '--limit', '')).toEqual([]);
  });

  it('an option’s value is taken for no command', async () => {
    expect(await offered('--tenant', 'user', 'sync', 'und')).toEqual(['undo']);
    expect(await offered('sync', 'list', '--tenant', 'sync', '--mode', 'l')).toEqual(['live']);
  });
});

describe.each(['zsh', 'fish'])('the script for %s', (shell) => {
  it('names every command and every option', async () => {
    const text = await script(shell);
    for (const { commands, options } of nodes) {
      for (const { name } of commands) expect(text).toMatch(new RegExp(`'${name}[:']`));
      for (const { names } of options) for (const name of names) expect(text).toContain(name.replace(/^--?/, ''));
    }
  });

  it('is read by that shell, where it is installed', async () => {
    const checking = execute(shell, ['-n', join(folder, shell)]);
    await expect(checking.catch(ignoreMissing)).resolves.toBeDefined();
  });
});

function ignoreMissing(error: NodeJS.ErrnoException): true {
  if (error.code === 'ENOENT') return true;
  throw error;
}

it('another shell is refused', async () => {
  const { terminal, err } = capturedTerminal();
  expect(await run(['completion', 'tcsh'], terminal)).toBe(2);
  expect(err.text).toContain('bash, zsh, fish');
});
