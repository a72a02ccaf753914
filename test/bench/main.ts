import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Engine, engines } from '#config';
import { type BenchRow, formatHeader, formatProcesses, formatRow } from './bench-row.js';
import { type BenchSize, runSize } from './run-size.js';

const usage = `npm run bench -- [--engine embedded|distributed] [--mappers N[,N…]] [--people N[,N…]] [--expressions N[,N…]] [--json FILE]
  Without sizes: 1,000, 10,000 and 100,000 people with 14 expressions, and 10,000 people with 10, 50 and 200.
  The distributed engine runs on the servers of \`npm run services:up\`, or those of KAFKA_BROKERS and MONGODB_URI.`;

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'embedded' },
    mappers: { type: 'string' },
    people: { type: 'string' },
    expressions: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function numbers(text: string | undefined, name: string, least: number): number[] | null {
  if (text === undefined) return null;
  return text.split(',').map((part) => {
    const number = Number(part.replaceAll('_', ''));
    if (!Number.isSafeInteger(number) || number < least) {
      throw new Error(`--${name} ${part}: not a whole number of at least ${String(least)}`);
    }
    return number;
  });
}

function engine(): Engine {
  const found = engines.find((name) => name === values.engine);
  if (found === undefined) throw new Error(`--engine ${values.engine}: not one of ${engines.join(', ')}`);
  return found;
}

function sizes(): BenchSize[] {
  const people = numbers(values.people, 'people', 3);
  const expressions = numbers(values.expressions, 'expressions', 3);
  if (people === null && expressions === null) {
    return [
      ...[1_000, 10_000, 100_000].map((count) => ({ people: count, expressions: 14 })),
      ...[10, 50, 200].map((count) => ({ people: 10_000, expressions: count })),
    ];
  }
  return (people ?? [10_000]).flatMap((count) =>
    (expressions ?? [14]).map((width) => ({ people: count, expressions: width })),
  );
}

async function main(): Promise<void> {
  if (values.help) {
    console.log(usage);
    return;
  }
  const setups = (numbers(values.mappers, 'mappers', 1) ?? [1]).map((mappers) => ({ engine: engine(), mappers }));
  const rows: BenchRow[] = [];
  for (const setup of setups) {
    for (const size of sizes()) {
      const title = `${size.people.toLocaleString('en')} people, ${String(size.expressions)} expressions`;
      const measured = await runSize(setup, size, (line) => {
        console.error(`  ${title}: ${line}`);
      });
      if (rows.length === 0) console.log(formatHeader());
      for (const row of measured) console.log(formatRow(row));
      console.log(formatProcesses(measured));
      rows.push(...measured);
    }
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 1;
});
