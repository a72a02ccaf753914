import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunningMuster } from '../support/running-muster.js';
import { newDistributedEngine } from '../support/test-engine.js';
import { expectBoundPorts } from './bound-ports.js';
import { findAdapters, findPorts } from './ports-and-adapters.js';

describe('the contract matrix', () => {
  let muster: RunningMuster;
  beforeAll(async () => {
    muster = await RunningMuster.start({}, newDistributedEngine());
  });
  afterAll(() => muster.stop());

  it('is what the platform binds on the distributed engine', async () => {
    const ports = await findPorts();
    expect(ports.length).toBeGreaterThan(10);
    expectBoundPorts(muster, ports, await findAdapters(ports), ['adapter-kafka', 'adapter-mongo']);
  });
});
