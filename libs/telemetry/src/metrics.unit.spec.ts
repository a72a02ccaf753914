import { describe, expect, it } from 'vitest';
import { Metrics } from './metrics.js';

describe('Metrics', () => {
  it('counts apart in each instance', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.syncsEnded.inc({ mode: 'live', state: 'completed' });
    expect((await one.expose()).text).toContain('muster_syncs_ended_total{mode="live",state="completed"} 1');
    expect((await other.expose()).text).not.toContain('state="completed"');
  });

  it('shows what the process uses when it is asked to', async () => {
    const metrics = new Metrics();
    metrics.observeProcess();
    const { text } = await metrics.expose();
    expect(text).toMatch(/muster_nodejs_eventloop_lag_seconds /);
    expect(text).toMatch(/muster_process_resident_memory_bytes /);
  });
});
