import type { AccessToken } from './oauth2-token-endpoint.js';

/** Holds one access token in memory: asked for once by requests that come together, and again when it has expired. */
export class HeldToken {
  private current: Promise<AccessToken> | undefined;

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
    this.current ??= this.issue().catch((error: unknown) => {
      this.current = undefined;
      throw error;
    });
    return (await this.current).value;
  }

  drop(): void {
    this.current = undefined;
  }
}
