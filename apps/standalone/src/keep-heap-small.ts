import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow beyond what was in use after a collection, in percent, before the next one. */
const growthPercent = 40;

/**
 * Makes V8 collect sooner. On a machine with much memory it lets a heap grow to several times what is in use: here that
 * is garbage of pages that have long passed. Sooner costs no measurable time and a third of the resident memory.
 * Applies to this process and its threads.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${String(growthPercent)}`);
}
