import { fail } from 'node:assert/strict';

/** Looks for what nobody may be told, in all that a connector says. */
export class LeakWatch {
  private readonly leaks: string[] = [];

  private readonly forbidden: readonly string[];

  constructor(forbidden: readonly string[]) {
    // As they are, and as they stand in JSON.
    this.forbidden = [...new Set(forbidden.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)]))];
  }

  /** `where`: what said it. */
  see(where: string, said: unknown): void {
    const text = said instanceof Error ? `${said.stack ?? said.message} ${JSON.stringify(said)}` : JSON.stringify(said);
    if (text !== undefined && this.forbidden.some((word) => text.includes(word))) this.leaks.push(where);
  }

  /** @throws AssertionError naming where it was said, not what */
  verify(): void {
    if (this.leaks.length > 0) fail(`A secret or a person's data was told: ${[...new Set(this.leaks)].join(', ')}.`);
  }
}
