import { beforeAll, describe, expect, it } from 'vitest';
import { total } from './distributed/fault-counts.js';
import { allFaults } from './distributed/faults/index.js';
import { harmFleet, type HarmReport } from './distributed/harm-fleet.js';

const faults = allFaults(15_000);
const minutes = 60_000;

/** Every fault once, with a seed of its own: `npm run chaos -- --engine distributed` goes on for longer. */
describe('a Muster of four processes, on a Kafka and a MongoDB that are harmed', () => {
  let report: HarmReport;

  beforeAll(async () => {
    report = await harmFleet({
      ...{ seed: 20, faults, rounds: 1, perSync: 1, minutes: 20, people: 600 },
      say: () => undefined,
    });
  }, 25 * minutes);

  it('gives every record one outcome and ends with the directory of an undisturbed Muster', () => {
    expect(report.problems).toEqual([]);
  });

  it.each(faults.map(({ name }) => name))('survives: %s', (name) => {
    expect(report.counts[name]).toMatchObject({ lost: 0, doubled: 0, hanging: 0, stale: 0 });
    expect(report.counts[name]?.injected).toBeGreaterThan(0);
  });

  it('has seen writes come again whose answers were lost, and refused those of the replaced', () => {
    expect(total(report.counts).redelivered).toBeGreaterThan(0);
    expect(total(report.counts).refused).toBeGreaterThan(0);
  });
});
