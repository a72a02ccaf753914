import type { AttributeValue, ManagerAttribute } from './attributes.js';
import type { IntegrationId, SyncId, TenantId, UserId } from './ids.js';
import type { OutcomeReason } from './outcome.js';

export const userStatuses = ['active', 'deactivated', 'anonymized'] as const;
export type UserStatus = (typeof userStatuses)[number];

export const userRoles = ['regular', 'restricted', 'admin'] as const;
export type UserRole = (typeof userRoles)[number];

export type Attributes = Record<string, AttributeValue>;

/** A person in the directory. */
export interface User {
  id: UserId;
  tenantId: TenantId;
  /** Rises with each write of a sync or a person; plans are compared with it. References don't raise it. */
  version: number;
  status: UserStatus;
  role: UserRole;
  /** The integration that first linked the user, or took over; only it writes and removes. Null: made by hand. */
  owner: IntegrationId | null;
  attributes: Attributes;
  deactivation: Deactivation | null;
  manager: ManagerReference | null;
  /** Per integration, the sync and sequence that last wrote this user: how a redelivered write is recognised. */
  lastWrites: Record<string, [syncId: SyncId, seq: number]>;
  createdAt: string;
  updatedAt: string;
}

/** A user's full name as lists show it; null without one. */
export function nameOf({ attributes }: Pick<User, 'attributes'>): string | null {
  const name = attributes['fullName'];
  return typeof name === 'string' ? name : null;
}

/** What a user has under an attribute's name: mappings that fill `active` set the status, and no value. */
export function attributeOf({ attributes, status }: Pick<User, 'attributes' | 'status'>, name: string): AttributeValue {
  return name === 'active' ? status === 'active' : (attributes[name] ?? null);
}

export interface Deactivation {
  at: string;
  reason: OutcomeReason;
  syncId: SyncId;
  /** Access has ended, data is kept until this instant; then the user is anonymised. */
  anonymizeAfter: string;
  /**
   * True until the source has shown the person inactive or absent: a deactivation by hand stands against a source
   * that still calls the person active.
   */
  byHand: boolean;
}

/** A user's pointer at their manager: parked while nobody answers to the key. */
export interface ManagerReference {
  by: ManagerAttribute;
  key: string;
  userId: UserId | null;
}

/**
 * A link (integration, source id) → user, together with what was last seen under it. The `seen` part is no part of
 * the directory: it only shortens the way to `skipped: unchanged`.
 */
export interface Link {
  sourceId: string;
  userId: UserId;
  presence: 'present' | 'absent';
  seen: Seen | null;
}

export interface Seen {
  /** Hash of the raw record's bytes. */
  recordHash: string;
  mappingVersion: number;
  attributesRevision: number;
  settingsRevision: number;
  userVersion: number;
  /** First date (`YYYY-MM-DD`) at which the same bytes may have another outcome; null when never. */
  dueDate: string | null;
}
