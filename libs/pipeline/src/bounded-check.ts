import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, RetriableError } from '#core';

/** Probes commonly wait a second for an answer. */
const answerWithinMs = 900;
/** A server that was asked so long ago and has said nothing is away, whatever its driver still hopes for. */
const awayAfterMs = 3_000;

export interface CheckProblem {
  /** From the closed list of error codes, or `unclassified`. */
  code: ErrorCode | 'unclassified';
  message: string;
}

/**
 * Asks whether a server can be used, and answers within a second even while its driver still waits for one that is away.
 * One question is under way at a time; a slow answer leaves what was known before.
 */
export class BoundedCheck {
  private known: CheckProblem | null = null;
  private asking: { since: number; answered: Promise<void> } | null = null;

  /** @param silence what to say when no answer comes */
  constructor(
    private readonly ask: () => Promise<unknown>,
    private readonly silence: CheckProblem,
  ) {}

  /** Null: it can be used. */
  async problem(): Promise<CheckProblem | null> {
    this.asking ??= { since: performance.now(), answered: this.answer() };
    const { since, answered } = this.asking;
    const isAnswered = await Promise.race([answered.then(() => true), sleep(answerWithinMs, false, { ref: false })]);
    return isAnswered || performance.now() - since < awayAfterMs ? this.known : this.silence;
  }

  private async answer(): Promise<void> {
    try {
      await this.ask();
      this.known = null;
    } catch (error) {
      this.known = error instanceof RetriableError ? error : { ...this.silence, code: 'unclassified' };
    } finally {
      this.asking = null;
    }
  }
}
