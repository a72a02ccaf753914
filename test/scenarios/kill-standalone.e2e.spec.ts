import { describe, expect, it } from 'vitest';
import { killStandalone } from '../chaos/kill-standalone.js';

const seed = 20;

describe(`kill -9 of the standalone process during live syncs (seed ${String(seed)})`, () => {
  it('loses no record, does nothing twice, and ends where an undisturbed run does', async () => {
    const report = await killStandalone({ kills: 12, people: 1500, seed });
    expect(report.differences).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(12);
  });
});
