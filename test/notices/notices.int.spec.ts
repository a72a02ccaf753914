import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Webhook } from 'standardwebhooks';
import type { AuditEntry, Notice } from '#api-client';
import { ManualClock } from '#testing';
import { wanted } from '../api/seed-tenant.js';
import { canary } from '../support/canary.js';
import { RunningMuster, startCompany } from '../support/running-muster.js';
import { newEmbeddedEngine } from '../support/test-engine.js';
import { headerOf, type Mail, MailSink, textOf } from './mail-sink.js';
import { type Posted, WebhookSink } from './webhook-sink.js';

const hourMs = 60 * 60 * 1000;
const shape = { seed: 3, people: 20, terminatedShare: 0, oddShare: 0, restrictedShare: 0, contingentShare: 0 };
const ifMatch = (revision: number) => ({ 'if-match': `"${String(revision)}"` });

interface Event {
  type: string;
  timestamp: string;
  data: Record<string, unknown> & { text: string };
}

let clock: ManualClock;
let mails: MailSink;
let hooks: WebhookSink;
let muster: RunningMuster;
let company: Awaited<ReturnType<typeof startCompany>>;
let base: string;
/** The tenant’s contact: what others are still told does not come here. */
let contact: string;

beforeAll(async () => {
  clock = new ManualClock(new Date().toISOString());
  mails = await MailSink.start();
  hooks = await WebhookSink.start();
  const settings = {
    MUSTER_SMTP_URL: mails.url,
    MUSTER_SMTP_FROM: 'muster@muster.example',
    MUSTER_PUBLIC_URL: 'https://muster.example',
  };
  muster = await RunningMuster.start({ clock, settings }, newEmbeddedEngine());
});

afterAll(async () => {
  await muster.stop();
  await mails.stop();
  await hooks.stop();
});

beforeEach(async () => {
  company = await startCompany(muster, shape, { name: 'Acme' });
  base = `/v1/tenants/${company.tenant}`;
  contact = `people-${company.tenant}@acme.example`;
  await patch(base, { contacts: [contact] });
});

afterEach(async () => {
  await company.source.stop();
});

async function patch(url: string, body: object): Promise<void> {
  const read = await muster.api.call<{ revision?: number }>('GET', url);
  await muster.api.must('PATCH', url, body, ifMatch(read.body.revision ?? 1));
}

const posted = (): Posted[] => hooks.at(`/${company.tenant}`);
const mailed = (): Mail[] => mails.to(contact);

function answerWith(...statuses: number[]): void {
  hooks.statuses.set(`/${company.tenant}`, statuses);
}

async function addHook(integrationId: string | null = null): Promise<string> {
  const made = await muster.api.must<{ id: string; secret: string }>('POST', `${base}/webhooks`, {
    url: `${hooks.url}/${company.tenant}`,
    integrationId,
  });
  return made.secret;
}

/** Of notices as the API lists them. */
async function listed(query = ''): Promise<Notice[]> {
  return (await muster.api.must<{ items: Notice[] }>('GET', `${base}/notices${query}`)).items;
}

function eventOf({ body }: Posted): Event {
  return JSON.parse(body) as Event;
}

async function failingSync(): Promise<void> {
  const sync = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
  expect(sync.state).toBe('failed');
}

/** From here on the source refuses the credentials. */
async function breakCredentials(): Promise<void> {
  await patch(`${base}/integrations/${company.integration}`, { secrets: { clientSecret: 'wrong' } });
}

