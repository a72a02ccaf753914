import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

/**
 * The metric catalogue of one process. Labels hold closed lists only (stages, states, reasons, statuses): no id and
 * nothing personal. Each instance has its own registry, so that two can live in one process.
 */
export class Metrics {
  readonly registry = new Registry();

  /** Syncs that came to an end. */
  readonly syncsEnded = this.counter('muster_syncs_ended_total', 'Syncs by mode and end state.', ['mode', 'state']);
  /** Records that a stage has durably passed on. */
  readonly records = this.counter('muster_records_total', 'Records passed on by each stage.', ['stage']);
  readonly outcomes = this.counter('muster_outcomes_total', 'Planned outcomes by outcome and reason.', [
    'outcome',
    'reason',
  ]);
  /** `status` is the HTTP status, or `network`. */
  readonly fetchRequests = this.counter('muster_fetch_requests_total', 'Requests sent to sources by status.', [
    'connector',
    'status',
  ]);
  readonly fetchRetries = this.counter('muster_fetch_retries_total', 'Requests to sources that were repeated.', [
    'connector',
  ]);
  /** A batch that came again: `cause` is `outage` or `unclassified`. */
  readonly retries = this.counter('muster_stage_retries_total', 'Batches that a stage tried again.', [
    'stage',
    'cause',
  ]);
  readonly deadLetters = this.counter('muster_dead_letters_total', 'Messages given up on by stage and reason.', [
    'stage',
    'reason',
  ]);
  /** 1 while an outage pauses the stage. */
  readonly paused = this.gauge('muster_stage_paused', 'Stages that an outage pauses.', ['stage']);
  readonly workFailures = this.counter('muster_work_failures_total', 'Claimed work that failed and is tried again.', [
    'loop',
  ]);

  /** Adds the event loop's lag and what the process uses (CPU, memory, handles). */
  observeProcess(): void {
    collectDefaultMetrics({ register: this.registry, prefix: 'muster_' });
  }

  /** The exposition text and its content type. */
  async expose(): Promise<{ contentType: string; text: string }> {
    return { contentType: this.registry.contentType, text: await this.registry.metrics() };
  }

  private counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  private gauge<Label extends string>(name: string, help: string, labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.registry] });
  }
}
