import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import workdayRaas from '#connectors/workday-raas';
import { ChildRunner, type ConnectorRun, InProcessRun } from '#connector-runner';
import { Dialler, EgressPolicy, noOwnSecrets } from '#connector-sdk';
import { Metrics, SilentLogger } from '#telemetry';
import { percentile } from '../percentile.js';
import { childPids, processUsage } from './process-usage.js';
import { reportEntry } from './report-entry.js';

const usage = `npm run bench:connectors -- [--people N] [--bytes N] [--runs N]
  How fast a report of people is read, split and handed on: by a connector in a process of its own, by one in this process, and what
  JSON.parse alone does; how long such a process takes to start, and one that was started ahead.`;

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '100000' },
    bytes: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
});
const people = Number(values.people);
const bytes = Number(values.bytes);
const runs = Number(values.runs);
const moduleUrl = new URL('../../../connectors/workday-raas/src/index.js', import.meta.url).href;
const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });

interface Measured {
  perSecond: number;
  /** Of all processes that read, for all records. */
  cpuSeconds: number;
  peakMiB: number;
  firstRecordMs: number;
}

function call(port: number) {
  return {
    connector: workdayRaas,
    config: workdayRaas.config.parse({
      reportUrl: `http://127.0.0.1:${String(port)}/ccx/service/customreport2/acme/owner/report`,
      username: 'bench',
    }),
    secrets: { password: 'bench' },
    ownSecrets: noOwnSecrets,
    state: null,
    dialler,
    signal: new AbortController().signal,
    log: () => undefined,
  };
}

/** `besides`: processes that are there anyway; null: the connector has none of its own. */
async function measure(run: ConnectorRun, besides: readonly string[] | null): Promise<Measured> {
  const startedAt = performance.now();
  const cpuBefore = process.cpuUsage();
  let records = 0;
  let firstRecordMs = 0;
  let child = { cpuSeconds: 0, peakMiB: 0 };
  for await (const part of run.fetch({ cursor: null, person: null })) {
    if (records === 0) firstRecordMs = performance.now() - startedAt;
    records += part.records.length;
    if (besides === null || (records % 5_000 > part.records.length && records < people * 0.99)) continue;
    const [pid] = childPids().filter((one) => !besides.includes(one));
    child = (pid === undefined ? null : processUsage(pid)) ?? child;
  }
  const seconds = (performance.now() - startedAt) / 1000;
  await run.close();
  if (records !== people) throw new Error(`${String(records)} of ${String(people)} people came.`);
  const own = process.cpuUsage(cpuBefore);
  return {
    perSecond: records / seconds,
    cpuSeconds: (own.user + own.system) / 1e6 + child.cpuSeconds,
    peakMiB: child.peakMiB,
    firstRecordMs,
  };
}

function parseAlone(): number {
  const entries = Array.from({ length: people }, (_, n) => Buffer.from(reportEntry(n, bytes)));
  const startedAt = performance.now();
  for (const entry of entries) JSON.parse(entry.toString('utf8'));
  return people / ((performance.now() - startedAt) / 1000);
}

async function startUp(port: number, isAhead: boolean): Promise<number> {
  const runner = newRunner();
  if (isAhead) {
    const first = runner.open({ ...call(port), moduleUrl });
    for await (const { step } of first.check()) if (step === 'connect') break;
    await first.close();
    // As long as the next process takes to be ready.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  const run = runner.open({ ...call(port), moduleUrl });
  const startedAt = performance.now();
  await run.check()[Symbol.asyncIterator]().next();
  const ms = performance.now() - startedAt;
  await run.close();
  await runner.onModuleDestroy();
  return ms;
}

function newRunner(): ChildRunner {
  return new ChildRunner({ logger: new SilentLogger(), metrics: new Metrics() });
}

function median(numbers: readonly number[]): number {
  return percentile(numbers, 0.5);
}

function show(name: string, all: Measured[], parse: number): void {
  const perSecond = median(all.map((one) => one.perSecond));
  const perCore = median(all.map(({ cpuSeconds }) => people / cpuSeconds));
  const peak = Math.max(...all.map(({ peakMiB }) => peakMiB));
  const figures = [
    `${Math.round(perSecond).toLocaleString('en')}/s`,
    `${Math.round(perCore).toLocaleString('en')} for each second of CPU`,
    `${((100 * perSecond) / parse).toFixed(0)} % of JSON.parse alone`,
    ...(peak === 0 ? [] : [`at most ${peak.toFixed(0)} MiB in its process`]),
  ];
  console.log(`${name}: ${figures.join(', ')}`);
}

async function main(): Promise<void> {
  if (values.help) return void console.log(usage);
  const server = fork(new URL('./report-server.js', import.meta.url), [values.people, values.bytes]);
  const [port] = (await once(server, 'message')) as [number];
  const besides = [String(server.pid)];
  const runner = newRunner();
  const apart: Measured[] = [];
  const inside: Measured[] = [];
  const parses: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    parses.push(parseAlone());
    apart.push(await measure(runner.open({ ...call(port), moduleUrl }), besides));
    inside.push(await measure(new InProcessRun({ ...call(port), moduleUrl: null }), null));
  }
  await runner.onModuleDestroy();
  const parse = median(parses);
  console.log(`${people.toLocaleString('en')} people of ${String(bytes)} bytes, median of ${String(runs)} runs`);
  console.log(`JSON.parse alone: ${Math.round(parse).toLocaleString('en')}/s`);
  show('In a process of its own', apart, parse);
  show('In this process', inside, parse);
  const cold: number[] = [];
  const ahead: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    cold.push(await startUp(port, false));
    ahead.push(await startUp(port, true));
  }
  console.log(
    `Until a connector says its first word: ${median(cold).toFixed(0)} ms, started ahead ${median(ahead).toFixed(0)} ms`,
  );
  server.disconnect();
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exit(1);
});
