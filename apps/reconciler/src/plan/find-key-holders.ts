import type { DirectoryStore, TenantId, UserId } from '#core';
import type { Decision, KeyHolders } from '#reconciliation';

/** Users by the keys that they hold, as the directory gives them. */
export interface UsersByKey {
  byEmail: ReadonlyMap<string, UserId>;
  byEmployeeId: ReadonlyMap<string, UserId[]>;
}

/** For each decision, by sequence, the active users other than its own that hold a key which it claims. */
export async function findKeyHolders(
  directory: DirectoryStore,
  tenantId: TenantId,
  decided: readonly { seq: number; decision: Decision }[],
  { byEmail, byEmployeeId }: UsersByKey,
): Promise<Map<number, KeyHolders>> {
  const found = new Map<number, KeyHolders>();
  const employeeHolders = new Set([...byEmployeeId.values()].flat());
  const active = await directory.activeVersions(tenantId, [...employeeHolders]);
  for (const { seq, decision } of decided) {
    const { email, employeeId } = decision.claims;
    const holders: KeyHolders = {};
    const emailHolder = email === null ? undefined : byEmail.get(email);
    if (emailHolder !== undefined && emailHolder !== decision.userId) holders.email = emailHolder;
    const employeeHolder = (employeeId === null ? undefined : byEmployeeId.get(employeeId))?.find((id) =>
      active.has(id),
    );
    if (employeeHolder !== undefined && employeeHolder !== decision.userId) holders.employeeId = employeeHolder;
    if (holders.email !== undefined || holders.employeeId !== undefined) found.set(seq, holders);
  }
  return found;
}
