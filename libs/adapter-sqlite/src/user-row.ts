import type {
  Attributes,
  Deactivation,
  IntegrationId,
  ManagerReference,
  OutcomeReason,
  User,
  UserId,
  UserStatus,
} from '#core';
import { emailKey, employeeIdKey } from '#core';
import { foldText } from '#core';

/** What a user has beside the columns of `users`. */
interface UserBody {
  role: User['role'];
  owner: IntegrationId | null;
  attributes: Attributes;
  deactivation: Deactivation | null;
  lastWrites: User['lastWrites'];
  createdAt: string;
  updatedAt: string;
}

/** A user as read from `users` and `user_bodies`. */
export interface UserRow {
  id: UserId;
  version: number;
  status: UserStatus;
  manager_by: ManagerReference['by'] | null;
  manager_key: string | null;
  manager_id: UserId | null;
  body: string;
}

/** SQL: the columns of a {@link UserRow}, from `users AS u` and `user_bodies AS b`. */
export const userColumns = 'u.id, u.version, u.status, u.manager_by, u.manager_key, u.manager_id, b.body';

const inferredReasons: readonly OutcomeReason[] = ['missingFromSnapshot', 'outOfScope'];

export function toUser(tenantId: User['tenantId'], row: UserRow): User {
  const { manager_by: by, manager_key: key } = row;
  const body = JSON.parse(row.body) as UserBody;
  return {
    id: row.id,
    tenantId,
    version: row.version,
    status: row.status,
    role: body.role,
    owner: body.owner,
    attributes: body.attributes,
    deactivation: body.deactivation,
    manager: by === null || key === null ? null : { by, key, userId: row.manager_id },
    lastWrites: body.lastWrites,
    createdAt: body.createdAt,
    updatedAt: body.updatedAt,
  };
}

/**
 * The columns of `users` from `version` on, in order of the table: version, status, owner_no, email_key,
 * employee_id_key, manager_by, manager_key, manager_id, deactivated_at, anonymize_after, removal_inferred.
 */
export function userValues(user: User, ownerNo: number): (string | number | null)[] {
  const { deactivation, manager, attributes } = user;
  return [
    user.version,
    user.status,
    ownerNo,
    emailKey(attributes['email']),
    employeeIdKey(attributes['employeeId']),
    manager === null ? null : manager.by,
    manager === null ? null : manager.key,
    manager === null ? null : manager.userId,
    deactivation === null ? null : Date.parse(deactivation.at),
    deactivation === null ? null : Date.parse(deactivation.anonymizeAfter),
    deactivation !== null && inferredReasons.includes(deactivation.reason) ? 1 : 0,
  ];
}

export function userBody(user: User): string {
  const { role, owner, attributes, deactivation, lastWrites, createdAt, updatedAt } = user;
  const body: UserBody = { role, owner, attributes, deactivation, lastWrites, createdAt, updatedAt };
  return JSON.stringify(body);
}

/** What a search by name or e-mail address looks through. */
export function userSearch(user: User): string {
  const { fullName, email } = user.attributes;
  const known = [fullName, email].filter((value) => typeof value === 'string' && value !== '');
  return foldText(known.join('\n'));
}

/** True when the stored body says that this very outcome made the user what it is under that integration. */
export function wasWrittenBy(body: string, integrationId: IntegrationId, user: User): boolean {
  const stored = (JSON.parse(body) as UserBody).lastWrites[integrationId];
  const wanted = user.lastWrites[integrationId];
  return stored !== undefined && wanted !== undefined && stored[0] === wanted[0] && stored[1] === wanted[1];
}
