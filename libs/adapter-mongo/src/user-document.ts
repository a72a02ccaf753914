import type { mongo } from 'mongoose';
import type {
  Attributes,
  Deactivation,
  IntegrationId,
  Link,
  OutcomeReason,
  TenantId,
  User,
  UserId,
  UserWrite,
} from '#core';
import { emailKey, employeeIdKey } from '#core';
import { foldText } from '#core';
import { keyHash } from './key-hash.js';
import { key, lastPart } from './keys.js';
import type { LinkDocument, ParkedReferenceDocument, UserDocument } from './schemas/directory.js';

/** What a user has beside the fields of {@link UserDocument}. */
interface UserBody {
  role: User['role'];
  attributes: Attributes;
  deactivation: Deactivation | null;
  createdAt: string;
  updatedAt: string;
}

const inferredReasons: readonly OutcomeReason[] = ['missingFromSnapshot', 'outOfScope'];

export function toUser(found: UserDocument): User {
  const { _id, tenantId, version, status, owner, managerBy, managerKey, managerId, lastWrites } = found;
  const { role, attributes, deactivation, createdAt, updatedAt } = JSON.parse(found.body) as UserBody;
  return {
    id: lastPart(_id, [tenantId]) as UserId,
    tenantId,
    version,
    status,
    role,
    owner,
    attributes,
    deactivation,
    manager: managerBy === null || managerKey === null ? null : { by: managerBy, key: managerKey, userId: managerId },
    lastWrites,
    createdAt,
    updatedAt,
  };
}

/** What a user is found by in lists of outcomes: name, e-mail, employee id. */
export function searchTextOf({ search, body }: Pick<UserDocument, 'search' | 'body'>): string {
  const { attributes } = JSON.parse(body) as UserBody;
  return `${search}\n${employeeIdKey(attributes['employeeId']) ?? ''}`;
}

export function toUserDocument(tenantId: TenantId, user: User): UserDocument {
  const { role, attributes, deactivation, createdAt, updatedAt, manager } = user;
  const { fullName, email } = attributes;
  const _id = key(tenantId, user.id);
  const body: UserBody = { role, attributes, deactivation, createdAt, updatedAt };
  return {
    _id,
    tenantId,
    version: user.version,
    status: user.status,
    owner: user.owner,
    emailKey: keyHash(emailKey(email)),
    employeeIdKey: keyHash(employeeIdKey(attributes['employeeId'])),
    managerBy: manager?.by ?? null,
    managerKey: manager?.key ?? null,
    managerId: manager?.userId ?? null,
    deactivatedAt: deactivation === null ? null : Date.parse(deactivation.at),
    anonymizeAfter: deactivation === null ? null : Date.parse(deactivation.anonymizeAfter),
    removalInferred: deactivation !== null && inferredReasons.includes(deactivation.reason),
    lastWrites: user.lastWrites,
    search: foldText(`${typeof fullName === 'string' ? fullName : ''}\n${typeof email === 'string' ? email : ''}`),
    body: JSON.stringify(body),
  };
}

/** The reference that waits for its manager; null when there is none, or it has found them. */
export function toParkedReference({
  _id,
  owner,
  managerBy,
  managerKey,
  managerId,
}: UserDocument): ParkedReferenceDocument | null {
  if (managerBy === null || managerKey === null || managerId !== null) return null;
  return { _id, owner, managerBy, managerKey };
}

/** True when this very outcome made the user what it is under that integration. */
export function wasWrittenBy(lastWrites: User['lastWrites'], { integrationId, user }: UserWrite): boolean {
  const stored = lastWrites[integrationId];
  const wanted = user.lastWrites[integrationId];
  return stored !== undefined && wanted !== undefined && stored[0] === wanted[0] && stored[1] === wanted[1];
}

export function toLinkDocument(tenantId: TenantId, integrationId: IntegrationId, link: Link): LinkDocument {
  const { seen } = link;
  return {
    _id: key(tenantId, integrationId, link.sourceId),
    user: key(tenantId, link.userId),
    present: link.presence === 'present',
    seen:
      seen === null
        ? null
        : [
            seen.recordHash,
            seen.mappingVersion,
            seen.attributesRevision,
            seen.settingsRevision,
            seen.userVersion,
            seen.dueDate,
          ],
  };
}

/** Puts a link where one is, most likely. A document has all its fields at all times, so that to set them is to replace it. */
export function putLink({ _id, ...fields }: LinkDocument): mongo.AnyBulkWriteOperation<LinkDocument> {
  return { updateOne: { filter: { _id }, update: { $set: fields }, upsert: true } };
}

export function toLink(tenantId: TenantId, found: LinkDocument): Link & { integrationId: IntegrationId } {
  const rest = lastPart(found._id, [tenantId]);
  const colon = rest.indexOf(':');
  const [recordHash, mappingVersion, attributesRevision, settingsRevision, userVersion, dueDate] = found.seen ?? [];
  return {
    integrationId: rest.slice(0, colon) as IntegrationId,
    sourceId: rest.slice(colon + 1),
    userId: lastPart(found.user, [tenantId]) as UserId,
    presence: found.present ? 'present' : 'absent',
    seen:
      recordHash === undefined ||
      mappingVersion === undefined ||
      attributesRevision === undefined ||
      settingsRevision === undefined ||
      userVersion === undefined
        ? null
        : { recordHash, mappingVersion, attributesRevision, settingsRevision, userVersion, dueDate: dueDate ?? null },
  };
}
