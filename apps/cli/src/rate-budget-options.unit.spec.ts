import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { rateBudgetPairs, type RateBudgetOption, toRateBudgetBody, withRateBudget } from './rate-budget-options.js';

function parsed(text: string): unknown {
  const command = withRateBudget(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const { rateBudget } = command
    .parse(['--rate-budget', text], { from: 'user' })
    .opts<{ rateBudget: RateBudgetOption }>();
  return toRateBudgetBody(rateBudget);
}

it.each([
  ['600/10', { requestsPerMinute: 600, burst: 10 }],
  ['600', { requestsPerMinute: 600 }],
  ['default', null],
])('reads %s', (text, expected) => {
  expect(parsed(text)).toEqual(expected);
});

it.each(['', 'fast', '600/', '/10', '6.5', '-1'])('refuses "%s"', (text) => {
  expect(() => parsed(text)).toThrow(/600\/10, 600 or default is expected/);
});

describe('what show says', () => {
  const budget = {
    requestsPerMinute: 600,
    burst: 10,
    origin: 'connector',
    left: 3,
    paused: null,
    lastSync: { id: 'syn_1', waitedSeconds: 1.2, requests: 14 },
  } as const;

  it('of a budget', () => {
    expect(rateBudgetPairs(budget)).toEqual([
      ['Rate budget', '600 requests a minute, 10 at once (the connector’s), 3 left; the last sync waited 1.2 s for it'],
    ]);
  });

  it('of a source that wants to be left alone', () => {
    const paused = {
      until: '2026-05-11T08:05:12.000Z',
      since: '2026-05-11T08:05:02.000Z',
      status: 429,
      message: 'Wait.',
    };
    const [, rest] = rateBudgetPairs({ ...budget, left: 0, paused });
    expect(rest).toEqual(['Asked again', expect.stringMatching(/^2026-05-11.*: Wait\.$/)]);
  });

  it('of a connector without HTTP', () => {
    const none = { ...budget, requestsPerMinute: null, burst: null, origin: 'none', left: null } as const;
    expect(rateBudgetPairs(none)).toEqual([['Rate budget', 'none: it sends no HTTP requests']]);
  });
});
