import { describe, expect, it } from 'vitest';
import { RetriableError } from '#core';
import { BoundedCheck } from './bounded-check.js';

const silence = { code: 'busUnavailable', message: 'The bus does not answer.' } as const;

describe('a bounded check', () => {
  it('says nothing of a server that answers, and why of one that does not', async () => {
    let isAway = false;
    const check = new BoundedCheck(async () => {
      if (isAway) throw new RetriableError('storeUnavailable', 'MongoDB does not answer.');
    }, silence);
    expect(await check.problem()).toBeNull();
    isAway = true;
    expect(await check.problem()).toMatchObject({ code: 'storeUnavailable', message: 'MongoDB does not answer.' });
    isAway = false;
    expect(await check.problem()).toBeNull();
  });

  it('tells since when', async () => {
    const check = new BoundedCheck(() => Promise.reject(new RetriableError('storeUnavailable', 'Away.')), silence);
    const first = await check.problem();
    expect(Date.parse(first?.since ?? '')).toBeLessThanOrEqual(Date.now());
    expect(await check.problem()).toEqual(first);
  });

  it('answers within a second while a driver waits for a server that is away', async () => {
    let asked = 0;
    const check = new BoundedCheck(async () => {
      asked += 1;
      await new Promise(() => undefined);
    }, silence);
    const startedAt = performance.now();
    expect(await check.problem()).toMatchObject(silence);
    expect(await check.problem()).toMatchObject(silence);
    expect(performance.now() - startedAt).toBeLessThan(2 * 1_500);
    expect(asked).toBe(1);
  });

  it('believes a server that has just answered while it is slow, not for ever', async () => {
    let pause: Promise<void> = Promise.resolve();
    const check = new BoundedCheck(() => pause, silence);
    expect(await check.problem()).toBeNull();
    pause = new Promise(() => undefined);
    const answers: unknown[] = [];
    for (let times = 0; times < 4; times += 1) answers.push(await check.problem());
    expect(answers).toMatchObject([null, null, null, silence]);
  });
});
