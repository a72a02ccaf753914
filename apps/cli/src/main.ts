#!/usr/bin/env node
import { Terminal } from './output/terminal.js';
import { run } from './program.js';

// Whoever reads the output may stop reading, as `head` does: that is no fault to report.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const terminal = new Terminal(process.stdout, process.stderr, process.stdin);
process.exitCode = await run(process.argv.slice(2), terminal, process.env);
