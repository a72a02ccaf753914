import type { IntegrationId, TenantId, UserId } from '../ids.js';
import type { Drift } from '../messages.js';
import type { Link, ManagerReference, User, UserStatus } from '../user.js';

/** Writes one user whole, by compare-and-set, and the link of the record that caused it. */
export interface UserWrite {
  seq: number;
  user: User;
  /** The version to be replaced; null creates the user. */
  expectedVersion: number | null;
  /** The integration under which `user.lastWrites` names this write. */
  integrationId: IntegrationId;
  /** The `turn` of the sync that writes. */
  turn: number;
  /** Null leaves links alone. Replaces a link of that source id. */
  link: Link | null;
}

/** Users fit when they fit all that is given. */
export interface UserListFilter {
  id?: UserId;
  /** As `emailKey` and `employeeIdKey` make them: looked up by an index, whatever the user's status. */
  emailKey?: string;
  employeeIdKey?: string;
  status?: UserStatus;
  /** Part of the name or e-mail, any case. */
  q?: string;
  /** The owner. */
  integrationId?: IntegrationId;
}

/**
 * Users, links and what was last seen under each. Unique per tenant: (integration, source id); the e-mail key and the
 * employee-id key among active users that have one. Written by the reconciler alone.
 */
export abstract class DirectoryStore {
  /** False lets a first sync skip every look-up. */
  abstract hasUsers(tenantId: TenantId): Promise<boolean>;
  abstract links(
    tenantId: TenantId,
    integrationId: IntegrationId,
    sourceIds: readonly string[],
  ): Promise<Map<string, Link>>;
  abstract users(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, User>>;
  /** Versions of active users among these: the quick look at a page of unchanged records. */
  abstract activeVersions(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, number>>;
  /** What those of these users who are there are found by: name, e-mail, employee id, a line each. */
  abstract searchTexts(tenantId: TenantId, ids: readonly UserId[]): Promise<Map<UserId, string>>;
  /** The active holder of each e-mail key. */
  abstract byEmailKeys(tenantId: TenantId, keys: readonly string[]): Promise<Map<string, UserId>>;
  /** Holders of each employee-id key: the active one, and deactivated ones not yet due for anonymisation. */
  abstract byEmployeeIdKeys(tenantId: TenantId, keys: readonly string[], now: string): Promise<Map<string, UserId[]>>;
  /** Links of these users, by user: of all integrations. */
  abstract linksOfUsers(
    tenantId: TenantId,
    ids: readonly UserId[],
  ): Promise<Map<UserId, (Link & { integrationId: IntegrationId })[]>>;
  /** An integration's present links in order of source id, after one. */
  abstract presentLinks(
    tenantId: TenantId,
    integrationId: IntegrationId,
    afterSourceId: string | null,
    limit: number,
  ): Promise<{ sourceId: string; userId: UserId }[]>;
  abstract countActiveOwned(tenantId: TenantId, integrationId: IntegrationId): Promise<number>;
  /** Users of the integration deactivated since the instant as missing or out of scope and not back: anonymised ones too. */
  abstract countInferredRemovalsSince(tenantId: TenantId, integrationId: IntegrationId, since: string): Promise<number>;

  /**
   * Applies each write on its own, many to a transaction; gives those that did not fit. A write that this very
   * outcome already made counts as applied.
   */
  abstract write(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]>;
  /**
   * Applies all or none: first clears the keys of everyone in it, then writes. Gives the drifts that stood in the
   * way; none when all was applied (now or before).
   */
  abstract writeTransfer(tenantId: TenantId, writes: readonly UserWrite[]): Promise<Drift[]>;
  /**
   * Writes links alone (seen parts, presence, links of skipped records). False, and nothing is written, once the turn is
   * over: a later sync of the integration has entered the pipeline.
   */
  abstract writeLinks(
    tenantId: TenantId,
    integrationId: IntegrationId,
    turn: number,
    links: readonly Link[],
  ): Promise<boolean>;

  /** Users whose manager reference is parked, in order of id. */
  abstract parkedReferences(
    tenantId: TenantId,
    after: UserId | null,
    limit: number,
  ): Promise<{ userId: UserId; owner: IntegrationId | null; reference: ManagerReference }[]>;
  /** Resolves references whose pointer is still the given one. Versions stay. */
  abstract resolveReferences(
    tenantId: TenantId,
    resolved: readonly { userId: UserId; reference: ManagerReference; managerId: UserId }[],
  ): Promise<void>;

  /** Deactivated users of all tenants whose delay is over. */
  abstract dueForAnonymisation(now: string, limit: number): Promise<{ tenantId: TenantId; userId: UserId }[]>;
  /** Empties a user's values and frees its links, if it is still due; the row stays. */
  abstract anonymise(tenantId: TenantId, userId: UserId, now: string): Promise<boolean>;

  abstract user(tenantId: TenantId, id: UserId): Promise<User | null>;
  /** In order of id (UTF-8 bytes); with `q` in any order that stays. `after`: the last one of the list so far. */
  abstract listUsers(tenantId: TenantId, filter: UserListFilter, after: UserId | null, limit: number): Promise<User[]>;
  abstract countByStatus(tenantId: TenantId): Promise<Record<UserStatus, number>>;
}
