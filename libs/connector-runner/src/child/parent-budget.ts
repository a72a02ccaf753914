import type { RequestBudget } from '#connector-sdk';
import { maxRestMs } from '#core';
import type { ParentLink } from './parent-link.js';

/** A budget that the parent keeps, with all that ask the same source. */
export class ParentBudget implements RequestBudget {
  constructor(private readonly parent: Pick<ParentLink, 'ask' | 'tell'>) {}

  async take(signal: AbortSignal): Promise<void> {
    await this.parent.ask({ what: 'takeRequest' }, signal);
  }

  rest({ status, ms }: { status: number; ms: number }): void {
    this.parent.tell({ type: 'rest', status, ms: Math.min(ms, maxRestMs) });
  }
}
