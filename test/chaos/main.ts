import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { distributedCommand } from './distributed/command.js';
import { embeddedCommand } from './embedded-command.js';

const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  strict: false,
  allowPositionals: true,
  options: { engine: { type: 'string', default: 'embedded' } },
});
const command = values.engine === 'distributed' ? distributedCommand : embeddedCommand;

command(args).catch((error: unknown) => {
  console.error(error);
  // What a finding left behind, syncs that never end among it, would keep the process for ever.
  process.exit(1);
});
