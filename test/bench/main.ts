import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BenchRow, formatHeader, formatRow } from './bench-row.js';
import { type BenchSize, runSize } from './run-size.js';

const usage = `npm run bench -- [--engine embedded] [--people N[,N…]] [--expressions N[,N…]] [--json FILE]
  Without sizes: 1,000, 10,000 and 100,000 people with 14 expressions, and 10,000 people with 10, 50 and 200.`;

const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'embedded' },
    people: { type: 'string' },
    expressions: { type: 'string' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});

function numbers(text: string | undefined, name: string): number[] | null {
  if (text === undefined) return null;
  return text.split(',').map((part) => {
    const number = Number(part.replaceAll('_', ''));
    if (!Number.isSafeInteger(number) || number < 3)
      throw new Error(`--${name} ${part}: not a whole number of at least 3`);
    return number;
  });
}

function sizes(): BenchSize[] {
  const people = numbers(values.people, 'people');
  const expressions = numbers(values.expressions, 'expressions');
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
  if (values.engine !== 'embedded') throw new Error(`--engine ${values.engine}: only embedded is part of this version`);
  const rows: BenchRow[] = [];
  for (const size of sizes()) {
    const title = `${size.people.toLocaleString('en')} people, ${String(size.expressions)} expressions`;
    const measured = await runSize(size, (line) => {
      console.error(`  ${title}: ${line}`);
    });
    if (rows.length === 0) console.log(formatHeader());
    for (const row of measured) console.log(formatRow(row));
    rows.push(...measured);
  }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(usage);
  process.exitCode = 1;
});
