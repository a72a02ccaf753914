import {
  createdUserId,
  managerAttributes,
  type Attributes,
  type Changes,
  type Deactivation,
  type Link,
  type OutcomeRow,
  type Sync,
  type User,
  type UserRole,
  type UserWrite,
} from '#core';
import { managerPointer } from './decision.js';

const notAttributes = new Set(['status', 'role', 'owner']);

/**
 * The write that applies an outcome: the user whole, with its version raised and this outcome named as its last writer.
 *
 * @param user the user as it is now; null for a creation
 */
export function buildWrite(sync: Sync, row: OutcomeRow, user: User | null, at: string): UserWrite {
  const base = user ?? newUser(sync, row, at);
  const attributes = changedAttributes(base.attributes, row.changes);
  const status = (row.changes['status']?.[1] ?? base.status) as User['status'];
  const role = (row.changes['role']?.[1] ?? base.role) as UserRole;
  const owner = row.changes['owner'] === undefined ? base.owner : (row.changes['owner'][1] as User['owner']);
  const pointer = managerPointer(attributes, managerAttributes);
  const samePointer = pointer?.by === base.manager?.by && pointer?.key === base.manager?.key;
  return {
    seq: row.seq,
    expectedVersion: row.userVersion,
    integrationId: sync.integrationId,
    turn: sync.turn,
    user: {
      ...base,
      version: (row.userVersion ?? 0) + 1,
      status,
      role,
      owner,
      attributes,
      deactivation: status === 'active' ? null : (nextDeactivation(sync, row, at) ?? base.deactivation),
      manager: pointer === null ? null : samePointer ? base.manager : { ...pointer, userId: null },
      lastWrites: { ...base.lastWrites, [sync.integrationId]: [sync.id, row.seq] },
      updatedAt: at,
    },
    link: linkOf(sync, row, base),
  };
}

/** The link that an outcome leaves behind; null when it leaves links alone. */
export function linkOf(sync: Sync, row: OutcomeRow, user: Pick<User, 'id' | 'version'>): Link | null {
  if (row.link === 'none' || row.sourceId === null) return null;
  const present = row.link === 'link';
  const { mapping, attributesRevision, settingsRevision } = sync.frozen;
  const seen =
    present && row.recordHash !== null && mapping !== null && row.outcome !== 'skipped'
      ? {
          recordHash: row.recordHash,
          mappingVersion: mapping.version,
          attributesRevision,
          settingsRevision,
          userVersion: (row.userVersion ?? 0) + 1,
          dueDate: row.dueDate,
        }
      : null;
  return { sourceId: row.sourceId, userId: user.id, presence: present ? 'present' : 'absent', seen };
}

function newUser(sync: Sync, row: OutcomeRow, at: string): User {
  return {
    id: createdUserId(sync.id, row.seq),
    tenantId: sync.tenantId,
    version: 0,
    status: 'active',
    role: 'regular',
    owner: sync.integrationId,
    attributes: {},
    deactivation: null,
    manager: null,
    lastWrites: {},
    createdAt: at,
    updatedAt: at,
  };
}

function changedAttributes(present: Attributes, changes: Changes): Attributes {
  const attributes = { ...present };
  for (const name of Object.keys(changes)) {
    if (notAttributes.has(name)) continue;
    const after = changes[name]?.[1] ?? null;
    if (after === null) Reflect.deleteProperty(attributes, name);
    else attributes[name] = after;
  }
  return attributes;
}

function nextDeactivation(sync: Sync, row: OutcomeRow, at: string): Deactivation | null {
  if (row.outcome !== 'deprovisioned') return null;
  const delayMs = sync.frozen.deprovisioningDelayDays * 86_400_000;
  return {
    at,
    reason: row.reason,
    syncId: sync.id,
    anonymizeAfter: new Date(Date.parse(at) + delayMs).toISOString(),
    // What was done by hand and taken back stands by hand, too.
    byHand: sync.edit !== null || sync.undo?.byHand === true,
  };
}
