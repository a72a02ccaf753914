import { z } from 'zod';
import { type ConnectorDefinition, defineConnector } from '#connector-sdk';
import { activateMapping } from './acme-tenant.js';
import type { MusterApi } from './muster-api.js';

/** One person in a roster. Tests leave out or distort what they like. */
export interface RosterPerson {
  id: string | null;
  name?: string | null;
  mail?: string | null;
  num?: string | null;
  title?: string | null;
  active?: boolean;
  /** Termination date. */
  end?: string;
  hired?: string;
  boss?: string;
  scope?: 'in' | 'out';
  access?: 'R' | 'N';
  /** Anything: the expression `length(tags)` fails on what has no length. */
  tags?: unknown;
  /** Fills the record up, so that few of them fill a page. */
  pad?: string;
}

/** A padding with which three people fill a page. */
export const thirdOfAPage = 'x'.repeat(160 * 1024);

export const rosterMapping = {
  attributes: {
    fullName: 'name',
    email: 'mail',
    employeeId: 'num',
    active: 'active',
    title: 'title',
    terminationDate: 'end',
    hireDate: 'hired',
    managerSourceId: 'boss',
    'custom.tagCount': 'length(tags)',
  },
  scope: "scope != 'out'",
  restricted: { expression: "access == 'R'", onMissing: 'keep' },
};

/**
 * Sources in this process: lists of people by name, read through a connector of their own that keeps a state, archives
 * what was applied, and counts both.
 */
export class RosterSources {
  private readonly rosters = new Map<string, readonly RosterPerson[]>();
  /** Calls of the connector's `commit`, by roster. */
  readonly commits = new Map<string, number>();
  private fetches = 0;

  readonly connector: ConnectorDefinition;

  constructor() {
    const { rosters, commits } = this;
    const nextFetch = (): number => (this.fetches += 1);
    this.connector = defineConnector({
      id: 'roster',
      title: 'Roster',
      description: 'A list of people in memory.',
      capabilities: { full: true, person: false, delta: false, resume: true, wholeness: 'endMarker' },
      config: z.object({ roster: z.string().describe('The name of the list.') }),
      secrets: z.object({}),
      decoder: 'json',
      sourceIdExpression: 'id',
      defaultMapping: { attributes: { fullName: 'name', email: 'mail' } },
      async *check() {
        yield await Promise.resolve({ step: 'sample' as const, ok: true, message: 'It is in memory.' });
      },
      async *fetch({ config, cursor }) {
        const people = rosters.get(config.roster) ?? [];
        const from = typeof cursor === 'number' ? cursor : 0;
        for (let at = from; at < people.length; at += 5) {
          const records = people
            .slice(at, at + 5)
            .map((person) => ({ sourceId: person.id, bytes: Buffer.from(JSON.stringify(person)) }));
          yield await Promise.resolve({ records, next: at + 5 < people.length ? at + 5 : null });
        }
        return { extent: 'full' as const, lastPageSeen: true, state: { fetch: nextFetch() } };
      },
      async commit({ config }) {
        commits.set(config.roster, (commits.get(config.roster) ?? 0) + 1);
        await Promise.resolve();
      },
    });
  }

  set(roster: string, people: readonly RosterPerson[]): void {
    this.rosters.set(roster, people);
  }
}

export interface RosterTenantOptions {
  safeguards?: Record<string, number>;
  onLeavingScope?: 'deprovision' | 'keep';
  mapping?: unknown;
}

/** A tenant with one live integration that reads a roster, with {@link rosterMapping} active. */
export async function createRosterTenant(
  api: MusterApi,
  roster: string,
  options: RosterTenantOptions = {},
): Promise<{ tenant: string; integration: string; roster: string }> {
  const { id: tenant } = await api.must<{ id: string }>('POST', '/v1/tenants', { name: roster });
  await api.must('PUT', `/v1/tenants/${tenant}/attributes/custom.tagCount`, { label: 'Tags', type: 'number' });
  const { id: integration } = await api.must<{ id: string }>('POST', `/v1/tenants/${tenant}/integrations`, {
    name: 'Roster',
    connectorId: 'roster',
    config: { roster },
    secrets: {},
    standing: 'live',
    onLeavingScope: options.onLeavingScope ?? 'deprovision',
    ...(options.safeguards === undefined ? {} : { safeguards: options.safeguards }),
  });
  await activateMapping(api, tenant, integration, options.mapping ?? rosterMapping);
  return { tenant, integration, roster };
}

/** Safeguards that hold nothing but what is not whole. */
export const looseIfWhole = {
  inferredRemovals: 1,
  inferredRemovals7Days: 1,
  explicitLeavers: 1,
  emailChanges: 1,
  blankedValues: 1,
  restrictedChanges: 1,
  managerChanges: 1,
  failures: 1,
};

/** Safeguards that hold nothing. */
export const looseSafeguards: Record<string, number> = { ...looseIfWhole, declaredTotalDrop: 1 };
