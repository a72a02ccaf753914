import type { DeadLetter } from '../messages.js';

/** Messages that no stage could read, kept for a person to look at. */
export abstract class DeadLetterStore {
  /** Durable when it resolves; the same (topic, partition, offset, group) is kept once. */
  abstract put(letter: DeadLetter): Promise<void>;
  /** Newest first. */
  abstract list(limit: number): Promise<DeadLetter[]>;
  abstract count(): Promise<number>;
}
