import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.js';
import { fitsLabel, type MetricEntry, type MetricLabel } from './metric-entry.js';
import { Metrics } from './metrics.js';

const entries: MetricEntry[] = Object.values(catalogue);

describe('Metrics', () => {
  it('counts apart in each instance', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.syncsEnded.inc({ mode: 'live', state: 'completed' });
    expect((await one.expose()).text).toContain('muster_syncs_ended_total{mode="live",state="completed"} 1');
    expect((await other.expose()).text).toContain('muster_syncs_ended_total{mode="live",state="completed"} 0');
  });

  it('shows what the process uses when it is asked to, however often it is asked', async () => {
    const metrics = new Metrics();
    metrics.observeProcess();
    metrics.observeProcess();
    const { text } = await metrics.expose();
    expect(text).toMatch(/muster_nodejs_eventloop_lag_seconds /);
    expect(text).toMatch(/muster_process_resident_memory_bytes /);
  });

  it('exposes every metric of the catalogue, under its name, type and help, and no other', async () => {
    const metrics = new Metrics();
    metrics.observeProcess();
    const { text } = await metrics.expose();
    const lines = text.split('\n').filter((line) => line.startsWith('# '));
    const wanted = entries.flatMap(({ name, help, type }) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]);
    expect(lines.sort()).toEqual(wanted.sort());
  });

  it('takes labels and values from closed lists only: the compiler refuses others, the registry unknown labels', () => {
    const misuse = (metrics: Metrics): void => {
      // @ts-expect-error: no such outcome
      metrics.outcomes.inc({ outcome: 'vanished', reason: 'new' });
      // @ts-expect-error: a label is missing
      metrics.outcomes.inc({ outcome: 'created' });
      // @ts-expect-error: no such stage
      metrics.stageLagPeople.set({ stage: 'mapper', lane: 'bulk' }, 1);
      // @ts-expect-error: any text is no integration's id
      metrics.lastGoodSyncAge.set({ integration: 'Acme HR' }, 1);
      // @ts-expect-error: no such label
      metrics.retries.inc({ stage: 'mapper/raw-records', cause: 'outage', tenant: 'ten_1' });
    };
    expect(() => misuse(new Metrics())).toThrow(/"tenant"/);
  });

  it('waits for what is collected before an exposition, and survives its failing', async () => {
    const metrics = new Metrics();
    metrics.beforeExposition(async () => Promise.reject(new Error('away')));
    metrics.beforeExposition(async () => metrics.openSyncs.set({ state: 'queued' }, 7));
    expect((await metrics.expose()).text).toContain('muster_syncs_open{state="queued"} 7');
  });
});

describe('the catalogue', () => {
  it('keeps to the conventions of Prometheus', () => {
    for (const { name, type, help } of entries) {
      expect(name).toMatch(/^muster_[a-z0-9_]+$/);
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(help, name).toMatch(/^[A-Z0-9].*\.$/s);
    }
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
  });

  it('gives buckets to histograms alone, in rising order', () => {
    for (const { name, type, buckets } of entries) {
      expect(buckets !== undefined, name).toBe(type === 'histogram');
      expect([...(buckets ?? [])].sort((left, right) => left - right)).toEqual([...(buckets ?? [])]);
    }
  });

  it('has one label that is an id: the integration’s, of the age of its last good sync', () => {
    const withId = entries.filter(({ labels }) =>
      Object.values(labels).some((label: MetricLabel) => fitsLabel(label, 'int_0123456789abcdef')),
    );
    // Ids of connectors are names in the code; their form would let an id without its underscore pass.
    expect(withId.map(({ name }) => name)).toEqual(['muster_last_good_sync_age_seconds']);
  });
});
