import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { ConnectorHost } from './connector-host.js';

/** Started by the runner, with the parent's process id; it gets everything else over its pipes. */
const parent = Number(process.argv[2]);

// Whoever stops Muster often signals all processes that belong to it: the parent decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

new Worker(new URL('./parent-guard.js', import.meta.url), {
  workerData: parent,
  resourceLimits: { maxYoungGenerationSizeMb: 2 },
}).unref();
// The one thread that it needs is there. (Of Node's types, which do not know it yet.)
(process as { permission?: { drop(scope: string): void } }).permission?.drop('worker');

new ConnectorHost();
