import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ApiUnderTest, operatorKey } from '../api/api-under-test.js';
import { type SeededTenant, seedTenant } from '../api/seed-tenant.js';
import { capturedTerminal, runAt } from './captured-terminal.js';

let api: ApiUnderTest;
let url: string;
let acme: SeededTenant;

beforeAll(async () => {
  api = await ApiUnderTest.start();
  url = await api.listen();
});

beforeEach(async () => {
  acme = await seedTenant(api);
});

afterAll(async () => {
  await api.stop();
});

async function muster(...args: string[]) {
  return runAt(capturedTerminal(140), [...args, '--url', url, '--api-key', operatorKey, '--tenant', acme.tenant]);
}

it('makes a webhook, whose secret goes to standard output alone, and takes it away', async () => {
  const made = await muster('webhook', 'create', 'https://hooks.acme.example/x', '--integration', 'Acme HR');
  expect(made.out.trim()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const id = /whk_\w+/.exec(made.err)?.[0] ?? '';
  const { out } = await muster('webhook', 'list');
  expect(out).toMatch(new RegExp(`${id} +https://hooks.acme.example/x +${acme.integration}`));
  expect(out).not.toContain('whsec_');
  expect((await muster('webhook', 'delete', id)).out).toContain('is gone');
  expect((await muster('webhook', 'list')).out).not.toContain(id);
});

it('says when e-mail is off, and who is a tenant’s contact', async () => {
  const { err, code } = await muster('notice', 'list', '--state', 'failed');
  expect([code, err]).toEqual([0, expect.stringContaining('E-mail is off')]);
  await muster('tenant', 'update', '--contact', 'hr@acme.example', '--contact', 'it@acme.example');
  expect((await muster('tenant', 'show')).out).toContain('hr@acme.example, it@acme.example');
});
