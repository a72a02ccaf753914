import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { killStandalone, killPoints } from './kill-standalone.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '60' },
    people: { type: 'string', default: '6000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
  },
});

const seed = Number(values.seed);
const kills = Number(values.kills);
const people = Number(values.people);
console.log(`kill -9 of the standalone process, at least ${String(kills)} times. Seed ${String(seed)}.`);
const report = await killStandalone({ kills, people, seed, say: (line) => console.log(`  ${line}`) });

const span = (times: readonly number[]): string => {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  return `median ${at(0.5)} ms, longest ${at(1)} ms`;
};
console.log(`
${String(report.kills)} kills in ${String(report.syncs)} syncs of ${String(report.companies)} companies
where: ${killPoints.map((state) => `${state} ${String(report.byPoint[state])}`).join(', ')}
start of the process: ${span(report.restartMs)}
from there to the end of the sync: ${span(report.recoveryMs)}`);

const missed = killPoints.filter((state) => report.byPoint[state] === 0);
if (missed.length > 0) console.error(`Never hit: ${missed.join(', ')}. Ask for more kills.`);
for (const difference of report.differences) console.error(difference);
if (missed.length > 0 || report.differences.length > 0) {
  console.error(
    `Failed. To see it again: npm run chaos -- --kills ${String(kills)} --people ${String(people)} --seed ${String(seed)}`,
  );
  process.exitCode = 1;
} else {
  console.log('Nothing was lost, nothing was done twice.');
}
