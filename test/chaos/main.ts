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

const exitCode = await command(args).then(
  () => 0,
  (error: unknown) => {
    console.error(error);
    return 1;
  },
);
// Node may spin for ever on its way out, after so many connections and processes that were killed.
process.exit(exitCode);
