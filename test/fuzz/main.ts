import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.js';

const usage =
  'Usage: npm run fuzz -- [--seeds 1,2,3] [--examples N] [--operation REGEX]: Schemathesis, with and without a key';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1,2,3' },
    examples: { type: 'string', default: '5' },
    operation: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) console.log(usage);
else {
  const { operation } = values;
  const options = { seeds: values.seeds.split(','), examples: Number(values.examples) };
  const isGood = await fuzz({ ...options, ...(operation === undefined ? {} : { operation }) });
  process.exitCode = isGood ? 0 : 1;
}
