import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RetriableError } from '#core';
import { Metrics, SilentLogger } from '#telemetry';
import { Outages } from './outages.js';

const away = new RetriableError('busUnavailable', 'Kafka does not answer.');

describe('outages', () => {
  let outages: Outages;

  beforeEach(() => {
    vi.useFakeTimers();
    outages = new Outages(new SilentLogger(), new Metrics());
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('lasts as long as the stage tries and fails', () => {
    for (let tries = 0; tries < 10; tries += 1) {
      outages.begin('mapper/raw-records', 'bulk', away);
      vi.advanceTimersByTime(40_000);
    }
    expect(outages.list()).toMatchObject([{ stage: 'mapper/raw-records', code: 'busUnavailable' }]);
    outages.end('mapper/raw-records', 'bulk');
    expect(outages.list()).toEqual([]);
  });

  it('does not last for ever when the messages went to another process and nothing is tried here any more', () => {
    outages.begin('fetcher/sync-commands', 'bulk', away);
    vi.advanceTimersByTime(60_000);
    expect(outages.list()).toEqual([]);
  });
});
