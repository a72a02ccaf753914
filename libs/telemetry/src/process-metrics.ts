import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';
import { catalogue } from './catalogue.js';
import type { MetricEntry } from './metric-entry.js';

/** How often the event loop is looked at, in milliseconds. */
const resolution = 20;
const perSecond = 1e9;

/** Registers the process's own metrics; each is read when the registry is exposed. */
export function observeProcess(registry: Registry): void {
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  const gauge = ({ name, help }: MetricEntry, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  // What it measures includes the pause between two looks; an idle loop is not late.
  const late = (nanoseconds: number): number =>
    Number.isFinite(nanoseconds) ? Math.max(0, nanoseconds / perSecond - resolution / 1000) : 0;
  gauge(catalogue.eventLoopLag, () => late(delays.mean));
  gauge(catalogue.eventLoopLagP99, () => late(delays.percentile(99)));
  // Registered, and hence read, after the two above: what was seen is forgotten here.
  gauge(catalogue.eventLoopLagMax, () => {
    const most = late(delays.max);
    delays.reset();
    return most;
  });
  gauge(catalogue.residentMemory, () => process.memoryUsage.rss());
  gauge(catalogue.heapUsed, () => process.memoryUsage().heapUsed);
  new Gauge({ name: catalogue.startTime.name, help: catalogue.startTime.help, registers: [registry] }).set(
    Math.round(Date.now() / 1000 - process.uptime()),
  );
  new Counter({
    name: catalogue.cpuSeconds.name,
    help: catalogue.cpuSeconds.help,
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
}
