/** Documents over which each count is spread; a sum reads them all. */
const parts = 64;

/**
 * Deals out the documents that counts are spread over, so that transactions side by side seldom meet on one: never two of
 * this process, and of several processes only where their random first ones lie close.
 */
export class CountParts {
  private readonly first = Math.floor(Math.random() * parts);
  private readonly taken = new Set<number>();

  async use<T>(work: (part: number) => Promise<T>): Promise<T> {
    let slot = 0;
    while (this.taken.has(slot)) slot += 1;
    this.taken.add(slot);
    try {
      return await work((this.first + slot) % parts);
    } finally {
      this.taken.delete(slot);
    }
  }
}
