import { expect, it } from 'vitest';
import { newId } from '#core';
import { mongoSubjects } from '#testing';
import { MongoRateBudgetStore } from './mongo-rate-budget-store.js';

const subjectOf = mongoSubjects();

it('goes by the clock of the server where it is given none', async () => {
  const { port: budgets, dispose } = await subjectOf((connection) => new MongoRateBudgetStore(connection));
  const source = { tenantId: newId('tenant'), integrationId: newId('integration') };
  const pace = { intervalMs: 60_000, burst: 3 };
  expect(await budgets.take(source, pace, { wanted: 2, unused: 0 })).toEqual({ granted: 2, waitMs: 0 });
  await budgets.rest(source, pace, { ms: 60_000, status: 429 });
  const { granted, waitMs } = await budgets.take(source, pace, { wanted: 1, unused: 0 });
  expect(granted).toBe(0);
  expect(waitMs).toBeGreaterThan(30_000);
  const read = await budgets.read(source);
  // The server's machine may be a little ahead or behind.
  expect(Math.abs((read?.nowMs ?? 0) - Date.now())).toBeLessThan(600_000);
  await dispose();
});
