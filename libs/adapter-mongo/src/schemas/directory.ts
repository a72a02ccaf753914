import type { IntegrationId, ManagerReference, Seen, TenantId, User, UserId, UserStatus } from '#core';
import { declareCollection } from './collection.js';

/** What is searched, compared or unique is a field; the rest is one JSON text. Instants are milliseconds. */
export interface UserDocument {
  /** tenant:user */
  _id: string;
  tenantId: TenantId;
  version: number;
  status: UserStatus;
  owner: IntegrationId | null;
  /** `keyHash` of it, as is the next. */
  emailKey: string | null;
  employeeIdKey: string | null;
  managerBy: ManagerReference['by'] | null;
  managerKey: string | null;
  managerId: UserId | null;
  deactivatedAt: number | null;
  anonymizeAfter: number | null;
  /** Deactivated as missing or out of scope. */
  removalInferred: boolean;
  lastWrites: User['lastWrites'];
  /** Name and e-mail address, folded. */
  search: string;
  /** `UserBody` as JSON. */
  body: string;
}

export const users = declareCollection<UserDocument>(
  'users',
  {
    _id: String,
    tenantId: String,
    version: Number,
    status: String,
    owner: String,
    emailKey: String,
    employeeIdKey: String,
    managerBy: String,
    managerKey: String,
    managerId: String,
    deactivatedAt: Number,
    anonymizeAfter: Number,
    removalInferred: Boolean,
    lastWrites: Object,
    search: String,
    body: String,
  },
  [
    {
      name: 'byEmail',
      keys: { tenantId: 1, emailKey: 1 },
      unique: true,
      partialFilterExpression: { status: 'active', emailKey: { $gt: '' } },
    },
    {
      name: 'byEmployeeId',
      keys: { tenantId: 1, employeeIdKey: 1 },
      unique: true,
      partialFilterExpression: { status: 'active', employeeIdKey: { $gt: '' } },
    },
    {
      name: 'goneByEmployeeId',
      keys: { tenantId: 1, employeeIdKey: 1, anonymizeAfter: 1 },
      partialFilterExpression: { status: 'deactivated', employeeIdKey: { $gt: '' } },
    },
    {
      name: 'goneByEmail',
      keys: { tenantId: 1, emailKey: 1 },
      partialFilterExpression: { status: 'deactivated', emailKey: { $gt: '' } },
    },
    // Of all statuses `active` comes first: this leaves it out, so that a first sync does not write here.
    {
      name: 'notActive',
      keys: { tenantId: 1, status: 1, _id: 1 },
      partialFilterExpression: { status: { $gt: 'active' } },
    },
    { name: 'due', keys: { anonymizeAfter: 1 }, partialFilterExpression: { status: 'deactivated' } },
    {
      name: 'removed',
      keys: { tenantId: 1, owner: 1, deactivatedAt: 1 },
      partialFilterExpression: { removalInferred: true },
    },
  ],
);

/**
 * The reference of a user whose manager is not known yet, written with the user. Apart from the users because it goes away
 * once: an indexed field that changes costs four times what the insert of a user does.
 */
export interface ParkedReferenceDocument {
  /** tenant:user */
  _id: string;
  owner: IntegrationId | null;
  managerBy: ManagerReference['by'];
  managerKey: string;
}

export const parkedReferences = declareCollection<ParkedReferenceDocument>('parkedReferences', {
  _id: String,
  owner: String,
  managerBy: String,
  managerKey: String,
});

/** `Seen` without names: half the size of a link. */
export type SeenTuple = [
  recordHash: Seen['recordHash'],
  mappingVersion: number,
  attributesRevision: number,
  settingsRevision: number,
  userVersion: number,
  dueDate: Seen['dueDate'],
];

export interface LinkDocument {
  /** tenant:integration:source id. Unique, and in order of source id. */
  _id: string;
  /** tenant:user */
  user: string;
  present: boolean;
  seen: SeenTuple | null;
}

export const links = declareCollection<LinkDocument>(
  'links',
  { _id: String, user: String, present: Boolean, seen: [Object] },
  [{ name: 'byUser', keys: { user: 1 } }],
);

/**
 * How many users there are by owner and status, written in the transaction that changes them. A count is spread over
 * several documents, so that writers side by side seldom meet on one; their sum is exact, one alone may be negative.
 */
export interface UserCountDocument {
  /** tenant:owner:status:part; owner is `-` without one. */
  _id: string;
  status: UserStatus;
  users: number;
}

export const userCounts = declareCollection<UserCountDocument>('userCounts', {
  _id: String,
  status: String,
  users: Number,
});
