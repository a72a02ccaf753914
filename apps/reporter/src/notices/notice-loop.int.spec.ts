import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  SqliteDatabase,
  SqliteIntegrationRequestStore,
  SqliteLeaseStore,
  SqliteNoticeStore,
  SqliteOutcomeStore,
  SqliteSettingsStore,
  SqliteSettlementStore,
  SqliteSyncStore,
  SqliteWebhookStore,
} from '#adapter-sqlite';
import { loadConfig } from '#config';
import { Dialler, EgressPolicy } from '#connector-sdk';
import { newId, SystemClock, type TenantId } from '#core';
import { WorkLoops } from '#pipeline';
import { AesSecretBox } from '#platform';
import { Metrics, SilentLogger } from '#telemetry';
import { buildIntegration, buildSync } from '#testing';
import { NoticeChannels, NoticeDelivery } from './notice-delivery.js';
import { NoticeLoop } from './notice-loop.js';
import { NoticeFacts, NoticeRecipients, NoticeWriter } from './notice-writer.js';
import { SmtpMailer } from './smtp-mailer.js';
import { sealWebhookSecret } from './webhook-secret.js';
import { WebhookSender } from './webhook-sender.js';
import { newWebhookSecret } from './webhook-signature.js';

const tenantId = newId('tenant');
const hooksPerTenant = 12;

let database: SqliteDatabase;
let server: Server;
let ids: string[];
let address: string;
let running: { loop: NoticeLoop; sender: WebhookSender }[];

beforeEach(async () => {
  database = SqliteDatabase.open({ memory: true });
  ids = [];
  running = [];
  server = createServer((request, response) => {
    ids.push(String(request.headers['webhook-id']));
    request.resume().on('end', () => setTimeout(() => response.writeHead(204).end(), 50));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});

afterEach(async () => {
  for (const { loop, sender } of running) {
    await loop.onModuleDestroy();
    await sender.onModuleDestroy();
  }
  server.closeAllConnections();
  server.close();
  database.close();
});

const box = new AesSecretBox(new Uint8Array(32).fill(7));

/** What one reporter has, over the database that all share. */
function newReporter(): NoticeLoop {
  const clock = new SystemClock();
  const config = loadConfig({ env: {}, directory: '/nowhere' });
  const [logger, metrics] = [new SilentLogger(), new Metrics()];
  const notices = new SqliteNoticeStore(database);
  const webhooks = new SqliteWebhookStore(database);
  const facts = new NoticeFacts(
    new SqliteSettingsStore(database),
    new SqliteSyncStore(database),
    new SqliteOutcomeStore(database),
    new SqliteSettlementStore(database),
    new SqliteIntegrationRequestStore(database),
  );
  const mailer = new SmtpMailer(config);
  const dialler = new Dialler({ policy: new EgressPolicy({ allow: ['127.0.0.0/8'] }) });
  const sender = new WebhookSender(webhooks, box, clock, dialler);
  const loop = new NoticeLoop(
    notices,
    new NoticeWriter(notices, facts, new NoticeRecipients(webhooks, mailer), config, clock),
    new NoticeDelivery(notices, new NoticeChannels(mailer, sender), clock, metrics, logger),
    clock,
    new WorkLoops(new SqliteLeaseStore(database, clock), config, logger, metrics),
  );
  running.push({ loop, sender });
  return loop;
}

/** A tenant with webhooks, and a sync of its that fails. */
async function aFailure(): Promise<void> {
  const settings = new SqliteSettingsStore(database);
  const createdAt = new Date().toISOString();
  await settings.createTenant({
    id: tenantId,
    name: 'Acme',
    timeZone: 'UTC',
    deprovisioningDelayDays: 7,
    contacts: ['nobody-is-mailed@acme.example'],
    revision: 1,
    attributesRevision: 1,
    createdAt,
  });
  const integration = buildIntegration({ tenantId });
  await settings.createIntegration(integration, '');
  const webhooks = new SqliteWebhookStore(database);
  for (let made = 0; made < hooksPerTenant; made += 1) {
    const webhook = { id: newId('webhook'), tenantId, integrationId: null, url: address, createdAt };
    await webhooks.create(webhook, sealWebhookSecret(box, tenantId, newWebhookSecret()));
  }
  const syncs = new SqliteSyncStore(database);
  const sync = buildSync(tenantId, integration.id);
  await syncs.queue(sync);
  await syncs.move(tenantId, sync.id, 'queued', 'failed', { endedAt: createdAt });
}

it('several reporters send each notice once, also when they look at the same moment', async () => {
  await aFailure();
  for (const loop of [newReporter(), newReporter(), newReporter()]) loop.onApplicationBootstrap();
  const notices = new SqliteNoticeStore(database);
  const sent = async (of: TenantId) => (await notices.notices(of, { state: 'sent' }, null, 100)).length;
  await expect.poll(() => sent(tenantId)).toBe(hooksPerTenant);
  expect(ids).toHaveLength(hooksPerTenant);
  expect(new Set(ids).size).toBe(hooksPerTenant);
  for (const { tries, count } of await notices.notices(tenantId, {}, null, 100)) expect([tries, count]).toEqual([1, 1]);
});
