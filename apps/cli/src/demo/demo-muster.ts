import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../api/api-client.js';
import type { Check, Integration, Outcome, SyncDetail, Tenant, User } from '../api/api-types.js';

const ends = ['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'];

/** The calls that the demo makes, in the order in which an administrator would make them. */
export class DemoMuster {
  private tenant = '';
  private integration = '';

  constructor(private readonly api: ApiClient) {}

  async createTenant(name: string): Promise<void> {
    this.tenant = (await this.api.request<Tenant>('POST', '/v1/tenants', { body: { name } })).id;
    for (const [attribute, body] of [
      ['custom.costCentre', { label: 'Cost centre', type: 'string' }],
      ['custom.contractor', { label: 'Contractor', type: 'boolean' }],
    ] as const) {
      await this.call('PUT', `/attributes/${attribute}`, body);
    }
  }

  async connect(url: string): Promise<Check> {
    const { id } = await this.call<Integration>('POST', '/integrations', {
      name: 'Acme HR',
      connectorId: 'acme-hr',
      config: { baseUrl: url, clientId: 'muster' },
      secrets: { clientSecret: 'acme-client-secret', signingKey: 'acme-signing-key' },
    });
    this.integration = id;
    return this.call<Check>('POST', `/integrations/${id}/check`);
  }

  async useDefaultMapping(): Promise<{ attributes: Record<string, string> }> {
    const path = `/integrations/${this.integration}/mappings`;
    const { version } = await this.call<{ version: number }>('POST', path, { default: true });
    return this.call('POST', `${path}/${String(version)}/activate`);
  }

  async start(mode: 'dry' | 'live'): Promise<string> {
    return (await this.call<SyncDetail>('POST', `/integrations/${this.integration}/syncs`, { mode })).id;
  }

  async approve(sync: SyncDetail): Promise<number> {
    const { round } = await this.call<{ round: number }>('POST', `/syncs/${sync.id}/approve`, {
      all: true,
      planHash: sync.planHash,
      comment: 'looks right',
    });
    return round;
  }

  /** Follows a sync to its end (of an apply round, when one is named), telling how far it has come. */
  async follow(id: string, onProgress: (sync: SyncDetail) => void, round = -1): Promise<SyncDetail> {
    for (;;) {
      const sync = await this.call<SyncDetail>('GET', `/syncs/${id}`);
      onProgress(sync);
      if (ends.includes(sync.state) && sync.round >= round) return sync;
      await sleep(60);
    }
  }

  async outcomes(sync: string, filter: string, limit: number): Promise<Outcome[]> {
    const path = `/syncs/${sync}/outcomes?limit=${String(limit)}${filter === '' ? '' : `&${filter}`}`;
    return (await this.call<{ items: Outcome[] }>('GET', path)).items;
  }

  async activeUsers(): Promise<number> {
    const { items } = await this.api.list<User>('/users', { status: 'active' }, 1_000_000);
    return items.length;
  }

  private call<Answer>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object): Promise<Answer> {
    const address = `/v1/tenants/${this.tenant}${path}`;
    return this.api.request<Answer>(method, address, body === undefined ? {} : { body });
  }
}
