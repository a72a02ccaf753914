const maxConnections = 256;
const maxPerAddress = 16;
const firstDelayMs = 250;
const longestDelayMs = 10_000;
/** After so long without a failure an address begins anew. */
const forgetAfterMs = 600_000;
const maxRemembered = 10_000;

/** Who may connect, and how long who got a password wrong waits for the answer. By address; nobody is locked out. */
export class LoginGate {
  private readonly connections = new Map<string, number>();
  private readonly failures = new Map<string, { count: number; at: number }>();
  private total = 0;

  /** Null when there are too many connections, in all or from there; else what is to be called when this one ends. */
  enter(address: string): (() => void) | null {
    const there = this.connections.get(address) ?? 0;
    if (this.total >= maxConnections || there >= maxPerAddress) return null;
    this.total += 1;
    this.connections.set(address, there + 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.total -= 1;
      const left = (this.connections.get(address) ?? 1) - 1;
      if (left === 0) this.connections.delete(address);
      else this.connections.set(address, left);
    };
  }

  /** Notes a failure; how many milliseconds its answer is to be held back. */
  failed(address: string): number {
    const now = performance.now();
    const before = this.failures.get(address);
    const count = before === undefined || now - before.at > forgetAfterMs ? 1 : before.count + 1;
    this.failures.delete(address);
    this.failures.set(address, { count, at: now });
    const [oldest] = this.failures.keys();
    if (this.failures.size > maxRemembered && oldest !== undefined) this.failures.delete(oldest);
    return Math.min(longestDelayMs, firstDelayMs * 2 ** (count - 1));
  }
}
