import type { AccessToken } from './oauth2-token-endpoint.js';

/** Holds one access token in memory: asked for once by requests that come together, and again when it has expired. */
export class HeldToken {
  private current: Promise<AccessToken> | undefined;
  private isAsking = false;

  constructor(
    private readonly issue: () => Promise<AccessToken>,
    private readonly now: () => number,
  ) {}

  async value(): Promise<string> {
    const held = this.current;
    if (held) {
      const token = await held;
      if (token.expiresAtMs > this.now()) {
        return token.value;
      }
      if (this.current === held) {
        this.current = undefined;
      }
    }
    this.current ??= this.ask();
    return (await this.current).value;
  }

  /** What is being asked for stays: nobody has been refused with it, and what it is asked with may be good for one use. */
  drop(): void {
    if (!this.isAsking) this.current = undefined;
  }

  private async ask(): Promise<AccessToken> {
    this.isAsking = true;
    try {
      return await this.issue();
    } catch (error) {
      this.current = undefined;
      throw error;
    } finally {
      this.isAsking = false;
    }
  }
}
