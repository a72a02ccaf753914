import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type CountsByFault, summed, table, total, violations } from './fault-counts.js';
import type { Fault } from './fault.js';
import { allFaults } from './faults/index.js';
import { harmFleet, type HarmReport } from './harm-fleet.js';

const usage = `npm run chaos -- --engine distributed [--seed N | --seeds N,M,…] [--faults all|name,…] [--rounds 5] [--minutes 60]
         [--per-sync 3] [--people 1500] [--outage-seconds 30] [--json FILE]
       npm run chaos -- --engine distributed --sum FILE…`;

/** A run as `--json` appends it, one a line. */
interface KeptRun {
  seed: number;
  syncs: number;
  problems: number;
  counts: CountsByFault;
}

/** `npm run chaos -- --engine distributed …`. Throws when anything is wrong. */
export async function distributedCommand(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      engine: { type: 'string' },
      seed: { type: 'string' },
      seeds: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
      faults: { type: 'string', default: 'all' },
      rounds: { type: 'string', default: '5' },
      minutes: { type: 'string', default: '60' },
      'per-sync': { type: 'string', default: '3' },
      people: { type: 'string', default: '1500' },
      'outage-seconds': { type: 'string', default: '30' },
      json: { type: 'string' },
      sum: { type: 'boolean', default: false },
    },
  });
  if (values.sum) {
    tell(positionals.flatMap(readRuns));
    return;
  }
  const faults = chosen(values.faults, whole('--outage-seconds', values['outage-seconds'], 1) * 1000);
  const runs: KeptRun[] = [];
  for (const text of (values.seed ?? values.seeds).split(',')) {
    const seed = whole('--seed', text, 0);
    const plan = {
      ...{ seed, faults, rounds: whole('--rounds', values.rounds, 1), minutes: whole('--minutes', values.minutes, 1) },
      perSync: whole('--per-sync', values['per-sync'], 1),
      people: whole('--people', values.people, 500),
    };
    const again = `npm run chaos -- --engine distributed --seed ${text} --faults ${values.faults} --rounds ${values.rounds} --people ${values.people}`;
    console.log(`Faults on the distributed engine: ${again}`);
    const keep = keeper(values.json, seed);
    const report = await harmFleet({
      ...plan,
      say: (line) => console.log(`${new Date().toISOString().slice(11, 19)}  ${line}`),
      onStory: keep,
    });
    runs.push(keep(report));
    if (report.problems.length > 0) throw new Error(`${failure(report)}\nTo see it again: ${again}`);
  }
  tell(runs);
}

/** Puts a run into a file behind what is there, and replaces it whenever it has come further. */
function keeper(file: string | undefined, seed: number): (report: HarmReport) => KeptRun {
  const earlier = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  return ({ syncs, problems, counts }) => {
    const run = { seed, syncs, problems: problems.length, counts };
    if (file !== undefined) writeFileSync(file, `${earlier}${JSON.stringify(run)}\n`);
    return run;
  };
}

function tell(runs: readonly KeptRun[]): void {
  const counts = summed(runs.map((run) => run.counts));
  const syncs = runs.reduce((sum, run) => sum + run.syncs, 0);
  const seeds = runs.map(({ seed }) => seed).join(', ');
  console.log(
    `\n${table(counts)}\n\n${String(total(counts).injected)} faults in ${String(syncs)} syncs, seeds ${seeds}`,
  );
  const missed = Object.entries(counts).filter(([, { injected }]) => injected === 0);
  const wrong = [
    ...violations(counts),
    ...missed.map(([fault]) => `${fault}: never injected; give it more --minutes`),
    ...withoutEvidence(counts),
  ];
  const problems = runs.reduce((sum, run) => sum + run.problems, 0);
  if (wrong.length + problems > 0) throw new Error(`Failed:\n  ${wrong.join('\n  ')}`);
  console.log('Nothing was lost, nothing was done twice, nothing hangs.');
}

/** Rows that prove nothing as long as nothing came again, or nothing was refused. */
function withoutEvidence(counts: CountsByFault): string[] {
  const of = (part: string): CountsByFault =>
    Object.fromEntries(Object.entries(counts).filter(([fault]) => fault.includes(part)));
  const [dropped, zombies] = [of('answer dropped'), of('zombie')];
  return [
    ...(Object.keys(dropped).length > 0 && total(dropped).redelivered === 0
      ? ['answers were dropped, and nothing was written again']
      : []),
    ...(Object.keys(zombies).length > 0 && total(zombies).refused === 0
      ? ['roles were resumed as zombies, and no write was refused']
      : []),
  ];
}

function failure({ counts, problems, logs }: HarmReport): string {
  return [table(counts), ...problems, `The processes' logs: ${String(logs)}`].join('\n');
}

function chosen(text: string, outageMs: number): Fault[] {
  const all = allFaults(outageMs);
  if (text === 'all') return [...all];
  return text.split(',').flatMap((name) => {
    const found = all.filter((fault) => fault.name.includes(name.trim()));
    if (found.length > 0) return found;
    throw new Error(`--faults ${name}: there are ${all.map((fault) => fault.name).join(', ')}\n${usage}`);
  });
}

function readRuns(file: string): KeptRun[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as KeptRun);
}

function whole(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(`${name} ${text}: not a whole number of at least ${String(least)}\n${usage}`);
}
