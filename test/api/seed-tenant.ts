import { randomBytes } from 'node:crypto';
import {
  type AttributeValue,
  CheckStore,
  encodePage,
  type IntegrationId,
  type Manifest,
  type MappingProblem,
  DirectoryStore,
  outcomeId,
  OutcomeStore,
  type OutcomeRow,
  newId,
  packScimBody,
  recordHash,
  ScimRequestLog,
  type ScimTokenId,
  ScimTokenStore,
  SettlementStore,
  SnapshotStore,
  SyncStore,
  type SyncId,
  type TenantId,
  type UserId,
} from '#core';
import type { ApiUnderTest } from './api-under-test.js';

export interface SeededTenant {
  tenant: TenantId;
  adminKey: string;
  viewerKey: string;
  viewerKeyId: string;
  integration: IntegrationId;
  sync: SyncId;
  /** In order of sequence: created, failed, held, updated. */
  outcomes: string[];
  user: UserId;
  check: string;
  /** An integration request that nobody has taken up. */
  request: string;
  webhook: string;
  scimToken: ScimTokenId;
  scimRequest: string;
  /** An attribute of this tenant's own, of a name that no other has. */
  attribute: string;
  planHash: string;
}

export const planHash = 'plan-hash-1';

const people = [
  { workerId: 'W1', legalName: { display: 'Ana Silva' }, contact: { workEmail: 'ana@acme.example' } },
  { workerId: 'W2', legalName: { display: 'Bo Ek' }, contact: { workEmail: 'not an address' } },
  { workerId: 'W3', legalName: { display: 'Cy Young' }, contact: { workEmail: 'cy@acme.example' } },
  { workerId: 'W4', legalName: { display: 'Di Ng' }, contact: { workEmail: 'di.ng@acme.example' } },
];

export const wanted = {
  sourceSystem: 'PeopleBox',
  authentication: 'OAuth 2',
  payloadShape: 'JSON',
  wantedFields: ['name'],
  volume: '400 people',
  frequency: 'daily',
  connectivity: 'Internet',
};

export const mapping = {
  attributes: { fullName: 'legalName.display', email: 'contact.workEmail' },
};

/** A tenant with keys, an integration, a mapping, a completed dry sync of four people, a user and a check. */
export async function seedTenant(api: ApiUnderTest, name = 'Acme'): Promise<SeededTenant> {
  const { id } = await api.json<{ id: TenantId }>('POST', '/v1/tenants', { body: { name } });
  const base = `/v1/tenants/${id}`;
  const makeKey = async (role: string) =>
    api.json<{ id: string; apiKey: string }>('POST', `${base}/api-keys`, { body: { label: role, role } });
  const admin = await makeKey('admin');
  const viewer = await makeKey('viewer');
  const { id: integration } = await api.json<{ id: IntegrationId }>('POST', `${base}/integrations`, {
    body: {
      name: 'Acme HR',
      connectorId: 'acme-hr',
      config: { baseUrl: 'https://hr.acme.example', clientId: 'muster' },
      secrets: { clientSecret: 'client-s3cret', signingKey: 'signing-k3y' },
    },
  });
  await api.json('POST', `${base}/integrations/${integration}/mappings`, { body: mapping });
  await api.json('POST', `${base}/integrations/${integration}/mappings/1/activate`);
  const { id: sync } = await api.json<{ id: SyncId }>('POST', `${base}/integrations/${integration}/syncs`, {
    body: {},
  });
  const attribute = `custom.of_${id}`;
  await api.json('PUT', `${base}/attributes/${attribute}`, { body: { type: 'string' } });
  const user = await seedUser(api, id, integration, sync);
  await seedDrySync(api, id, integration, sync, user);
  const check = `chk_${sync}`;
  await api.port(CheckStore).request({
    id: check,
    tenantId: id,
    integrationId: integration,
    requestedAt: '2026-01-05T08:00:00.000Z',
    finishedAt: '2026-01-05T08:00:01.000Z',
    steps: [{ step: 'connect', ok: true, message: 'The source answers.' }],
  });
  const { id: request } = await api.json<{ id: string }>('POST', `${base}/integration-requests`, { body: wanted });
  const { id: webhook } = await api.json<{ id: string }>('POST', `${base}/webhooks`, {
    body: { url: `https://hooks.acme.example/${id}` },
  });
  const scimToken = newId('scimToken');
  const token = { id: scimToken, tenantId: id, integrationId: integration, label: 'Provider', hash: scimToken };
  await api.port(ScimTokenStore).create({ ...token, createdAt: '2026-01-05T08:00:00.000Z', lastUsedAt: null });
  const scimRequest = `0mpw7k3xs${randomBytes(6).toString('hex')}`;
  await api.port(ScimRequestLog).add({ tenantId: id, integrationId: integration }, [
    {
      id: scimRequest,
      at: '2026-01-05T08:00:00.000Z',
      client: { tokenId: scimToken, label: 'Provider' },
      method: 'POST',
      path: '/Users',
      status: 201,
      detail: null,
      resourceId: 'scm_1',
      bulk: null,
      body: packScimBody('{"userName":"ana"}'),
      isWrite: true,
      syncId: null,
    },
  ]);
  return {
    tenant: id,
    adminKey: admin.apiKey,
    viewerKey: viewer.apiKey,
    viewerKeyId: viewer.id,
    integration,
    sync,
    outcomes: [0, 1, 2, 3].map((seq) => outcomeId(sync, seq)),
    user,
    check,
    request,
    webhook,
    scimToken,
    scimRequest,
    attribute,
    planHash,
  };
}

