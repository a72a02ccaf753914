/** What one fault row came to. */
export interface FaultCounts {
  injected: number;
  /** Records, outcomes, users or messages that are missing. */
  lost: number;
  /** Outcomes, users or writes that are there twice or differ from the undisturbed run. */
  doubled: number;
  /** Syncs that did not end, and roles that did not recover. */
  hanging: number;
  redelivered: number;
  refused: number;
  /** Writes of somebody who had been replaced that were let through. */
  stale: number;
  /** Processes that ended without being told to. */
  ownExits: number;
}

export type CountsByFault = Record<string, FaultCounts>;

export const noCounts: Readonly<FaultCounts> = {
  injected: 0,
  lost: 0,
  doubled: 0,
  hanging: 0,
  redelivered: 0,
  refused: 0,
  stale: 0,
  ownExits: 0,
};

const columns = Object.keys(noCounts) as (keyof FaultCounts)[];
const forbidden = ['lost', 'doubled', 'hanging', 'stale'] as const;

export function addCounts(to: CountsByFault, fault: string, more: Partial<FaultCounts>): void {
  const sum = { ...noCounts, ...to[fault] };
  for (const column of columns) sum[column] += more[column] ?? 0;
  to[fault] = sum;
}

/** The counts of several runs as one. */
export function summed(runs: readonly CountsByFault[]): CountsByFault {
  const sum: CountsByFault = {};
  for (const run of runs) for (const [fault, counts] of Object.entries(run)) addCounts(sum, fault, counts);
  return sum;
}

export function total(counts: CountsByFault): FaultCounts {
  const sum: CountsByFault = {};
  for (const row of Object.values(counts)) addCounts(sum, 'all', row);
  return sum['all'] ?? { ...noCounts };
}

/** What must not have happened and did, in words. */
export function violations(counts: CountsByFault): string[] {
  return Object.entries(counts).flatMap(([fault, row]) =>
    forbidden.filter((column) => row[column] > 0).map((column) => `${fault}: ${String(row[column])} ${column}`),
  );
}

/** A row each, aligned. */
export function table(counts: CountsByFault): string {
  const head = ['fault', ...columns];
  const rows = [...Object.entries(counts), ['all', total(counts)] as const].map(([fault, row]) => [
    fault,
    ...columns.map((column) => String(row[column])),
  ]);
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  ');
  return [head, ...rows].map(line).join('\n');
}
