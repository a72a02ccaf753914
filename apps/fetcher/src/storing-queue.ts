/** Runs steps one after the other, and makes their giver wait when too many are waiting. */
export class StoringQueue {
  private last: Promise<void> = Promise.resolve();
  private readonly waiting: Promise<void>[] = [];

  constructor(private readonly maxWaiting: number) {}

  /** Resolves when the next step may be given. Rejects when an earlier step failed; no step runs after that. */
  async add(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step);
    // A failure is told to the next giver, not to the process.
    this.last.catch(() => undefined);
    this.waiting.push(this.last);
    while (this.waiting.length > this.maxWaiting) await this.waiting.shift();
  }

  async drain(): Promise<void> {
    await this.last;
  }
}
