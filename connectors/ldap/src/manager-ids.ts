import { idAttributeOf } from './ldap.settings.js';
import type { DirectoryContext, DirectorySession } from './directory-session.js';
import { PersonRecords, type Person } from './person-record.js';

/** How many managers' ids are remembered: those of a company of half a million. */
const maxRemembered = 50_000;
/** Questions that are out at a time. */
const atOnce = 16;

/**
 * Finds the ids of managers, who are named by DN. Each is asked for once, on the same connection between two pages;
 * who has been forgotten is asked for again.
 */
export class ManagerIds {
  private readonly known = new Map<string, string | null>();
  private readonly records: PersonRecords;
  private readonly idAttribute: string;

  constructor(
    private readonly session: DirectorySession,
    config: DirectoryContext['config'],
  ) {
    this.records = new PersonRecords(config);
    this.idAttribute = idAttributeOf(config);
  }

  /** The id of each person's manager in turn; null for none. @throws SourceError */
  async of(people: readonly Person[]): Promise<(string | null)[]> {
    if (this.known.size > maxRemembered) this.known.clear();
    for (const { dn, id } of people) this.known.set(dn, id);
    const wanted = new Set(people.flatMap(({ managerDn }) => (managerDn === null ? [] : [managerDn])));
    const unknown = [...wanted].filter((dn) => !this.known.has(dn));
    for (let at = 0; at < unknown.length; at += atOnce) {
      await Promise.all(unknown.slice(at, at + atOnce).map(async (dn) => this.known.set(dn, await this.find(dn))));
    }
    return people.map(({ managerDn }) => (managerDn === null ? null : (this.known.get(managerDn) ?? null)));
  }

  private async find(dn: string): Promise<string | null> {
    const entry = await this.session.entry(dn, [this.idAttribute]);
    return entry === null ? null : this.records.read(entry).id;
  }
}
