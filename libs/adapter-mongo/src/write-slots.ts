/** Documents over which each count is spread; a sum reads them all. */
const countParts = 64;

/**
 * Transactions on users at once. Three or more that insert side by side into the same place of an index cost the server
 * twice the time that two do (WiredTiger can't evict a page that holds uncommitted keys).
 */
const atOnce = 2;

/**
 * Lets a few transactions run at once and deals out the documents that counts are spread over, so that they seldom meet on
 * one: never two of this process, and of several processes only where their random first ones lie close.
 */
export class WriteSlots {
  private readonly first = Math.floor(Math.random() * countParts);
  private readonly free = Array.from({ length: atOnce }, (_, slot) => slot);
  private readonly waiting: ((slot: number) => void)[] = [];

  /** Runs work that adds to counts in the given part. */
  async use<T>(work: (countPart: number) => Promise<T>): Promise<T> {
    const slot = this.free.pop() ?? (await new Promise<number>((resolve) => this.waiting.push(resolve)));
    try {
      return await work((this.first + slot) % countParts);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free.push(slot);
      else next(slot);
    }
  }
}
