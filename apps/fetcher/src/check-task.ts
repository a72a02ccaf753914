import { Injectable } from '@nestjs/common';
import { SourceError } from '#connector-sdk';
import { CheckStore, type CheckStep, Clock, type ConnectionCheck } from '#core';
import { errorFields, Logger } from '#telemetry';
import { sampledFields } from './sampled-fields.js';
import { type Source, SourceOpener } from './source-opener.js';

const timeoutMs = 60_000;

/** Tries an integration's source, step by step, and answers who asked. */
@Injectable()
export class CheckTask {
  constructor(
    private readonly sources: SourceOpener,
    private readonly checks: CheckStore,
    private readonly clock: Clock,
    private readonly logger: Logger,
  ) {}

  async run(check: ConnectionCheck, signal: AbortSignal): Promise<void> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    const opened = await this.sources.open(check, limited);
    let steps: CheckStep[];
    if ('failure' in opened) {
      steps = [{ step: 'configuration', ok: false, message: opened.failure.message }];
    } else {
      try {
        steps = await this.tryOut(opened.source, limited);
      } finally {
        await opened.source.close();
      }
    }
    signal.throwIfAborted();
    await this.checks.answer({ ...check, finishedAt: this.clock.now(), steps });
  }

  private async tryOut(source: Source, signal: AbortSignal): Promise<CheckStep[]> {
    const { connector, run } = source;
    // By the time that a call is told to end, nothing waits any more.
    let waited = false;
    signal.addEventListener('abort', () => (waited = source.waitsForBudget), { once: true });
    const steps: CheckStep[] = [];
    try {
      for await (const given of run.check()) {
        const { step, ok, message } = given;
        steps.push({ step, ok, message, ...sampledFields(given) });
      }
    } catch (error) {
      const message = signal.aborted
        ? notDone(waited)
        : error instanceof SourceError
          ? error.message
          : 'The connector failed in a way it does not know itself. The log says where.';
      this.logger.warn('A connection check failed unexpectedly.', { connectorId: connector.id, ...errorFields(error) });
      steps.push({ step: steps.at(-1)?.step ?? 'configuration', ok: false, message });
    }
    return steps;
  }
}

function notDone(waitedForBudget: boolean): string {
  const seconds = String(timeoutMs / 1000);
  return waitedForBudget
    ? `The check was not done after ${seconds} seconds: it waited for the source’s rate budget. Try again later, or look at what the budget is spent on.`
    : `The check was not done after ${seconds} seconds. Check address and firewall.`;
}
