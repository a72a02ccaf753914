import type { ScimResourceId, SyncId } from '../ids.js';
import type { ScimResource, ScimScope } from '../scim.js';

/** A group whose change its members are still to hear of: what it was when it was read. */
export type ScimGroupMark = Pick<ScimResource, 'id' | 'pending'>;

/**
 * What was pushed and is not in the directory yet. A user is pending from the write that changes them, or one of their
 * groups' names, until a sync that has taken them since is applied; fresh, until a sync takes them. A deleted user is
 * pending like any other.
 */
export abstract class ScimPendingStore {
  /** Integrations of all tenants with something fresh, or with anything pending, in an order that stays; from after one on. */
  abstract scopes(which: 'fresh' | 'pending', after: ScimScope | null, limit: number): Promise<ScimScope[]>;
  /** Groups that have another name now, or are gone, in order of id. */
  abstract groups(scope: ScimScope, limit: number): Promise<ScimGroupMark[]>;
  /**
   * Marks a group's members, at most `limit` of those after an id. Gives the id to go on after; null when all are marked
   * and with that the group's own mark is off, unless it has changed again.
   */
  abstract spread(
    scope: ScimScope,
    group: ScimGroupMark,
    page: { after: string | null; limit: number },
  ): Promise<string | null>;
  /**
   * Users in order of id, noted as taken by this sync and fresh no more: all that are pending, or those that are fresh. What
   * this sync has taken before is given again to whoever asks from further back.
   */
  abstract take(
    scope: ScimScope,
    syncId: SyncId,
    page: { which: 'fresh' | 'pending'; after: ScimResourceId | null; limit: number },
  ): Promise<ScimResource[]>;
  /** Takes off the marks of all that this sync was the last to take and that has not changed since. */
  abstract settle(scope: ScimScope, syncId: SyncId): Promise<void>;
}
