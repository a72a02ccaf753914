import { type Command, InvalidArgumentError } from 'commander';
import type { BodyOf, RateBudget } from '#api-client';
import { momentUtc } from './output/text.js';

type RateBudgetBody = Exclude<BodyOf<'/v1/tenants/{tenant}/integrations', 'POST'>['rateBudget'], undefined>;

/** What the option holds: a rate budget, or that it is the connector's own. */
export type RateBudgetOption = NonNullable<RateBudgetBody> | 'default';

export function withRateBudget(command: Command): Command {
  return command.option(
    '--rate-budget <requests[/burst]>',
    'how often the source is asked: requests a minute, and how many at once (left out: a sixtieth), e.g. 600/10; default takes the connector’s own again',
    readRateBudget,
  );
}

/** `600/10`, `600` or `default`. Bounds are the server's to judge. */
function readRateBudget(text: string): RateBudgetOption {
  if (text === 'default') return text;
  const [, requests, burst] = /^(\d{1,9})(?:\/(\d{1,9}))?$/.exec(text) ?? [];
  if (requests === undefined) throw new InvalidArgumentError('600/10, 600 or default is expected.');
  return { requestsPerMinute: Number(requests), ...(burst === undefined ? {} : { burst: Number(burst) }) };
}

/** As the API takes it. */
export function toRateBudgetBody(option: RateBudgetOption): RateBudgetBody {
  return option === 'default' ? null : option;
}

const origins: Record<RateBudget['origin'], string> = {
  integration: 'set here',
  connector: 'the connector’s',
  default: 'Muster’s default',
  none: '',
};

/** What `show` says of a rate budget: label and value. */
export function rateBudgetPairs(budget: RateBudget): (readonly [string, string | null])[] {
  const { requestsPerMinute, burst, origin, left, paused, lastSync } = budget;
  if (requestsPerMinute === null) return [['Rate budget', 'none: it sends no HTTP requests']];
  const rate = `${String(requestsPerMinute)} requests a minute, ${String(burst)} at once (${origins[origin]})`;
  const waited =
    lastSync === null || lastSync.waitedSeconds === 0
      ? ''
      : `; the last sync waited ${String(lastSync.waitedSeconds)} s for it`;
  return [
    ['Rate budget', `${rate}, ${String(left)} left${waited}`],
    ...(paused === null ? [] : [['Asked again', `${momentUtc(paused.until)}: ${paused.message}`] as const]),
  ];
}