describe('of a sync that fails', () => {
  it('the contacts of tenant and integration are mailed, each once, with the code and what to do', async () => {
    await patch(`${base}/integrations/${company.integration}`, {
      contacts: ['it@acme.example', contact.replace('people', 'People')],
    });
    await breakCredentials();
    await failingSync();
    const both = () => [...mails.to('it@acme.example'), ...mails.to(contact.replace('people', 'People')), ...mailed()];
    await expect.poll(() => both().length).toBe(2);
    const [mail] = mails.to('it@acme.example');
    expect(headerOf(mail!, 'From')).toContain('muster@muster.example');
    expect(headerOf(mail!, 'Subject')).toBe('[Acme] Acme HR: a sync failed');
    expect(textOf(mail!)).toMatch(/A live sync of Acme HR failed: \w+\.\s+The source refuses the credentials\. Renew/);
    expect(textOf(mail!)).toContain(`https://muster.example${base}/syncs/syn_`);
    await expect
      .poll(() => listed())
      .toMatchObject([
        { kind: 'syncFailed', channel: 'email', state: 'sent', tries: 1, lastError: null, count: 1 },
        { kind: 'syncFailed', channel: 'email', state: 'sent', tries: 1, lastError: null, count: 1 },
      ]);
    expect(await listed(`?integration=${company.integration}&state=sent`)).toHaveLength(2);
    expect(await listed('?state=failed')).toEqual([]);
  });

  it('webhooks get it signed, so that a receiver of Standard Webhooks verifies it', async () => {
    const secret = await addHook();
    await addHook(company.integration);
    await breakCredentials();
    await failingSync();
    await expect.poll(() => posted().length).toBe(2);
    const post = posted().find(({ headers, body }) => {
      const at = new Date(Number(headers['webhook-timestamp']) * 1000);
      return new Webhook(secret).sign(String(headers['webhook-id']), at, body) === headers['webhook-signature'];
    });
    expect(post).toBeDefined();
    expect(eventOf(post!)).toMatchObject({
      type: 'sync.failed',
      data: {
        state: 'failed',
        count: 1,
        tenant: { id: company.tenant, name: 'Acme' },
        integration: { id: company.integration, name: 'Acme HR' },
      },
    });
    expect(post!.headers['content-type']).toBe('application/json');
  });

  it('a burst is one notice at once, and one an hour later that says how often', async () => {
    await addHook();
    await breakCredentials();
    await failingSync();
    await expect.poll(() => posted().length).toBe(1);
    clock.advance(1_000);
    await failingSync();
    await failingSync();
    await expect
      .poll(async () => (await listed()).filter(({ channel }) => channel === 'webhook'))
      .toMatchObject([
        { state: 'waiting', count: 2, tries: 0 },
        { state: 'sent', count: 1 },
      ]);
    expect(posted()).toHaveLength(1);
    clock.advance(hourMs);
    await expect.poll(() => posted().length).toBe(2);
    expect(eventOf(posted()[1]!)).toMatchObject({
      data: { count: 2, text: expect.stringContaining('happened 2 times') as string },
    });
    await expect.poll(() => mailed().length).toBe(2);
  });
});

describe('of a plan that waits', () => {
  it('people are told how many changes are held and by what, and nobody’s value', async () => {
    await addHook();
    const first = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(first.state).toBe('completed');
    const people = company.source.remove(15);
    const held = await muster.api.runSync(company.tenant, company.integration, { mode: 'live' });
    expect(held.state).toBe('awaitingApproval');
    await expect.poll(() => posted().length).toBe(1);
    const { type, data } = eventOf(posted()[0]!);
    expect(type).toBe('sync.approvalNeeded');
    expect(data).toMatchObject({ held: 15, counts: { deprovisioned: 15 }, syncId: held.id });
    expect(data['reason']).toContain('inferredRemovals');
    await expect.poll(() => mailed().length).toBe(1);
    expect(textOf(mailed()[0]!)).toContain('15 changes are held');
    const all = JSON.stringify([posted(), mailed(), mailed().map(textOf), await listed()]);
    expect(all).not.toContain(canary);
    for (const id of people) expect(all).not.toContain(id);
  });
});

it('of a request that is deployed, then live, the tenant’s contacts and webhooks are told', async () => {
  await addHook();
  const { id } = await muster.api.must<{ id: string }>('POST', `${base}/integration-requests`, wanted);
  const url = `${base}/integration-requests/${id}`;
  await muster.api.must('POST', `${url}/move`, { to: 'scoped' }, ifMatch(1));
  const { integration } = company;
  await muster.api.must('POST', `${url}/move`, { to: 'deployed', integrationId: integration }, ifMatch(2));
  await expect
    .poll(() =>
      posted()
        .map((post) => eventOf(post).type)
        .toSorted(),
    )
    .toEqual(['integrationRequest.deployed', 'integrationRequest.live']);
  await expect.poll(() => mailed().length).toBe(2);
  expect(mailed().map(textOf).join('\n')).toContain('PeopleBox');
  expect(eventOf(posted()[0]!).data['link']).toBe(`https://muster.example${url}`);
});

