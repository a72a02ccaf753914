export const benchScenarios = ['first', 'unchanged', 'dry', 'replay'] as const;
export type BenchScenario = (typeof benchScenarios)[number];

/** One measured line; also an element of the JSON that `--json` writes. */
export interface BenchRow {
  scenario: BenchScenario;
  engine: 'embedded';
  people: number;
  expressions: number;
  /** From queueing to the end of the sync; the sum over all repetitions. */
  seconds: number;
  peoplePerSecond: number;
  /** Of the server's process; null where the system does not tell. */
  peakRssMiB: number | null;
  /** JSON parse and SQLite insert of the same records, same run. */
  rawLimitPerSecond: number;
}

export function formatHeader(): string {
  return `${'scenario'.padEnd(10)}${'people'.padStart(10)}${'expr.'.padStart(7)}${'seconds'.padStart(10)}${'people/s'.padStart(12)}${'of raw'.padStart(9)}${'peak RSS'.padStart(11)}`;
}

export function formatRow(row: BenchRow): string {
  const share = `${((row.peoplePerSecond / row.rawLimitPerSecond) * 100).toFixed(0)} %`;
  const rss = row.peakRssMiB === null ? '–' : `${row.peakRssMiB.toFixed(0)} MiB`;
  return `${row.scenario.padEnd(10)}${row.people.toLocaleString('en').padStart(10)}${String(row.expressions).padStart(7)}${row.seconds.toFixed(2).padStart(10)}${Math.round(row.peoplePerSecond).toLocaleString('en').padStart(12)}${share.padStart(9)}${rss.padStart(11)}`;
}
