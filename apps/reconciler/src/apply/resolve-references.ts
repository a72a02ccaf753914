import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  DirectoryStore,
  emailKey,
  employeeIdKey,
  type IntegrationId,
  type ManagerReference,
  type TenantId,
  type UserId,
} from '#core';

const perRead = 500;

interface Parked {
  userId: UserId;
  owner: IntegrationId | null;
  reference: ManagerReference;
}

/** Points users at their managers once those exist; what finds nobody stays parked until a later sync. */
@Injectable()
export class ReferenceResolver {
  constructor(private readonly directory: DirectoryStore) {}

  async resolve(tenantId: TenantId, signal: AbortSignal): Promise<void> {
    for (let after: UserId | null = null; !signal.aborted;) {
      const parked: Parked[] = await this.directory.parkedReferences(tenantId, after, perRead);
      const last = parked.at(-1);
      if (last === undefined) return;
      const managers = await this.find(tenantId, parked);
      const resolved = parked.flatMap(({ userId, reference }) => {
        const managerId = managers.get(userId);
        return managerId === undefined || managerId === userId ? [] : [{ userId, reference, managerId }];
      });
      if (resolved.length > 0) await this.directory.resolveReferences(tenantId, resolved);
      if (parked.length < perRead) return;
      after = last.userId;
      // An embedded store answers at once: others need a turn of the event loop.
      await nextTurn();
    }
  }

  private async find(tenantId: TenantId, parked: readonly Parked[]): Promise<Map<UserId, UserId>> {
    const managers = new Map<UserId, UserId>();
    const emails = keysOf(parked, 'managerEmail', emailKey);
    const employeeIds = keysOf(parked, 'managerEmployeeId', employeeIdKey);
    const byEmail =
      emails.length === 0 ? new Map<string, UserId>() : await this.directory.byEmailKeys(tenantId, emails);
    const byEmployeeId =
      employeeIds.length === 0
        ? new Map<string, UserId[]>()
        : await this.directory.byEmployeeIdKeys(tenantId, employeeIds, '9999');
    const bySource = new Map<string, Map<string, UserId>>();
    const owners = new Set(parked.flatMap(({ owner }) => (owner === null ? [] : [owner])));
    for (const owner of owners) {
      const keys = parked.filter((item) => item.owner === owner && item.reference.by === 'managerSourceId');
      if (keys.length === 0) continue;
      const links = await this.directory.links(tenantId, owner, [
        ...new Set(keys.map(({ reference }) => reference.key)),
      ]);
      bySource.set(owner, new Map([...links].map(([sourceId, { userId }]) => [sourceId, userId])));
    }
    for (const { userId, owner, reference } of parked) {
      const manager = lookUp(reference, owner, byEmail, byEmployeeId, bySource);
      if (manager !== undefined) managers.set(userId, manager);
    }
    return managers;
  }
}

function keysOf(
  parked: readonly Parked[],
  by: ManagerReference['by'],
  key: (value: string) => string | null,
): string[] {
  const keys = parked.flatMap(({ reference }) => (reference.by === by ? [key(reference.key)] : []));
  return [...new Set(keys.filter((item) => item !== null))];
}

function lookUp(
  { by, key }: ManagerReference,
  owner: IntegrationId | null,
  byEmail: ReadonlyMap<string, UserId>,
  byEmployeeId: ReadonlyMap<string, UserId[]>,
  bySource: ReadonlyMap<string, ReadonlyMap<string, UserId>>,
): UserId | undefined {
  if (by === 'managerEmail') return byEmail.get(emailKey(key) ?? '');
  if (by === 'managerEmployeeId') return byEmployeeId.get(employeeIdKey(key) ?? '')?.[0];
  return owner === null ? undefined : bySource.get(owner)?.get(key);
}
