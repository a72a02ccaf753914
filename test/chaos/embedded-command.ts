import { parseArgs } from 'node:util';
import { killPoints, type KillReport, killStandalone } from './kill-standalone.js';

const usage = 'npm run chaos -- [--kills 60] [--people 6000] [--seed N]';

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new Error(`--${name} ${text}: not a whole number of at least ${String(least)}\n${usage}`);
}

function span(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): string => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  return `median ${at(0.5)} ms, longest ${at(1)} ms`;
}

function tell(report: KillReport): void {
  console.log(`
${String(report.kills)} kills in ${String(report.syncs)} syncs of ${String(report.companies)} companies
where: ${killPoints.map((point) => `${point} ${String(report.byPoint[point])}`).join(', ')}
start of the process: ${span(report.restartMs)}
from there to the end of the sync: ${span(report.recoveryMs)}`);
}

/** Whether all is as it should be; says what is not. */
function judge(report: KillReport): boolean {
  const missed = killPoints.filter((point) => report.byPoint[point] === 0);
  if (missed.length > 0) console.error(`Never hit: ${missed.join(', ')}. Ask for more kills.`);
  for (const difference of report.differences) console.error(difference);
  return missed.length === 0 && report.differences.length === 0;
}

/** `npm run chaos -- …` without another engine named. Throws when anything is wrong. */
export async function embeddedCommand(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string' },
      kills: { type: 'string', default: '60' },
      people: { type: 'string', default: '6000' },
      seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    },
  });
  const plan = {
    kills: wholeNumber('kills', values.kills, 1),
    people: wholeNumber('people', values.people, 500),
    seed: wholeNumber('seed', values.seed, 0),
  };
  const again = `npm run chaos -- --kills ${String(plan.kills)} --people ${String(plan.people)} --seed ${String(plan.seed)}`;
  console.log(`kill -9 of the standalone process during live syncs: ${again}`);
  const report = await killStandalone({ ...plan, say: (line) => console.log(`  ${line}`) });
  tell(report);
  if (!judge(report)) throw new Error(`Failed. To see it again: ${again}`);
  console.log('Nothing was lost, nothing was done twice.');
}
