import { z } from 'zod';
import { type ConnectorDefinition, defineConnector } from '#connector-sdk';
import type { MusterApi } from './muster-api.js';

/** A person whose record may be as large as it likes. */
export interface BulkyPerson {
  id: string;
  name: string;
  mail: string;
  /** Texts that the mapping takes by their place. */
  texts: readonly string[];
}

export interface BulkyTenant {
  tenant: string;
  integration: string;
}

/** Sources in this process whose records, and what is mapped from them, are far larger than those of any real one. */
export class BulkySources {
  private readonly people = new Map<string, readonly BulkyPerson[]>();
  readonly connector: ConnectorDefinition;

  constructor() {
    const { people } = this;
    this.connector = defineConnector({
      id: 'bulky',
      title: 'Bulky',
      description: 'Large records in memory.',
      capabilities: { full: true, person: false, delta: false, resume: true, wholeness: 'endMarker' },
      config: z.object({ source: z.string().describe('Its name.') }),
      secrets: z.object({}),
      decoder: 'json',
      sourceIdExpression: 'id',
      defaultMapping: { attributes: { fullName: 'name', email: 'mail' } },
      async *check() {
        yield await Promise.resolve({ step: 'sample' as const, ok: true, message: 'It is in memory.' });
      },
      async *fetch({ config, cursor }) {
        const all = people.get(config.source) ?? [];
        for (let at = typeof cursor === 'number' ? cursor : 0; at < all.length; at += 10) {
          const records = all
            .slice(at, at + 10)
            .map((one) => ({ sourceId: one.id, bytes: Buffer.from(JSON.stringify(one)) }));
          yield await Promise.resolve({ records, next: at + 10 < all.length ? at + 10 : null });
        }
        return { extent: 'full' as const, lastPageSeen: true };
      },
    });
  }

  set(source: string, people: readonly BulkyPerson[]): void {
    this.people.set(source, people);
  }

  /** A tenant whose integration maps these custom attributes, each by its expression. */
  async company(api: MusterApi, source: string, expressions: Record<string, string>): Promise<BulkyTenant> {
    const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: source });
    for (const name of Object.keys(expressions)) {
      const definition = { label: name, type: 'string', whenBlank: 'clear' };
      await api.must('PUT', `/v1/tenants/${tenant}/attributes/${name}`, definition);
    }
    const { id: integration } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: source,
      connectorId: this.connector.id,
      config: { source },
      secrets: {},
      standing: 'live',
    });
    const mappings = `/v1/tenants/${tenant}/integrations/${integration}/mappings`;
    const attributes = { fullName: 'name', email: 'mail', ...expressions };
    const { version } = await api.must<{ version: number }>('POST', mappings, { attributes });
    await api.must('POST', `${mappings}/${String(version)}/activate`);
    return { tenant, integration };
  }
}
