import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigurationError } from '#core';
import { loadConfig } from './load-config.js';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'muster-config-'));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig({ env, directory });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

describe('loadConfig', () => {
  it('starts without any setting', () => {
    const config = loadConfig({ env: {}, directory });
    expect(config).toMatchObject({
      engine: 'embedded',
      port: 8080,
      host: '127.0.0.1',
      dataDir: join(directory, '.muster'),
      adminKey: null,
      masterKey: null,
      mapperThreads: 1,
      retention: { snapshots: 14, packed: 30, outcomes: 400 },
      planningStallSeconds: 120,
    });
  });

  it('reads the file, and lets the environment go first', () => {
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_PORT: 9000\nMUSTER_HOST: 0.0.0.0\n');
    const config = loadConfig({ env: { MUSTER_PORT: '0', MUSTER_HOST: '' }, directory });
    expect(config.port).toBe(0);
    expect(config.host).toBe('0.0.0.0');
  });

  it('lists every problem at once, by name and place, without repeating values', () => {
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_PROT: 9000\nMUSTER_LOG_LEVEL: loud\n');
    const problems = problemsOf({ MUSTER_PORT: '99999', MUSTER_MASTER_KEY: 'c2VjcmV0', MUSTER_PULBIC_URL: 'x' });
    expect(problems).toHaveLength(5);
    expect(problems.join('\n')).toMatch(/MUSTER_PORT must be a whole number from 0 to 65535 \(environment\)/);
    expect(problems.join('\n')).toMatch(/MUSTER_LOG_LEVEL must be one of .* \(muster\.config\.yaml\)/);
    expect(problems.join('\n')).toMatch(/MUSTER_PROT is no setting of Muster \(muster\.config\.yaml\)/);
    expect(problems.join('\n')).toMatch(/MUSTER_PULBIC_URL is no setting of Muster \(environment\)/);
    expect(problems.join('\n')).not.toContain('c2VjcmV0');
  });

  it.each(['x', '-1', '1.5', '65536'])('does not take %s for a port', (port) => {
    expect(problemsOf({ MUSTER_PORT: port })).toEqual([
      'MUSTER_PORT must be a whole number from 0 to 65535 (environment).',
    ]);
  });

  it('says that the distributed engine is not there yet', () => {
    expect(problemsOf({ MUSTER_ENGINE: 'distributed' })).toEqual([
      expect.stringMatching(/^MUSTER_ENGINE distributed \(Kafka and MongoDB\) is not part of this version/),
    ]);
  });

  it('says where a file stops being YAML, and what a list of settings is', () => {
    writeFileSync(join(directory, 'muster.config.yaml'), 'MUSTER_PORT: [1\n');
    expect(problemsOf({})).toEqual([expect.stringMatching(/not valid YAML at line \d+, column \d+/)]);
    writeFileSync(join(directory, 'muster.config.yaml'), '- MUSTER_PORT\n');
    expect(problemsOf({})).toEqual([expect.stringContaining('one `NAME: value` a line')]);
  });

  it('leaves what Kubernetes and the client put beside our names alone', () => {
    const env = {
      MUSTER_SERVICE_HOST: '10.0.0.1',
      MUSTER_PORT_8080_TCP: 'tcp://10.0.0.1:8080',
      MUSTER_URL: 'http://x',
    };
    expect(problemsOf(env)).toEqual([]);
  });
});
