/**
 * A thread that ends its process when the parent is gone. A connector that spins never lets the main thread see that, and
 * nobody else would be left to end it.
 */
import process from 'node:process';
import { workerData } from 'node:worker_threads';

const lookEveryMs = 500;
const parent = workerData as number;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, 'SIGKILL');
}, lookEveryMs);
