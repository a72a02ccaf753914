import { describe, expect, it } from 'vitest';
import { checkCron } from './check-cron.js';

const now = '2026-03-01T12:00:00.000Z';
const codeOf = (expression: string): string | null => checkCron(expression, 'Europe/Berlin', now)?.code ?? null;

describe('a cron expression is taken', () => {
  it.each([
    '0 6 * * *',
    '*/5 * * * *',
    '0,5 0 1 1 *',
    '30 6 * * MON-FRI',
    '0 0 L * *',
    '0 0 * * 1#2',
    '0 0 6 * * ? *',
    '0 30 6 * * *',
    '0 0 29 2 *',
    '0 0 6 1 6 * 2026',
    '@daily',
    '55 23 * * *',
  ])('%s', (expression) => {
    expect(codeOf(expression)).toBeNull();
  });
});

describe('a cron expression is refused', () => {
  it.each([
    '',
    'daily',
    '60 * * * *',
    '0 25 * * *',
    '* * * *',
    '0 0 0 0 0 0 0 0',
    'H H * * *',
    '0 6 * * FUN',
    '0 6 32 * *',
  ])('that nobody can read: %j', (expression) => {
    expect(codeOf(expression)).toBe('cronUnreadable');
  });

  it('that is a date', () => {
    expect(codeOf('2026-10-10T00:00:00')).toBe('cronUnreadable');
  });

  it.each(['0 0 31 2 *', '0 0 30 2 *', '0 0 6 1 1 * 2020', '0 0 6 28 2 * 2026'])(
    'that never fires: %s',
    (expression) => {
      expect(codeOf(expression)).toBe('cronNeverFires');
    },
  );

  it.each([
    '* * * * *',
    '*/4 * * * *',
    '0,4 6 * * *',
    '* 0 6 * * *',
    '0,30 0 6 * * *',
    '0,1 0 1 1 *',
    '0 0,4 6 29 2 *',
    // Two minutes to midnight, and midnight.
    '0,58 0,23 * * *',
  ])('that fires more often than every five minutes: %s', (expression) => {
    expect(codeOf(expression)).toBe('cronTooOften');
  });

  it('in words that say what to do', () => {
    expect(checkCron('* * * * *', 'UTC', now)?.message).toContain('5 minutes apart');
    expect(checkCron('sometimes', 'UTC', now)?.message).toContain('30 6 * * MON-FRI');
  });
});
