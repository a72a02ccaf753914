import { Injectable } from '@nestjs/common';
import { MessageBus, SettingsStore } from '#core';
import { BoundedCheck } from './bounded-check.js';
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

/** Whether this process can work: what `/readyz` answers from, within a second. */
@Injectable()
export class Readiness {
  private readonly checks: readonly (readonly [string, BoundedCheck])[];

  constructor(
    bus: MessageBus,
    settings: SettingsStore,
    private readonly outages: Outages,
  ) {
    this.checks = [
      ['bus', new BoundedCheck(() => bus.ping(), { code: 'busUnavailable', message: 'The bus does not answer.' })],
      [
        'store',
        new BoundedCheck(() => settings.tenants({ after: null, limit: 1 }), {
          code: 'storeUnavailable',
          message: 'The store does not answer.',
        }),
      ],
    ];
  }

  /** Asks bus and store; none: ready. */
  async problems(): Promise<ReadinessProblem[]> {
    const found = await Promise.all(
      this.checks.map(async ([part, check]) => {
        const problem = await check.problem();
        return problem === null ? [] : [{ part, ...problem }];
      }),
    );
    const paused = this.outages
      .list()
      .map(({ stage, code, message, since }) => ({ part: stage, code, message, since }));
    return [...found.flat(), ...paused];
  }
}
