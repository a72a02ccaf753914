import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, RetriableError } from '#core';

/** Probes commonly wait a second for an answer. */
const answerWithinMs = 900;
/** So long a server is believed to be as it was, although it does not answer at once: it may be busy. */
const believedForMs = 3_000;

export interface CheckProblem {
  /** From the closed list of error codes, or `unclassified`. */
  code: ErrorCode | 'unclassified';
  message: string;
  /** Since when, as far as it was asked: RFC 3339 UTC. */
  since: string;
}

/**
 * Asks whether a server can be used, and answers within a second even while its driver still waits for one that is away.
 * One question is under way at a time.
 */
export class BoundedCheck {
  private known: CheckProblem | null = null;
  /** By the monotonic clock; when the server, or its driver, last said anything. */
  private heardAt = -Infinity;
  private asking: Promise<void> | null = null;

  /** @param silence what to say when no answer comes */
  constructor(
    private readonly ask: () => Promise<unknown>,
    private readonly silence: Omit<CheckProblem, 'since'>,
  ) {}

  /** Null: it can be used. */
  async problem(): Promise<CheckProblem | null> {
    this.asking ??= this.answer();
    const isAnswered = await Promise.race([this.asking.then(() => true), sleep(answerWithinMs, false, { ref: false })]);
    const isBelieved = this.known !== null || performance.now() - this.heardAt < believedForMs;
    if (!isAnswered && !isBelieved) this.note(this.silence);
    return this.known;
  }

  private async answer(): Promise<void> {
    try {
      await this.ask();
      this.known = null;
    } catch (error) {
      this.note(error instanceof RetriableError ? error : { ...this.silence, code: 'unclassified' });
    } finally {
      this.heardAt = performance.now();
      this.asking = null;
    }
  }

  private note({ code, message }: Omit<CheckProblem, 'since'>): void {
    this.known = { code, message, since: this.known?.since ?? new Date().toISOString() };
  }
}
