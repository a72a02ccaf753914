import type { Engine } from '#config';
import { createAcmeTenant, type AcmeTenant } from '../support/acme-tenant.js';
import { MusterApi, type SyncAnswer, type SyncRequest } from '../support/muster-api.js';
import { type BenchEngine, benchKey, startBenchEngine } from './bench-engine.js';
import { benchMapping } from './bench-mapping.js';
import { startBenchSource } from './bench-source.js';
import { benchScenarios, type BenchRow, type BenchScenario } from './bench-row.js';
import { measureRawLimit, readRecords } from './raw-limit.js';
import { measureDistributedRawLimit } from './raw-limit-distributed.js';

const peoplePerScenario = 100_000;

export interface BenchSize {
  people: number;
  expressions: number;
}

/** What is measured. */
export interface BenchSetup {
  engine: Engine;
  /** Of the distributed engine. */
  mappers: number;
}

/**
 * Measures the four scenarios for one size: a simulator and a Muster in processes of their own, with fresh data.
 * Start-up is not in it; small sizes are repeated, each time with a new tenant, until 100,000 people have passed.
 */
export async function runSize(
  { engine, mappers }: BenchSetup,
  { people, expressions }: BenchSize,
  say: (line: string) => void,
): Promise<BenchRow[]> {
  const source = await startBenchSource(people);
  const { config, secrets } = source;
  let muster: BenchEngine | null = null;
  try {
    say('reading the source once, measuring the raw limit');
    const records = await readRecords(config, secrets);
    const rawLimitPerSecond =
      engine === 'embedded' ? measureRawLimit(records) : await measureDistributedRawLimit(records);
    muster = await startBenchEngine(engine, mappers);
    const api = new MusterApi(muster.url, benchKey);
    const { attributes, mapping } = benchMapping(expressions);
    const repetitions = Math.max(1, Math.round(peoplePerScenario / people));
    const seconds: Record<BenchScenario, number> = { first: 0, unchanged: 0, dry: 0, replay: 0 };
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const tenant = await createAcmeTenant(api, {
        name: `Bench ${String(repetition)}`,
        config,
        secrets,
        attributes,
        mapping,
        // The odd records of the simulated company must not hold the measured plan.
        safeguards: { failures: 1 },
      });
      let snapshotOf = '';
      for (const scenario of benchScenarios) {
        const sync = await runScenario(api, tenant, scenario, snapshotOf);
        if (scenario === 'unchanged') snapshotOf = sync.id;
        seconds[scenario] += duration(sync);
      }
      say(`${String((repetition + 1) * people)} of ${String(repetitions * people)} people`);
    }
    const peaks = Object.entries(muster.peakRssMiB()).map(([process, peak]) => [process, round(peak, 1)] as const);
    return benchScenarios.map((scenario) => ({
      scenario,
      engine,
      mappers: engine === 'embedded' ? 0 : mappers,
      people,
      expressions,
      seconds: round(seconds[scenario], 4),
      peoplePerSecond: Math.round((people * repetitions) / seconds[scenario]),
      peakRssMiB: peaks.length === 0 ? null : Math.max(...peaks.map(([, peak]) => peak)),
      peakRssMiBByProcess: Object.fromEntries(peaks),
      rawLimitPerSecond: Math.round(rawLimitPerSecond),
    }));
  } finally {
    await muster?.stop();
    await source.stop();
  }
}

async function runScenario(
  api: MusterApi,
  { tenant, integration }: AcmeTenant,
  scenario: BenchScenario,
  snapshotOf: string,
): Promise<SyncAnswer> {
  const requests: Record<BenchScenario, SyncRequest> = {
    first: { mode: 'live' },
    unchanged: { mode: 'live' },
    dry: { mode: 'dry' },
    replay: { mode: 'dry', replayOfSyncId: snapshotOf },
  };
  const sync = await api.runSync(tenant, integration, requests[scenario], 900_000);
  if (sync.state !== 'completed') throw new Error(`${scenario} ended ${sync.state}: ${sync.summary}`);
  return sync;
}

function duration({ createdAt, endedAt }: SyncAnswer): number {
  return (Date.parse(endedAt ?? '') - Date.parse(createdAt)) / 1000;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
