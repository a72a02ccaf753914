import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as testing from '#testing';

type Class = abstract new (...args: never[]) => object;

export interface Port {
  name: string;
  token: Class;
  /** Where it is declared. */
  file: string;
}

export interface Adapter {
  name: string;
  /** `adapter-sqlite`, … */
  lib: string;
  port: Port;
  /** Specs beside it that run its port's contract suite over it. */
  runs: string[];
}

/** Ports without a technology behind them: `platform` itself has the one implementation, for both engines. */
export const platformPorts: Readonly<Record<string, string>> = {
  Clock: 'The time of day. SystemClock of core on both engines; stores that need the time of their server ask that.',
  SecretBox: 'Encryption, no storage. AesSecretBox of platform on both engines, with a spec of its own beside it.',
};

const root = path.resolve(import.meta.dirname, '../..');

function textOf(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

async function classesOf(file: string): Promise<Map<string, Class>> {
  const exported = (await import(path.join(root, file))) as Record<string, unknown>;
  return new Map(Object.entries(exported).filter((entry): entry is [string, Class] => typeof entry[1] === 'function'));
}

/** Every abstract class that core exports, errors aside: what applications ask for by type. */
export async function findPorts(): Promise<Port[]> {
  const ports: Port[] = [];
  for (const file of globSync('libs/core/src/**/*.ts', { cwd: root }).sort()) {
    const names = [...textOf(file).matchAll(/^export abstract class (\w+)/gm)].map(([, name = '']) => name);
    if (names.length === 0) continue;
    const classes = await classesOf(file);
    for (const name of names) {
      const token = classes.get(name);
      if (token === undefined) throw new Error(`${file} does not export ${name}`);
      ports.push({ name, token, file });
    }
  }
  return ports;
}

/** Every class that an adapter lib exports and that implements one of the ports. */
export async function findAdapters(ports: readonly Port[]): Promise<Adapter[]> {
  const adapters: Adapter[] = [];
  for (const index of globSync('libs/adapter-*/src/index.ts', { cwd: root }).sort()) {
    const lib = path.basename(path.dirname(path.dirname(index)));
    for (const [name, adapter] of await classesOf(index)) {
      const port = ports.find(({ token }) => adapter.prototype instanceof token);
      if (port !== undefined) adapters.push({ name, lib, port, runs: contractRuns(lib, name, port) });
    }
  }
  return adapters;
}

/** The name of the suite that every adapter of a port runs. */
export function suiteOf({ name }: Port): string {
  return `describe${name}Contract`;
}

export function hasSuite(port: Port): boolean {
  return suiteOf(port) in testing;
}

function contractRuns(lib: string, adapter: string, port: Port): string[] {
  return globSync(`libs/${lib}/src/*.{int,kafka,mongo}.spec.ts`, { cwd: root }).filter((file) => {
    const text = textOf(file);
    return text.includes(`${suiteOf(port)}(`) && text.includes(`new ${adapter}(`);
  });
}

/** Files of the contract suites and of the specs that run them, in which no case may be left out unsaid. */
export function suiteFiles(adapters: readonly Adapter[]): string[] {
  return [...globSync('libs/testing/src/*.contract.ts', { cwd: root }), ...adapters.flatMap(({ runs }) => runs)];
}

export interface SkippedCase {
  file: string;
  /** What follows the word that leaves a case out, to the end of the line. */
  text: string;
}

/** Cases that are left out, always or on a condition. */
export function skippedCases(files: Iterable<string>): SkippedCase[] {
  return [...new Set(files)].flatMap((file) =>
    [...textOf(file).matchAll(/\.(?:skip|skipIf|runIf|todo|only|fails)\b.*/g)].map(([text]) => ({ file, text })),
  );
}

/** Ports down, adapter libs across: which class, and how many specs run the contract over it. */
export function matrixTable(ports: readonly Port[], adapters: readonly Adapter[]): string {
  const libs = [...new Set(adapters.map(({ lib }) => lib))].sort();
  const rows = ports.map((port) => [
    port.name,
    ...(Object.hasOwn(platformPorts, port.name)
      ? ['platform, both engines', ...libs.slice(1).map(() => '')]
      : libs.map((lib) => {
          const own = adapters.filter((adapter) => adapter.port === port && adapter.lib === lib);
          return own.map(({ name, runs }) => `${runs.length > 0 ? '✓' : '✗'} ${name}`).join(', ') || '–';
        })),
  ]);
  const lines = [['port', ...libs], ...rows];
  const widths = ['port', ...libs].map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
