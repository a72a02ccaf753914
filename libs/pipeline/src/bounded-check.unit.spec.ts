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

  it('answers within a second while a driver waits for a server that is away', async () => {
    let asked = 0;
    const check = new BoundedCheck(async () => {
      asked += 1;
      await new Promise(() => undefined);
    }, silence);
    const answers: unknown[] = [];
    const startedAt = performance.now();
    for (let times = 0; times < 4; times += 1) answers.push(await check.problem());
    expect(performance.now() - startedAt).toBeLessThan(4 * 1_500);
    expect(answers).toEqual([null, null, null, silence]);
    expect(asked).toBe(1);
  });
});
