import { rmSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import type { Notice } from '#api-client';
import { temporaryDirectory } from '#testing';
import { wanted } from '../api/seed-tenant.js';
import { KillableMuster } from '../chaos/killable-muster.js';
import { WebhookSink } from './webhook-sink.js';

const ifMatch = (revision: number) => ({ 'if-match': `"${String(revision)}"` });

let directory: string;
let hooks: WebhookSink;

beforeEach(async () => {
  directory = temporaryDirectory();
  hooks = await WebhookSink.start();
});

afterEach(async () => {
  await hooks.stop();
  rmSync(directory, { recursive: true, force: true });
});

it('a process that is killed between sending and noting it sends the same notice again, under the same id', async () => {
  const muster = await KillableMuster.start(directory);
  const { id: tenant } = await muster.api.must<{ id: string }>('POST', '/v1/tenants', { name: 'Acme' });
  const base = `/v1/tenants/${tenant}`;
  const { id: integration } = await muster.api.must<{ id: string }>('POST', `${base}/integrations`, {
    name: 'Acme HR',
    connectorId: 'acme-hr',
    config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
    secrets: { clientSecret: 'x', signingKey: 'x' },
  });
  const { secret } = await muster.api.must<{ secret: string }>('POST', `${base}/webhooks`, { url: hooks.url });
  const { id } = await muster.api.must<{ id: string }>('POST', `${base}/integration-requests`, wanted);
  const request = `${base}/integration-requests/${id}`;
  await muster.api.must('POST', `${request}/move`, { to: 'scoped' }, ifMatch(1));
  let killed = false;
  hooks.beforeAnswer = async () => {
    if (!killed) await muster.kill();
    killed = true;
  };
  // Its own answer may be lost with the process; what it did is not.
  await muster.api
    .call('POST', `${request}/move`, { to: 'deployed', integrationId: integration }, ifMatch(2))
    .catch(() => undefined);
  await expect.poll(() => killed).toBe(true);
  await muster.restart();
  try {
    await expect.poll(() => hooks.posted.length).toBe(2);
    const [first, second] = hooks.posted;
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.body).toBe(first!.body);
    for (const { headers, body } of hooks.posted) {
      expect(new Webhook(secret).verify(body, headers as Record<string, string>)).toMatchObject({
        type: 'integrationRequest.deployed',
      });
    }
    const notices = async () => (await muster.api.must<{ items: Notice[] }>('GET', `${base}/notices`)).items;
    await expect.poll(notices).toMatchObject([{ kind: 'requestDeployed', state: 'sent', tries: 2 }]);
  } finally {
    await muster.finish();
  }
});