describe('what does not get through', () => {
  it('is sent again later, under the same id and with the same body, and says why', async () => {
    await addHook();
    answerWith(500);
    await breakCredentials();
    await failingSync();
    const ofHook = async () => (await listed()).filter(({ channel }) => channel === 'webhook');
    await expect
      .poll(ofHook)
      .toMatchObject([
        { state: 'waiting', tries: 1, lastError: 'The webhook answered 500. Any 2xx says that it has the notice.' },
      ]);
    clock.advance(5_000);
    await expect.poll(ofHook).toMatchObject([{ state: 'sent', tries: 2, lastError: null, nextTryAt: null }]);
    const [first, second] = posted();
    expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(second!.body).toBe(first!.body);
  });

  it('is given up after a day, and stays visible', async () => {
    await addHook();
    answerWith(500, 500);
    await breakCredentials();
    await failingSync();
    const ofHook = async () => (await listed('?state=waiting')).map(({ channel, lastError }) => [channel, lastError]);
    await expect.poll(ofHook).toEqual([['webhook', expect.stringContaining('500')]]);
    clock.advance(24 * hourMs);
    await expect.poll(() => listed('?state=failed')).toMatchObject([{ channel: 'webhook', tries: 2, nextTryAt: null }]);
    const metrics = await muster.metrics();
    const failed = metrics.sum('muster_notices_total', { kind: 'syncFailed', channel: 'webhook', result: 'failed' });
    expect(failed).toBeGreaterThan(0);
  });

  it('is given up at once where trying again mends nothing', async () => {
    await addHook();
    answerWith(410);
    mails.refused.add(contact);
    await breakCredentials();
    await failingSync();
    await expect.poll(() => listed('?state=failed')).toHaveLength(2);
    const errors = (await listed()).map(({ lastError }) => lastError).join(' ');
    expect(errors).toContain('The webhook answered 410: it is gone.');
    expect(errors).toContain('The mail server answered 550.');
    expect(errors).not.toContain('no mailbox');
  });
});

describe('webhooks', () => {
  it('show their secret once, and never in lists, the audit or the log', async () => {
    const secret = await addHook();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const lists = await Promise.all([
      muster.api.must('GET', `${base}/webhooks`),
      muster.api.must<{ items: AuditEntry[] }>('GET', `${base}/audit`),
    ]);
    expect(JSON.stringify(lists)).not.toContain(secret);
    expect(lists[1].items[0]).toMatchObject({ action: 'webhook.create' });
  });

  it('that are deleted get nothing any more', async () => {
    await addHook();
    const { items } = await muster.api.must<{ items: { id: string }[] }>('GET', `${base}/webhooks`);
    answerWith(500);
    await breakCredentials();
    await failingSync();
    await expect.poll(() => posted().length).toBe(1);
    await muster.api.must('DELETE', `${base}/webhooks/${items[0]!.id}`);
    clock.advance(5_000);
    await expect
      .poll(() => listed('?state=failed'))
      .toMatchObject([{ target: items[0]!.id, lastError: 'The webhook has been deleted.' }]);
    expect(posted()).toHaveLength(1);
  });

  it('take no address with a password in it, and no more than twenty', async () => {
    for (const url of ['ftp://hooks.acme.example', 'https://a:b@hooks.acme.example', 'nonsense']) {
      expect((await muster.api.call('POST', `${base}/webhooks`, { url })).status, url).toBeGreaterThanOrEqual(400);
    }
    for (let made = 0; made < 20; made += 1) await addHook();
    expect((await muster.api.call('POST', `${base}/webhooks`, { url: hooks.url })).status).toBe(422);
  });
});

it('private addresses are refused unless allowed, and e-mail that is off says so', async () => {
  const settings = { MUSTER_EGRESS_ALLOW: '10.255.255.0/24' };
  const walled = await RunningMuster.start({ settings }, newEmbeddedEngine());
  try {
    const { api } = walled;
    const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', {
      name: 'Walled',
      contacts: ['people@acme.example'],
    });
    const at = `/v1/tenants/${tenant}`;
    const { id: integration } = await api.must<{ id: string }>('POST', `${at}/integrations`, {
      name: 'Acme HR',
      connectorId: 'acme-hr',
      config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
      secrets: { clientSecret: 'x', signingKey: 'x' },
    });
    await api.must('POST', `${at}/webhooks`, { url: hooks.url });
    const { id } = await api.must<{ id: string }>('POST', `${at}/integration-requests`, wanted);
    const request = `${at}/integration-requests/${id}`;
    await api.must('POST', `${request}/move`, { to: 'scoped' }, ifMatch(1));
    await api.must('POST', `${request}/move`, { to: 'deployed', integrationId: integration }, ifMatch(2));
    const notices = () => api.must<{ items: Notice[]; email: { enabled: boolean } }>('GET', `${at}/notices`);
    await expect.poll(async () => (await notices()).items[0]?.lastError).toContain('MUSTER_EGRESS_ALLOW');
    expect(await notices()).toMatchObject({ items: [{ channel: 'webhook' }], email: { enabled: false } });
    expect(hooks.at('/')).toEqual([]);
  } finally {
    await walled.stop();
  }
});
