import { expect } from 'vitest';
import type { RunningMuster } from '../support/running-muster.js';
import { type Adapter, platformPorts, type Port } from './ports-and-adapters.js';

/**
 * Every port of core must be bound to an adapter of these libs whose contract suite is run, or be a thing of the
 * platform.
 */
export function expectBoundPorts(
  muster: RunningMuster,
  ports: readonly Port[],
  adapters: readonly Adapter[],
  libs: readonly string[],
): void {
  for (const { name, token } of ports) {
    const bound: object = muster.part(token);
    expect(bound, name).toBeInstanceOf(token);
    if (Object.hasOwn(platformPorts, name)) continue;
    const adapter = adapters.find((candidate) => candidate.name === bound.constructor.name);
    expect(libs, `${name} is bound to ${bound.constructor.name}`).toContain(adapter?.lib);
    expect(adapter?.port.name).toBe(name);
    expect(adapter?.runs, `suites of ${bound.constructor.name}`).not.toEqual([]);
  }
}
