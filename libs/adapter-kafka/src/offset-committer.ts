/** Next offset to read, by partition. */
export type NextOffsets = ReadonlyMap<number, number>;

/**
 * Commits acknowledgements of one membership of a group: one request at a time, holding all that came meanwhile, and
 * never backwards.
 */
export class OffsetCommitter {
  private readonly committed = new Map<number, number>();
  private waiting = new Map<number, number>();
  private next: Promise<void> | null = null;
  private current: Promise<void> = Promise.resolve();

  /** @param send resolves when the broker has the offsets */
  constructor(private readonly send: (offsets: NextOffsets) => Promise<void>) {}

  /** Resolves when the broker has this offset, or a higher one, of the partition. */
  commit(partition: number, nextOffset: number): Promise<void> {
    if (nextOffset <= this.committedOf(partition)) return Promise.resolve();
    this.waiting.set(partition, Math.max(nextOffset, this.waiting.get(partition) ?? 0));
    if (this.next === null) {
      const before = this.current.catch(() => undefined);
      this.next = before.then(() => this.flush());
    }
    return this.next;
  }

  /** The next offset of the partition as committed by this membership; 0: nothing yet. */
  committedOf(partition: number): number {
    return this.committed.get(partition) ?? 0;
  }

  private async flush(): Promise<void> {
    const due = new Map([...this.waiting].filter(([partition, next]) => next > this.committedOf(partition)));
    this.waiting = new Map();
    if (this.next !== null) this.current = this.next;
    this.next = null;
    if (due.size === 0) return;
    await this.send(due);
    for (const [partition, next] of due) this.committed.set(partition, next);
  }
}
