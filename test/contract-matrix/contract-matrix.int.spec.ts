import { beforeAll, describe, expect, it } from 'vitest';
import { RunningMuster } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';
import { expectBoundPorts } from './bound-ports.js';
import {
  type Adapter,
  findAdapters,
  findPorts,
  hasSuite,
  matrixTable,
  platformPorts,
  type Port,
  skippedCases,
  suiteFiles,
  suiteOf,
} from './ports-and-adapters.js';

describe('the contract matrix', () => {
  let ports: Port[];
  let stored: Port[];
  let adapters: Adapter[];

  beforeAll(async () => {
    ports = await findPorts();
    stored = ports.filter(({ name }) => !Object.hasOwn(platformPorts, name));
    adapters = await findAdapters(ports);
    console.log(matrixTable(ports, adapters));
  });

  it('sees every file of ports, and an adapter in every adapter lib', () => {
    expect(new Set(ports.map(({ file }) => file))).toContain('libs/core/src/ports/message-bus.port.ts');
    expect(stored.length).toBeGreaterThanOrEqual(11);
    expect([...new Set(adapters.map(({ lib }) => lib))]).toEqual(
      expect.arrayContaining(['adapter-kafka', 'adapter-mongo', 'adapter-sqlite']),
    );
  });

  it('has a contract suite for every port', () => {
    expect(stored.filter((port) => !hasSuite(port)).map(suiteOf)).toEqual([]);
  });

  it('has two adapters for every port, one of them SQLite', () => {
    const libs = Object.fromEntries(
      stored.map((port) => [port.name, adapters.filter((adapter) => adapter.port === port).map(({ lib }) => lib)]),
    );
    for (const [port, of] of Object.entries(libs)) {
      expect(of, port).toHaveLength(2);
      expect(of, port).toContain('adapter-sqlite');
    }
  });

  it('has a run of its port’s suite for every adapter', () => {
    const missing = adapters.filter(({ runs }) => runs.length === 0);
    expect(missing.map(({ name, lib, port }) => `${lib}: ${name} does not run ${suiteOf(port)}`)).toEqual([]);
  });

  it('leaves out ports by name and with a reason only, and none that has an adapter', () => {
    for (const [name, reason] of Object.entries(platformPorts)) {
      expect(ports.map((port) => port.name)).toContain(name);
      expect(reason.split(' ').length, name).toBeGreaterThanOrEqual(8);
      expect(adapters.filter(({ port }) => port.name === name)).toEqual([]);
    }
  });

  it('leaves out no case of a suite; what needs a server of our own to kill says so', () => {
    const skipped = skippedCases(suiteFiles(adapters));
    expect(skipped.filter(({ file }) => file.startsWith('libs/testing/'))).toEqual([]);
    for (const { file, text } of skipped) expect(text, file).toMatch(/^\.runIf\(testServices\.areOurs\.\w+\)\(/);
  });

  it('is what the platform binds on the embedded engine', async () => {
    const muster = await RunningMuster.start({}, newEmbeddedEngine());
    try {
      expectBoundPorts(muster, ports, adapters, ['adapter-sqlite']);
    } finally {
      await muster.stop();
    }
  });
});