async function seedUser(api: ApiUnderTest, tenantId: TenantId, owner: IntegrationId, sync: SyncId): Promise<UserId> {
  const id = `usr_${sync.slice(4)}00003` as UserId;
  const attributes: Record<string, AttributeValue> = { fullName: 'Di Ng', email: 'di@acme.example' };
  await api.port(DirectoryStore).write(tenantId, [
    {
      seq: 3,
      expectedVersion: null,
      integrationId: owner,
      turn: 0,
      link: { sourceId: 'W4', userId: id, presence: 'present', seen: null },
      user: {
        id,
        tenantId,
        version: 1,
        status: 'active',
        role: 'regular',
        owner,
        attributes,
        deactivation: null,
        manager: null,
        lastWrites: { [owner]: [sync, 3] },
        createdAt: '2026-01-05T08:00:00.000Z',
        updatedAt: '2026-01-05T08:00:00.000Z',
      },
    },
  ]);
  return id;
}

async function seedDrySync(
  api: ApiUnderTest,
  tenantId: TenantId,
  integrationId: IntegrationId,
  syncId: SyncId,
  user: UserId,
) {
  const records = people.map((person) => ({ bytes: Buffer.from(JSON.stringify(person)) }));
  const body = await encodePage(records);
  const bytes = records.reduce((sum, record) => sum + record.bytes.length, 0);
  const snapshots = api.port(SnapshotStore);
  const page = { page: 0, firstSeq: 0, records: 4, bytes, contentHash: 'hash', cursorAfter: null, claim: 1 };
  await snapshots.insertPage(tenantId, syncId, page, body);
  const manifest: Manifest = {
    pages: 1,
    records: 4,
    bytes,
    extent: 'full',
    wholeness: 'complete',
    evidence: {
      declaredFirst: 4,
      declaredLast: 4,
      distinctSourceIds: 4,
      endSeen: true,
      reason: 'All 4 people were read.',
    },
    fetch: { requests: 2, retries: 0, byStatus: { '200': 2 }, startedAt: '2026-01-05T08:00:00.000Z' },
    failure: null,
    connectorState: { cursor: 'nobody-outside-may-see-this' },
    finishedAt: '2026-01-05T08:00:02.000Z',
  };
  await snapshots.insertManifest(tenantId, syncId, manifest, 1);
  const hashes = records.map((record) => recordHash(record.bytes));
  const common = { problems: [] as MappingProblem[], userVersion: null, link: 'link' as const, dueDate: null };
  const rows: OutcomeRow[] = [
    {
      ...common,
      seq: 0,
      outcome: 'created',
      reason: 'new',
      state: null,
      sourceId: 'W1',
      userId: null,
      label: 'Ana Silva',
      recordHash: hashes[0]!,
      changes: { fullName: [null, 'Ana Silva'], email: [null, 'ana@acme.example'] },
    },
    {
      ...common,
      seq: 1,
      outcome: 'failed',
      reason: 'typeMismatch',
      state: null,
      sourceId: 'W2',
      userId: null,
      label: null,
      link: 'none',
      recordHash: hashes[1]!,
      changes: {},
      problems: [
        {
          attribute: 'email',
          code: 'typeMismatch',
          expression: 'contact.workEmail',
          message: 'email takes: e-mail address.',
          expected: 'e-mail address',
          actual: 'string',
        },
      ],
    },
    {
      ...common,
      seq: 2,
      outcome: 'created',
      reason: 'new',
      state: 'held',
      sourceId: 'W3',
      userId: null,
      label: 'Cy Young',
      recordHash: hashes[2]!,
      changes: { fullName: [null, 'Cy Young'], email: [null, 'cy@acme.example'] },
      detail: { heldBy: ['emailChanges'] },
    },
    {
      ...common,
      seq: 3,
      outcome: 'updated',
      reason: 'changed',
      state: null,
      sourceId: 'W4',
      userId: user,
      label: 'Di Ng',
      userVersion: 1,
      recordHash: hashes[3]!,
      changes: { email: ['di@acme.example', 'di.ng@acme.example'] },
    },
  ];
  await api.port(OutcomeStore).insertPlanned({
    kind: 'planned',
    tenantId,
    integrationId,
    syncId,
    page: 0,
    firstSeq: 0,
    records: 4,
    claim: 1,
    rows,
    unchanged: { seqs: [], userIds: [] },
    refresh: [],
    counts: { 'created:new:': 1, 'failed:typeMismatch:': 1, 'created:new:held': 1, 'updated:changed:': 1 },
    facts: '',
    digest: 'digest',
  });
  await api.port(SettlementStore).putHeader(tenantId, syncId, {
    attempt: 'a',
    claim: 1,
    chunks: 0,
    exceptions: 0,
    removalPages: 0,
    removals: 0,
    held: 1,
    planHash,
    verdicts: [
      {
        rule: 'emailChanges',
        measured: 3,
        limit: 2,
        population: 1,
        tripped: true,
        message: '3 e-mail addresses would change; 2 may.',
      },
    ],
    judgedMissing: true,
    notSeen: 0,
    population: 1,
    settledAt: '2026-01-05T08:00:03.000Z',
  });
  const syncs = api.port(SyncStore);
  await syncs.move(tenantId, syncId, 'queued', 'completed', { endedAt: '2026-01-05T08:00:04.000Z' });
}

/** Makes the seeded sync one that was live and has applied all that was not held: two people. */
export async function applySeeded(api: ApiUnderTest, { tenant, integration, sync }: SeededTenant): Promise<void> {
  await api.port(OutcomeStore).recordSlice({
    kind: 'slice',
    tenantId: tenant,
    integrationId: integration,
    syncId: sync,
    round: 0,
    slice: 0,
    wholePage: 0,
    applied: [],
    drifted: [],
  });
  await api.port(SyncStore).move(tenant, sync, 'completed', 'completed', { mode: 'live', round: 0 });
}
