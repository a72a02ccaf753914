import { z } from 'zod';
import { type ConnectorDefinition, defineConnector, type FetchEnd } from '#connector-sdk';
import { activateMapping } from './acme-tenant.js';
import { marked } from './canary.js';
import type { MusterApi } from './muster-api.js';
import { rosterMapping, type RosterPerson } from './roster-source.js';

/** What the next fetch of a source gives, and when. */
interface Script {
  people: readonly RosterPerson[];
  extent: 'full' | 'delta';
  isWhole: boolean;
  /** Resolves when a fetch may give its first record. */
  gate: Promise<void>;
}

export interface ScriptedIntegrationOptions {
  precedence?: 'primary' | 'secondary';
  standing?: 'observe' | 'live';
  onLeavingScope?: 'deprovision' | 'keep';
  safeguards?: Record<string, number>;
  mapping?: { attributes: Record<string, string>; scope?: string };
}

/** A tenant with one integration, and the name of the source that it reads. */
export interface ScriptedCompany {
  tenant: string;
  integration: string;
  source: string;
}

/** Sources in this process that do as they are told: everyone, some, one person, now or when they are let. */
export class ScriptedSources {
  private readonly scripts = new Map<string, Script>();
  private companies = 0;
  readonly connector: ConnectorDefinition;

  constructor() {
    const { scripts } = this;
    this.connector = defineConnector({
      id: 'scripted',
      title: 'Scripted',
      description: 'A source that does as it is told.',
      capabilities: { full: true, person: true, delta: true, resume: true, wholeness: 'endMarker' },
      config: z.object({ source: z.string().describe('Its name.') }),
      secrets: z.object({}),
      decoder: 'json',
      sourceIdExpression: 'id',
      defaultMapping: { attributes: { fullName: 'name', email: 'mail' } },
      async *check() {
        yield await Promise.resolve({ step: 'sample' as const, ok: true, message: 'It is in memory.' });
      },
      async *fetch({ config, cursor, person, signal }) {
        const { people, extent, isWhole, gate } = scripts.get(config.source) ?? empty;
        await Promise.race([
          gate,
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason as Error));
          }),
        ]);
        const shown = person === null ? people : people.filter(({ id }) => id === person);
        for (let at = typeof cursor === 'number' ? cursor : 0; at < shown.length; at += 3) {
          const records = shown
            .slice(at, at + 3)
            .map((one) => ({ sourceId: one.id, bytes: Buffer.from(JSON.stringify(one)) }));
          yield { records, next: at + 3 < shown.length ? at + 3 : null };
        }
        const end: FetchEnd = { extent: person === null ? extent : 'person', lastPageSeen: isWhole };
        return end;
      },
    });
  }

  /** Everyone whom the source has from now on. */
  set(source: string, people: readonly RosterPerson[], parts: Partial<Script> = {}): void {
    this.scripts.set(source, { ...empty, people, ...parts });
  }

  /** As {@link set}; every fetch waits until the answer is called. */
  setGated(source: string, people: readonly RosterPerson[], parts: Partial<Script> = {}): () => void {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    this.set(source, people, { ...parts, gate: promise });
    return () => resolve(undefined);
  }

  /** A live integration that reads a source, with an active mapping. Gives its id. */
  async integrate(
    api: MusterApi,
    tenant: string,
    source: string,
    { mapping, ...settings }: ScriptedIntegrationOptions = {},
  ): Promise<string> {
    const { id } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
      name: source,
      connectorId: this.connector.id,
      config: { source },
      secrets: {},
      standing: 'live',
      ...settings,
    });
    await activateMapping(api, tenant, id, mapping ?? scriptedMapping);
    return id;
  }

  /** A tenant with one such integration. */
  async company(api: MusterApi, source: string, options: ScriptedIntegrationOptions = {}): Promise<ScriptedCompany> {
    const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: source });
    return { tenant, integration: await this.integrate(api, tenant, source, options), source };
  }

  /** As {@link company}, one that has no name of its own. */
  async anotherCompany(api: MusterApi, options: ScriptedIntegrationOptions = {}): Promise<ScriptedCompany> {
    this.companies += 1;
    return this.company(api, `company-${String(this.companies)}`, options);
  }
}

const empty: Script = { people: [], extent: 'full', isWhole: true, gate: Promise.resolve() };

const { 'custom.tagCount': _tags, ...attributes } = rosterMapping.attributes;
const scriptedMapping = { attributes, scope: rosterMapping.scope };

/** The person of a number. */
export function person(number: number, parts: Partial<RosterPerson> = {}): RosterPerson {
  const n = String(number);
  return {
    id: marked(`s${n}`),
    name: marked(`Person ${n}`),
    mail: marked(`p${n}@x.example`),
    num: marked(`N${n}`),
    ...parts,
  };
}

/** The persons of the numbers 0 to `count` − 1. */
export function persons(count: number): RosterPerson[] {
  return Array.from({ length: count }, (_, number) => person(number));
}
