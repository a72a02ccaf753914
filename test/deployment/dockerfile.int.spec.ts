import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './compose-file.js';

interface Instruction {
  name: string;
  /** Without flags. */
  words: string[];
  from: string | null;
}

interface Stage {
  base: string;
  name: string | null;
  instructions: Instruction[];
}

const readText = (file: string): string => readFileSync(join(root, file), 'utf8');

/** The stages of the Dockerfile, which keeps every instruction on a line of its own. */
function readStages(): Stage[] {
  const stages: Stage[] = [];
  for (const line of readText('Dockerfile').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [name = '', ...rest] = line.split(' ');
    const words = rest.filter((word) => !word.startsWith('--'));
    if (name === 'FROM') stages.push({ base: words[0] ?? '', name: words[2] ?? null, instructions: [] });
    else stages.at(-1)?.instructions.push({ name, words, from: /^--from=(.+)$/.exec(rest[0] ?? '')?.[1] ?? null });
  }
  return stages;
}

const stages = readStages();
const final = stages.at(-1)?.instructions ?? [];
const values = (name: string): string[][] =>
  final.filter((instruction) => instruction.name === name).map(({ words }) => words);
const packageJson = JSON.parse(readText('package.json')) as {
  dependencies: Record<string, string>;
  scripts: Record<string, string>;
};

describe('Dockerfile', () => {
  it('builds on the Node that package.json pins, or on stages before', () => {
    const image = `node:${packageJson.dependencies['node'] ?? ''}-bookworm-slim`;
    for (const [index, { base, instructions }] of stages.entries()) {
      const before = stages.slice(0, index).map(({ name }) => name);
      expect([image, ...before]).toContain(base);
      for (const { from } of instructions) if (from !== null) expect(before).toContain(from);
    }
  });

  it('copies what the tree has and .dockerignore lets through', () => {
    const ignored = readText('.dockerignore').split('\n');
    expect(ignored).toContain('*');
    const copies = stages.flatMap(({ instructions }) => instructions).filter(({ name }) => name === 'COPY');
    const fromTree = copies.filter(({ from }) => from === null).flatMap(({ words }) => words.slice(0, -1));
    expect(fromTree.length).toBeGreaterThan(0);
    for (const path of fromTree) {
      expect(existsSync(join(root, path))).toBe(true);
      expect(ignored).toContain(`!${path}`);
    }
    expect(fromTree).toEqual(
      expect.arrayContaining(ignored.filter((line) => line.startsWith('!')).map((line) => line.slice(1))),
    );
  });

  it('runs as a user without rights, who may write to the data directory and the inbox alone', () => {
    expect(values('USER').at(-1)).toEqual(['node']);
    expect(values('RUN')).toEqual(['mkdir /data /inbox && chown node:node /data /inbox'.split(' ')]);
    expect(values('ENV')).toEqual([['NODE_ENV=production', 'MUSTER_HOST=0.0.0.0', 'MUSTER_DATA_DIR=/data']]);
  });

  it('starts Node as `npm start` does, with a program of the tree', () => {
    const entry = JSON.parse(values('ENTRYPOINT')[0]?.join(' ') ?? '') as string[];
    const command = JSON.parse(values('CMD')[0]?.join(' ') ?? '') as string[];
    expect(packageJson.scripts['start']).toBe(`node scripts/build.mjs && exec ${[...entry, ...command].join(' ')}`);
    expect(existsSync(join(root, (command[0] ?? '').replace(/^dist\//, '').replace(/\.js$/, '.ts')))).toBe(true);
  });
});
