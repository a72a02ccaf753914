import { SourceConfigurationError } from '#connector-sdk';
import type { KeycloakApi } from './keycloak-api.js';

/** Some 100 bytes each. */
const MOST_MEMBERSHIPS = 2_000_000;
const MOST_GROUPS = 100_000;

/**
 * Who is in which groups, by the paths of the groups, e.g. `/staff/berlin`.
 *
 * Read group by group, 500 members a request, and held while the users are read: asking for each user's groups instead would
 * be a request for every user. Bounded, because it is held.
 */
export class GroupMembers {
  private readonly paths = new Map<string, string[]>();
  private memberships = 0;
  private groups = 0;

  /** @throws SourceConfigurationError `tooManyMemberships` */
  static async read(api: KeycloakApi): Promise<GroupMembers> {
    const members = new GroupMembers();
    await members.readWithin(api, null);
    return members;
  }

  /** Sorted; none for somebody who is in no group. */
  of(userId: string): readonly string[] {
    return this.paths.get(userId)?.toSorted() ?? [];
  }

  private async readWithin(api: KeycloakApi, parent: string | null): Promise<void> {
    for await (const page of api.groups(parent)) {
      for (const group of page) {
        const { id, path, subGroupCount } = group;
        if (typeof id !== 'string' || typeof path !== 'string') continue;
        this.groups += 1;
        if (this.groups > MOST_GROUPS) throw tooMany();
        for await (const users of api.members(id)) this.add(path, users);
        if (typeof subGroupCount === 'number' && subGroupCount > 0) await this.readWithin(api, id);
      }
    }
  }

  private add(path: string, users: readonly { readonly id?: unknown }[]): void {
    this.memberships += users.length;
    if (this.memberships > MOST_MEMBERSHIPS) throw tooMany();
    for (const { id } of users) {
      if (typeof id !== 'string') continue;
      const paths = this.paths.get(id);
      if (paths === undefined) this.paths.set(id, [path]);
      else if (!paths.includes(path)) paths.push(path);
    }
  }
}

function tooMany(): SourceConfigurationError {
  return new SourceConfigurationError({
    code: 'tooManyMemberships',
    message: `The realm has more than ${MOST_GROUPS} groups or ${MOST_MEMBERSHIPS} memberships, more than are held in memory. Set withGroups to false.`,
  });
}
