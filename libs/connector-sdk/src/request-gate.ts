/** Lets so many in at a time, in the order in which they came. */
export class RequestGate {
  private free: number;
  private readonly waiting: (() => void)[] = [];

  constructor(places: number) {
    this.free = places;
  }

  /** @throws the signal's reason when it aborts before there is a place */
  async enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.free > 0) {
      this.free -= 1;
      return;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = (): void => {
      const at = this.waiting.indexOf(resolve);
      // It has been let in at this moment.
      if (at < 0) return;
      this.waiting.splice(at, 1);
      reject(signal.reason as Error);
    };
    this.waiting.push(resolve);
    signal.addEventListener('abort', abort, { once: true });
    await promise.finally(() => signal.removeEventListener('abort', abort));
  }

  /** Once for each that has entered. */
  leave(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free += 1;
    else next();
  }
}
