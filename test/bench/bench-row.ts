import type { Engine } from '#config';

export const benchScenarios = ['first', 'unchanged', 'dry', 'replay'] as const;
export type BenchScenario = (typeof benchScenarios)[number];

/** One measured line; also an element of the JSON that `--json` writes. */
export interface BenchRow {
  scenario: BenchScenario;
  engine: Engine;
  /** Processes that map; 0: the one process does everything. */
  mappers: number;
  people: number;
  expressions: number;
  /** From queueing to the end of the sync; the sum over all repetitions. */
  seconds: number;
  peoplePerSecond: number;
  /** Of the largest process; null where the system does not tell. */
  peakRssMiB: number | null;
  /** Of each process by its role. */
  peakRssMiBByProcess: Record<string, number>;
  /**
   * Of the same records in the same run. Embedded: JSON parse and SQLite insert. Distributed: produced to Kafka, consumed,
   * inserted into MongoDB.
   */
  rawLimitPerSecond: number;
}

export function formatHeader(): string {
  return `${'engine'.padEnd(15)}${'scenario'.padEnd(10)}${'people'.padStart(10)}${'expr.'.padStart(7)}${'seconds'.padStart(10)}${'people/s'.padStart(12)}${'of raw'.padStart(9)}${'peak RSS'.padStart(11)}`;
}

export function formatRow(row: BenchRow): string {
  const share = `${((row.peoplePerSecond / row.rawLimitPerSecond) * 100).toFixed(0)} %`;
  const rss = row.peakRssMiB === null ? '–' : `${row.peakRssMiB.toFixed(0)} MiB`;
  return `${engineOf(row).padEnd(15)}${row.scenario.padEnd(10)}${row.people.toLocaleString('en').padStart(10)}${String(row.expressions).padStart(7)}${row.seconds.toFixed(2).padStart(10)}${Math.round(row.peoplePerSecond).toLocaleString('en').padStart(12)}${share.padStart(9)}${rss.padStart(11)}`;
}

/** The peaks of each process, where there are several. */
export function formatProcesses(rows: readonly BenchRow[]): string {
  const peaks = Object.entries(rows.at(-1)?.peakRssMiBByProcess ?? {});
  return peaks.map(([process, peak]) => `${process} ${peak.toFixed(0)} MiB`).join(', ');
}

function engineOf({ engine, mappers }: BenchRow): string {
  return engine === 'embedded' || mappers === 1 ? engine : `distrib. ×${String(mappers)}`;
}
