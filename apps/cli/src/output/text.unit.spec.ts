import { describe, expect, it } from 'vitest';
import { duration } from './text.js';

describe('duration', () => {
  const start = '2026-01-01T00:00:00.000Z';
  it.each([
    ['2026-01-01T00:00:01.250Z', '1.3 s'],
    ['2026-01-01T00:00:59.940Z', '59.9 s'],
    ['2026-01-01T00:00:59.960Z', '1 min 0 s'],
    ['2026-01-01T00:01:59.700Z', '2 min 0 s'],
    ['2026-01-01T01:00:05.000Z', '60 min 5 s'],
    ['2025-12-31T23:59:59.000Z', '0.0 s'],
  ])('until %s: %s', (end, text) => {
    expect(duration(start, end)).toBe(text);
  });

  it('is unknown while one end is missing', () => {
    expect(duration(start, null)).toBeNull();
    expect(duration(null, start)).toBeNull();
  });
});
