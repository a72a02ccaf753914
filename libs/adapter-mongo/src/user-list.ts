import type { mongo } from 'mongoose';
import { foldText, type TenantId, type User, type UserId, type UserListFilter } from '#core';
import { keyHash } from './key-hash.js';
import { key, keysUnder } from './keys.js';
import type { UserDocument } from './schemas/directory.js';
import { toUser } from './user-document.js';

/** Users that fit a filter, in order of id, after one. */
export async function listUsers(
  users: mongo.Collection<UserDocument>,
  tenantId: TenantId,
  filter: UserListFilter,
  after: UserId | null,
  limit: number,
): Promise<User[]> {
  const { id, emailKey, employeeIdKey, status } = filter;
  const query = toQuery(tenantId, filter, after);
  const read = async (more: mongo.Filter<UserDocument>, hint: string | null) =>
    users
      .find({ ...query, ...more }, hint === null ? {} : { hint })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  if (id !== undefined) return (await read({ $and: [{ _id: key(tenantId, id) }] }, null)).map(toUser);
  const indexes =
    emailKey !== undefined
      ? (['byEmail', 'goneByEmail'] as const)
      : employeeIdKey !== undefined
        ? (['byEmployeeId', 'goneByEmployeeId'] as const)
        : null;
  if (indexes === null) {
    const gone = status !== undefined && status !== 'active';
    return (await read({}, gone ? 'notActive' : null)).map(toUser);
  }
  // Who is anonymised has no key.
  const found = await Promise.all(
    (['active', 'deactivated'] as const)
      .filter((one) => status === undefined || status === one)
      .map((one) => read({ status: one }, indexes[one === 'active' ? 0 : 1])),
  );
  return found
    .flat()
    .sort((a, b) => (a._id < b._id ? -1 : 1))
    .slice(0, limit)
    .map(toUser);
}

function toQuery(
  tenantId: TenantId,
  { status, q, integrationId, emailKey, employeeIdKey }: UserListFilter,
  after: UserId | null,
): mongo.Filter<UserDocument> {
  const query: mongo.Filter<UserDocument> = { tenantId, _id: keysUnder([tenantId], after) };
  if (status !== undefined) query.status = status;
  if (integrationId !== undefined) query.owner = integrationId;
  if (emailKey !== undefined) query.emailKey = keyHash(emailKey);
  if (employeeIdKey !== undefined) query.employeeIdKey = keyHash(employeeIdKey);
  const needle = foldText(q ?? '');
  // No regular expression: the text is taken as it is, whatever characters it has.
  if (needle !== '') query.$expr = { $gte: [{ $indexOfBytes: ['$search', { $literal: needle }] }, 0] };
  return query;
}
