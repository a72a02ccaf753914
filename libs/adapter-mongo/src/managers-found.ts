import type { ManagerReference, TenantId, UserId } from '#core';
import { key } from './keys.js';

/**
 * Users whose managers were found, put together so that the server sets all of them by one statement: what is planned
 * for each of a few hundred statements costs more than what they do.
 */
export class ManagersFound {
  readonly users: string[] = [];
  /** Parallel to {@link managerIds}, each once. */
  readonly keys: string[] = [];
  readonly managerIds: UserId[] = [];
  private readonly byKey = new Map<string, UserId>();

  private constructor(readonly by: ManagerReference['by']) {}

  /** As few as possible: the same key leads to different managers only when it is another integration's source id. */
  static of(
    tenantId: TenantId,
    resolved: readonly { userId: UserId; reference: ManagerReference; managerId: UserId }[],
  ): ManagersFound[] {
    const groups: ManagersFound[] = [];
    for (const { userId, reference, managerId } of resolved) {
      let group = groups.find((one) => one.by === reference.by && one.takes(reference.key, managerId));
      if (group === undefined) {
        group = new ManagersFound(reference.by);
        groups.push(group);
      }
      group.add(key(tenantId, userId), reference.key, managerId);
    }
    return groups;
  }

  private takes(managerKey: string, managerId: UserId): boolean {
    return (this.byKey.get(managerKey) ?? managerId) === managerId;
  }

  private add(user: string, managerKey: string, managerId: UserId): void {
    this.users.push(user);
    if (this.byKey.has(managerKey)) return;
    this.byKey.set(managerKey, managerId);
    this.keys.push(managerKey);
    this.managerIds.push(managerId);
  }
}
