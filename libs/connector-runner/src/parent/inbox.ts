/** What comes in for one reader, in order, until it fails. */
export class Inbox<Item> {
  private readonly items: Item[] = [];
  private failure: { readonly error: unknown } | null = null;
  private waiting: { resolve(item: Item): void; reject(error: unknown): void } | null = null;

  get isAwaited(): boolean {
    return this.waiting !== null;
  }

  put(item: Item): void {
    if (this.failure !== null) return;
    if (this.waiting === null) this.items.push(item);
    else this.waiting.resolve(item);
    this.waiting = null;
  }

  /** What is in it is not read any more. The first failure stays. */
  fail(error: unknown): void {
    this.items.length = 0;
    this.failAfterAll(error);
  }

  /** What is in it is read first. */
  failAfterAll(error: unknown): void {
    if (this.failure !== null) return;
    this.failure = { error };
    this.waiting?.reject(error);
    this.waiting = null;
  }

  async next(): Promise<Item> {
    const item = this.items.shift();
    if (item !== undefined) return item;
    if (this.failure !== null) throw this.failure.error;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
    });
  }
}
