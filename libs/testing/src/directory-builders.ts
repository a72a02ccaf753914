import type { IntegrationId, Link, SyncId, TenantId, User, UserId, UserWrite } from '#core';

/** An active user with a name and nothing else; whatever matters to a test is given. */
export function buildUser(tenantId: TenantId, id: UserId, parts: Partial<User> = {}): User {
  return {
    id,
    tenantId,
    version: 1,
    status: 'active',
    role: 'regular',
    owner: null,
    attributes: { fullName: `User ${id}` },
    deactivation: null,
    manager: null,
    lastWrites: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}

/** What a sync writes under an integration: the user says so in `lastWrites`. */
export function buildWrite(
  by: { integrationId: IntegrationId; syncId: SyncId },
  seq: number,
  user: User,
  parts: Partial<UserWrite> = {},
): UserWrite {
  return {
    seq,
    user: { ...user, lastWrites: { ...user.lastWrites, [by.integrationId]: [by.syncId, seq] } },
    expectedVersion: user.version === 1 ? null : user.version - 1,
    integrationId: by.integrationId,
    turn: 1,
    link: null,
    ...parts,
  };
}

/** A present link with a `seen` part. */
export function buildLink(sourceId: string, userId: UserId, parts: Partial<Link> = {}): Link {
  return {
    sourceId,
    userId,
    presence: 'present',
    seen: {
      recordHash: 'h'.repeat(22),
      mappingVersion: 1,
      attributesRevision: 1,
      settingsRevision: 1,
      userVersion: 1,
      dueDate: null,
    },
    ...parts,
  };
}
