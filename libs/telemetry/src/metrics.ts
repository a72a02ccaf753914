import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { catalogue } from './catalogue.js';
import type { LabelsOf, MetricEntry } from './metric-entry.js';
import { observeProcess } from './process-metrics.js';

/** A counter with no more sets of labels than this is shown from the start, at 0: Prometheus sees its first step then. */
const maxSetsFromStart = 150;

/** Only rises. A value for every label, each from its closed list. */
export interface LabelledCounter<Labels> {
  inc(labels: Labels, by?: number): void;
}

/** Goes up and down. */
export interface LabelledGauge<Labels> {
  set(labels: Labels, value: number): void;
  /** Leaves out all values until they are set again. */
  reset(): void;
}

/** Counts values by size. */
export interface LabelledHistogram<Labels> {
  observe(labels: Labels, value: number): void;
}

/**
 * The metrics of one process, as the catalogue declares them. Each instance has its own registry, so that two can live in
 * one process.
 */
export class Metrics {
  readonly registry = new Registry();
  private readonly collectors: (() => Promise<void>)[] = [];
  private observesProcess = false;

  readonly syncsEnded = this.counter(catalogue.syncsEnded);
  readonly openSyncs = this.gauge(catalogue.openSyncs);
  readonly outcomes = this.counter(catalogue.outcomes);
  readonly safeguardsTripped = this.counter(catalogue.safeguardsTripped);
  readonly mappingProblems = this.counter(catalogue.mappingProblems);
  readonly drifts = this.counter(catalogue.drifts);
  readonly notices = this.counter(catalogue.notices);
  readonly scheduledRuns = this.counter(catalogue.scheduledRuns);
  readonly lastGoodSyncAge = this.gauge(catalogue.lastGoodSyncAge);

  readonly records = this.counter(catalogue.records);
  readonly stageBatchSeconds = this.histogram(catalogue.stageBatchSeconds);
  readonly stageLagMessages = this.gauge(catalogue.stageLagMessages);
  readonly stageLagPeople = this.gauge(catalogue.stageLagPeople);
  readonly retries = this.counter(catalogue.retries);
  readonly deadLetters = this.counter(catalogue.deadLetters);
  readonly paused = this.gauge(catalogue.paused);
  readonly workFailures = this.counter(catalogue.workFailures);
  readonly workWaiting = this.gauge(catalogue.workWaiting);
  readonly staleWritesRefused = this.counter(catalogue.staleWritesRefused);
  readonly measured = this.gauge(catalogue.measured);

  readonly fetchRequests = this.counter(catalogue.fetchRequests);
  readonly fetchRetries = this.counter(catalogue.fetchRetries);
  readonly budgetWaitSeconds = this.counter(catalogue.budgetWaitSeconds);
  readonly sourceRests = this.counter(catalogue.sourceRests);
  readonly connectorsEnded = this.counter(catalogue.connectorsEnded);
  readonly fetchSeconds = this.histogram(catalogue.fetchSeconds);
  readonly fetchRecords = this.histogram(catalogue.fetchRecords);

  /** Adds the event loop's lag and what the process uses (CPU, memory). A second call changes nothing. */
  observeProcess(): void {
    if (this.observesProcess) return;
    this.observesProcess = true;
    observeProcess(this.registry);
  }

  /** Is called before each exposition, which waits for it. It bounds its own time; its rejection is ignored. */
  beforeExposition(collect: () => Promise<void>): void {
    this.collectors.push(collect);
  }

  /** The exposition text and its content type. */
  async expose(): Promise<{ contentType: string; text: string }> {
    await Promise.allSettled(this.collectors.map(async (collect) => collect()));
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private counter<Entry extends MetricEntry>(entry: Entry): LabelledCounter<LabelsOf<Entry>> {
    const counter = new Counter(this.configuration(entry));
    for (const labels of labelSets(entry)) counter.inc(labels, 0);
    return counter;
  }

  private gauge<Entry extends MetricEntry>(entry: Entry): LabelledGauge<LabelsOf<Entry>> {
    return new Gauge(this.configuration(entry));
  }

  private histogram<Entry extends MetricEntry>(entry: Entry): LabelledHistogram<LabelsOf<Entry>> {
    const { buckets } = entry;
    const configuration = this.configuration(entry);
    return new Histogram(buckets === undefined ? configuration : { ...configuration, buckets: [...buckets] });
  }

  private configuration({ name, help, labels }: MetricEntry) {
    return { name, help, labelNames: Object.keys(labels), registers: [this.registry] };
  }
}

/** Every set of labels of an entry whose labels are all closed; none when those are too many to show unasked. */
function labelSets({ labels }: MetricEntry): Record<string, string>[] {
  let sets: Record<string, string>[] = [{}];
  for (const [name, label] of Object.entries(labels)) {
    if (!('values' in label)) return [];
    sets = sets.flatMap((set) => label.values.map((value) => ({ ...set, [name]: value })));
  }
  return sets.length > maxSetsFromStart ? [] : sets;
}
