import {
  defaultSafeguardLimits,
  standardAttributes,
  type FrozenSettings,
  type IntegrationId,
  type Link,
  type MappedRecord,
  type SyncId,
  type TenantId,
  type User,
  type UserId,
} from '#core';
import type { DecisionContext, Subject } from './decision.js';

export const here = 'int_here' as IntegrationId;
export const elsewhere = 'int_elsewhere' as IntegrationId;

export function frozenOf(parts: Partial<FrozenSettings> = {}): FrozenSettings {
  return {
    mapping: {
      version: 3,
      definition: { identity: 'connector', attributes: {}, scope: null, restricted: null },
    },
    attributes: [...standardAttributes],
    attributesRevision: 1,
    settingsRevision: 1,
    connectorId: 'test',
    sourceIdExpression: 'id',
    precedence: 'primary',
    onLeavingScope: 'deprovision',
    safeguards: defaultSafeguardLimits,
    timeZone: 'UTC',
    deprovisioningDelayDays: 7,
    ...parts,
  };
}

export function contextOf(parts: Partial<FrozenSettings> = {}): DecisionContext {
  return { integrationId: here, frozen: frozenOf(parts), now: '2026-05-10T08:00:00.000Z', today: '2026-05-10' };
}

export function recordOf(parts: Partial<MappedRecord> = {}): MappedRecord {
  return {
    seq: 4,
    recordHash: 'hash',
    sourceId: 's1',
    inScope: true,
    restricted: null,
    values: { fullName: 'Ada', email: 'ada@x.example' },
    problems: [],
    dueDate: null,
    ...parts,
  };
}

export function userOf(parts: Partial<User> = {}): User {
  return {
    id: 'usr_1' as UserId,
    tenantId: 'ten_1' as TenantId,
    version: 5,
    status: 'active',
    role: 'regular',
    owner: here,
    attributes: { fullName: 'Ada', email: 'ada@x.example' },
    deactivation: null,
    manager: null,
    lastWrites: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}

/** A user deactivated until the given date. */
export function deactivated(until: string, parts: Partial<NonNullable<User['deactivation']>> = {}): Partial<User> {
  return {
    status: 'deactivated',
    deactivation: {
      at: '2026-05-05T00:00:00.000Z',
      reason: 'missingFromSnapshot',
      syncId: 'syn_1' as SyncId,
      anonymizeAfter: `${until}T00:00:00.000Z`,
      byHand: false,
      ...parts,
    },
  };
}

export function linkOfUser(user: User, parts: Partial<Link> = {}): Link {
  return { sourceId: 's1', userId: user.id, presence: 'present', seen: null, ...parts };
}

export function linked(user: User, link: Partial<Link> = {}): Subject {
  return { user, link: linkOfUser(user, link), matchedBy: 'link' };
}
