import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PythonPrograms } from '../support/python-programs.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';

const version = '4.32.5';

/** Streams go on until their sync has ended: they have tests of their own. */
const endless = '/events$';

const folder = path.resolve(import.meta.dirname, '..', '..').replace(/\/dist$/, '');
/** Of `formats.py`. */
const hooks = { SCHEMATHESIS_HOOKS: 'formats', PYTHONPATH: path.join(folder, 'test', 'fuzz') };

export interface FuzzOptions {
  seeds: readonly string[];
  /** For each operation and phase. */
  examples: number;
  /** A regular expression of paths; default: all. */
  operation?: string;
}

/** Runs Schemathesis with all its checks, with and without a key, on a Muster with a company in it; false: something is wrong. */
export async function fuzz({ seeds, examples, operation }: FuzzOptions): Promise<boolean> {
  const programs = await PythonPrograms.install(`schemathesis-${version}`, [`schemathesis==${version}`]);
  const engine = newEmbeddedEngine();
  const muster = await RunningMuster.start(
    {},
    { ...engine, env: { ...engine.env, MUSTER_RATE_LIMIT_PER_MINUTE: '0' } },
  );
  const work = mkdtempSync(path.join(tmpdir(), 'muster-fuzz-'));
  const company = await startCompany(muster, { people: 30, seed: 1 });
  try {
    const { tenant, integration } = company;
    await muster.api.runSync(tenant, integration, { mode: 'dry' });
    const { id: sync } = await muster.api.runSync(tenant, integration, { mode: 'live' });
    const [outcome] = await muster.api.outcomes(tenant, sync);
    const [user] = await muster.users(tenant);
    const known = { tenant, integration, sync, outcome: outcome?.id, user: user?.id, version: 1, seq: 1 };
    writeFileSync(path.join(work, 'schemathesis.toml'), settings(known));
    let isGood = true;
    for (const seed of seeds) {
      for (const key of [muster.api.key, null]) {
        console.log(`\nSeed ${seed}, ${key === null ? 'without a key' : 'with an operator’s key'}`);
        const args = [
          ...['run', `${muster.api.url}/openapi.json`, '--checks', 'all', '--seed', seed, '-n', String(examples)],
          ...['--continue-on-failure', '--exclude-path-regex', endless],
          ...(operation === undefined ? [] : ['--include-path-regex', operation]),
          ...(key === null ? [] : ['-H', `Authorization: Bearer ${key}`]),
        ];
        isGood = (await programs.run('schemathesis', args, { directory: work, env: hooks })) && isGood;
      }
    }
    return isGood;
  } finally {
    await company.source.stop();
    await muster.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Most requests go to things that exist. Beyond what Schemathesis takes for an answer by itself: 412 where a tag is of
 * another revision, 422 where a request is sound and cannot be carried out as things are, 428 where a tag is missing
 * (RFC 6585).
 */
function settings(known: Record<string, string | number | undefined>): string {
  const names = Object.keys(known);
  return [
    '[checks]',
    'positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "409", "410", "412", "422", "429"]',
    'negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "412", "415", "422", "428", "429", "431"]',
    'missing_required_header.expected-statuses = ["400", "401", "403", "406", "415", "422", "428"]',
    ...names.map((name) => `[dictionaries.${name}]\nvalues = [${JSON.stringify(known[name])}]`),
    '[parameters]',
    ...names.map((name) => `"path.${name}" = { dictionary = "${name}", probability = 0.7 }`),
    '',
  ].join('\n');
}
