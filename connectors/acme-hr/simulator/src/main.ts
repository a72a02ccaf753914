#!/usr/bin/env node
import { parseArgs } from 'node:util';
import type { AcmeSimulatorOptions } from './acme-simulator.js';
import { startAcmeSimulator } from './acme-simulator.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    people: { type: 'string' },
    seed: { type: 'string' },
    'terminated-share': { type: 'string' },
    'contingent-share': { type: 'string' },
    'odd-share': { type: 'string' },
    'restricted-share': { type: 'string' },
    'as-of': { type: 'string' },
    'client-id': { type: 'string' },
    'client-secret': { type: 'string' },
    'signing-key': { type: 'string' },
    'token-lifetime-seconds': { type: 'string' },
  },
});

/** Flags to options: `--token-lifetime-seconds 60` is `tokenLifetimeSeconds: 60`. Texts stay texts. */
const TEXTS = ['host', 'as-of', 'client-id', 'client-secret', 'signing-key'];
const options = Object.fromEntries(
  Object.entries(values).map(([flag, value]) => {
    const name = flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    if (TEXTS.includes(flag)) {
      return [name, value];
    }
    if (value.trim() === '' || Number.isNaN(Number(value))) {
      throw new TypeError(`--${flag} takes a number, not "${value}".`);
    }
    return [name, Number(value)];
  }),
) as AcmeSimulatorOptions;

const simulator = await startAcmeSimulator(options);
process.stdout.write(`${JSON.stringify({ listening: simulator.url })}\n`);

const stop = (): void => {
  void simulator.stop();
};
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
