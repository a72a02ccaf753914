import { Injectable } from '@nestjs/common';
import { MessageBus, RetriableError, SettingsStore } from '#core';
import { Outages } from './outages.js';

/** Why a process cannot work right now. */
export interface ReadinessProblem {
  /** `bus`, `store`, or the stage or loop that waits. */
  part: string;
  /** From the closed list of error codes, or `unclassified`. */
  code: string;
  /** What is away and which setting to look at. */
  message: string;
  /** RFC 3339 UTC; null when it was found just now. */
  since: string | null;
}

/** Whether this process can work: what `/readyz` answers from. */
@Injectable()
export class Readiness {
  constructor(
    private readonly bus: MessageBus,
    private readonly settings: SettingsStore,
    private readonly outages: Outages,
  ) {}

  /** Asks bus and store; none: ready. */
  async problems(): Promise<ReadinessProblem[]> {
    const [bus, store] = await Promise.all([
      problemOf('bus', this.bus.ping()),
      problemOf('store', this.settings.tenants({ after: null, limit: 1 })),
    ]);
    const paused = this.outages
      .list()
      .map(({ stage, code, message, since }) => ({ part: stage, code, message, since }));
    return [...bus, ...store, ...paused];
  }
}

async function problemOf(part: string, attempt: Promise<unknown>): Promise<ReadinessProblem[]> {
  try {
    await attempt;
    return [];
  } catch (error) {
    const isOutage = error instanceof RetriableError;
    const code = isOutage ? error.code : 'unclassified';
    return [{ part, code, message: isOutage ? error.message : `The ${part} does not answer.`, since: null }];
  }
}
