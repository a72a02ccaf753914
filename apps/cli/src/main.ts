#!/usr/bin/env node
import { Terminal } from './output/terminal.js';
import { run } from './program.js';

process.exitCode = await run(process.argv.slice(2), new Terminal(process.stdout, process.stderr));
