import { Injectable } from '@nestjs/common';
import { type Lane, RetriableError, type StageName } from '#core';
import { errorFields, Logger, Metrics } from '#telemetry';

/** Something outside is away and this stage waits for it. */
export interface Outage {
  /** The stage that waits, `.quick` behind it for the quick lane. */
  stage: string;
  /** From the closed list of error codes, or `unclassified`. */
  code: string;
  /** What is away, in plain words. */
  message: string;
  /** RFC 3339 UTC. */
  since: string;
}

/**
 * A stage that waits tries again every few seconds, each try bounded by the drivers' time-outs. Who has failed last longer
 * ago does not try any more: its messages went to another process, and nothing may ever come that tells the end.
 */
const believedForMs = 45_000;

/** Which stages an outage pauses right now: what `/readyz` answers from. */
@Injectable()
export class Outages {
  private readonly current = new Map<string, Outage>();
  private readonly expiries = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  list(): Outage[] {
    return [...this.current.values()];
  }

  /** Notes that a stage waits, at each failed try; said once in the log however often it is tried again. */
  begin(name: StageName, lane: Lane, error: unknown): void {
    const stage = inLane(name, lane);
    clearTimeout(this.expiries.get(stage));
    this.expiries.set(stage, setTimeout(() => this.end(name, lane), believedForMs).unref());
    if (this.current.has(stage)) return;
    const isClassed = error instanceof RetriableError;
    this.current.set(stage, {
      stage,
      code: isClassed ? error.code : 'unclassified',
      message: isClassed ? error.message : 'An error without a class stopped the stage; the log says where.',
      since: new Date().toISOString(),
    });
    this.metrics.paused.set({ stage: name, lane }, 1);
    this.logger.error('A stage is paused by an outage and tries on.', { stage, ...errorFields(error) });
  }

  end(name: StageName, lane: Lane): void {
    const stage = inLane(name, lane);
    clearTimeout(this.expiries.get(stage));
    this.expiries.delete(stage);
    if (!this.current.delete(stage)) return;
    this.metrics.paused.set({ stage: name, lane }, 0);
    this.logger.info('A stage goes on after an outage.', { stage });
  }
}

function inLane(stage: StageName, lane: Lane): string {
  return lane === 'quick' ? `${stage}.quick` : stage;
}
