import type { ScimResourceId } from '../ids.js';
import type { JsonObject } from '../json.js';
import type {
  ScimGroupName,
  ScimMember,
  ScimMemberChanges,
  ScimResource,
  ScimResourceName,
  ScimScope,
} from '../scim.js';

/** Which resources of a kind: of those in order of id, from after one on, or from a number on. */
export interface ScimListPage {
  after: string | null;
  /** Skipped first. */
  offset?: number;
  limit: number;
}

/** A change of one resource, made if it still has this version (null: whichever it has). */
export interface ScimChange {
  id: ScimResourceId;
  type: ScimResourceName;
  version: number | null;
  attributes: JsonObject;
  /** Null: the members stay. */
  members: ScimMemberChanges | null;
  at: string;
}

/** `taken`: another user of the integration has this `userName`. `stale`: it has another version by now. */
export type ScimWritten = { kind: 'written'; resource: ScimResource } | { kind: 'taken' | 'stale' | 'unknown' };

/**
 * What identity providers pushed, each integration's apart: another's is as unknown as one that does not exist. A write is
 * durable against a power cut when it resolves, with its mark of being pending (see `ScimPendingStore`): the provider is told
 * of it. Who comes into a group or goes out of it is pending with that; a group that gets another name or goes has a mark
 * itself, which stands for all its members.
 */
export abstract class ScimResourceStore {
  /** Version 1; a user is pending. `unknown` and `stale` never come of it. */
  abstract create(
    scope: ScimScope,
    resource: Pick<ScimResource, 'id' | 'type' | 'attributes'> & { members: ScimMemberChanges | null; at: string },
  ): Promise<ScimWritten>;
  abstract change(scope: ScimScope, change: ScimChange): Promise<ScimWritten>;
  /** Takes it out of every list and group; its name is free. */
  abstract delete(
    scope: ScimScope,
    gone: { id: ScimResourceId; type: ScimResourceName; version: number | null; at: string },
  ): Promise<'deleted' | 'stale' | 'unknown'>;

  /** Null also for a deleted one, unless asked for. */
  abstract find(
    scope: ScimScope,
    type: ScimResourceName,
    id: string,
    options?: { deleted: boolean },
  ): Promise<ScimResource | null>;
  /** Those that are not deleted and have this key (see `scimKey`), at most `limit`, in order of id. */
  abstract findByKey(scope: ScimScope, type: ScimResourceName, key: string, limit: number): Promise<ScimResource[]>;
  /** In order of id; `deleted` ones only when asked for. */
  abstract list(
    scope: ScimScope,
    type: ScimResourceName,
    page: ScimListPage,
    options?: { deleted: boolean },
  ): Promise<ScimResource[]>;
  /** How many are not deleted. */
  abstract count(scope: ScimScope, type: ScimResourceName): Promise<number>;

  /** A group's members in order of their ids, one page; `after` is the last id of the page before. */
  abstract members(
    scope: ScimScope,
    groupId: ScimResourceId,
    page: { after: string | null; limit: number },
  ): Promise<ScimMember[]>;
  /** The groups of each, in order of their ids, in one read; those in none are left out. */
  abstract groupsOf(scope: ScimScope, memberIds: readonly string[]): Promise<Map<string, ScimGroupName[]>>;

  /** Forgets what was deleted before an instant, of all integrations: at most `limit` resources. Gives how many. */
  abstract forgetDeletedBefore(instant: string, limit: number): Promise<number>;
}
