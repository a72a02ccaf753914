import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../api/api-client.js';
import type { AnswerTo, Mapping, Outcome, SyncDetail } from '#api-client';

const ends = ['completed', 'incomplete', 'awaitingApproval', 'failed', 'cancelled'];

const integrations = '/v1/tenants/{tenant}/integrations';

/** The calls that the demo makes, in the order in which an administrator would make them. */
export class DemoMuster {
  private tenant = '';
  private integration = '';

  constructor(private readonly api: ApiClient) {}

  async createTenant(name: string): Promise<void> {
    this.tenant = (await this.api.request('POST', '/v1/tenants', { body: { name } })).id;
    for (const [name, body] of [
      ['custom.costCentre', { label: 'Cost centre', type: 'string' }],
      ['custom.contractor', { label: 'Contractor', type: 'boolean' }],
    ] as const) {
      await this.api.request('PUT', '/v1/tenants/{tenant}/attributes/{name}', {
        path: { tenant: this.tenant, name },
        body,
      });
    }
  }

  async connect(url: string): Promise<AnswerTo<`${typeof integrations}/{integration}/check`, 'POST'>> {
    const { id } = await this.api.request('POST', integrations, {
      path: { tenant: this.tenant },
      body: {
        name: 'Acme HR',
        connectorId: 'acme-hr',
        config: { baseUrl: url, clientId: 'muster' },
        secrets: { clientSecret: 'acme-client-secret', signingKey: 'acme-signing-key' },
      },
    });
    this.integration = id;
    return this.api.request('POST', `${integrations}/{integration}/check`, { path: this.place });
  }

  async useDefaultMapping(): Promise<Mapping> {
    const { version } = await this.api.request('POST', `${integrations}/{integration}/mappings`, {
      path: this.place,
      body: { default: true },
    });
    return this.api.request('POST', `${integrations}/{integration}/mappings/{version}/activate`, {
      path: { ...this.place, version },
    });
  }

  async start(mode: 'dry' | 'live'): Promise<string> {
    const path = this.place;
    return (await this.api.request('POST', `${integrations}/{integration}/syncs`, { path, body: { mode } })).id;
  }

  async approve(sync: SyncDetail): Promise<number> {
    const { round } = await this.api.request('POST', '/v1/tenants/{tenant}/syncs/{sync}/approve', {
      path: { tenant: this.tenant, sync: sync.id },
      body: { all: true, planHash: sync.planHash ?? '', comment: 'looks right' },
    });
    return round;
  }

  /** Follows a sync to its end (of an apply round, when one is named), telling how far it has come. */
  async follow(id: string, onProgress: (sync: SyncDetail) => void, round = -1): Promise<SyncDetail> {
    for (;;) {
      const sync = await this.api.request('GET', '/v1/tenants/{tenant}/syncs/{sync}', {
        path: { tenant: this.tenant, sync: id },
      });
      onProgress(sync);
      if (ends.includes(sync.state) && sync.round >= round) return sync;
      await sleep(60);
    }
  }

  async outcomes(sync: string, query: { outcome?: Outcome['outcome'] }, limit: number): Promise<Outcome[]> {
    const path = { tenant: this.tenant, sync };
    const page = await this.api.request('GET', '/v1/tenants/{tenant}/syncs/{sync}/outcomes', {
      path,
      query: { ...query, limit },
    });
    return page.items;
  }

  async activeUsers(): Promise<number> {
    const { items } = await this.api.list('/users', { query: { status: 'active' } }, 1_000_000);
    return items.length;
  }

  private get place(): { tenant: string; integration: string } {
    return { tenant: this.tenant, integration: this.integration };
  }
}
