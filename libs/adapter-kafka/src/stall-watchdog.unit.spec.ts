import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StallWatchdog } from './stall-watchdog.js';

describe('a stall watchdog', () => {
  let isAway: boolean;
  let stalls: number;
  let watchdog: StallWatchdog;

  beforeEach(() => {
    vi.useFakeTimers();
    isAway = false;
    stalls = 0;
    watchdog = new StallWatchdog({
      stalledAfterMs: 12_000,
      joiningMs: 60_000,
      ping: async () => {
        if (isAway) throw new Error('away');
      },
      onStalled: () => {
        stalls += 1;
      },
    });
    watchdog.joined();
  });

  afterEach(() => {
    watchdog.stop();
    vi.useRealTimers();
  });

  it('tells of a member that hears nothing of a bus that answers', async () => {
    await vi.advanceTimersByTimeAsync(11_000);
    expect(stalls).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stalls).toBe(1);
  });

  it('is quiet as long as something is heard', async () => {
    for (let seconds = 0; seconds < 60; seconds += 5) {
      await vi.advanceTimersByTimeAsync(5_000);
      watchdog.lives();
    }
    expect(stalls).toBe(0);
  });

  it('waits longer for somebody who joins', async () => {
    watchdog.joins();
    await vi.advanceTimersByTimeAsync(71_000);
    expect(stalls).toBe(0);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(stalls).toBe(1);
  });

  it('does not take a bus that has just come back after a long outage for a stall', async () => {
    watchdog.joins();
    isAway = true;
    await vi.advanceTimersByTimeAsync(71_000);
    isAway = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stalls).toBe(0);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(stalls).toBe(1);
  });

  it('says nothing once it was stopped', async () => {
    watchdog.stop();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(stalls).toBe(0);
  });
});
