import type { UserDocument } from './schemas/directory.js';

type Holder = Pick<UserDocument, '_id' | 'status' | 'emailKey' | 'employeeIdKey'>;

/** Who holds which key among active users, as writes pass them on. */
export class KeyHolders {
  private readonly emails = new Map<string, string>();
  private readonly employeeIds = new Map<string, string>();

  constructor(holders: readonly Holder[]) {
    for (const holder of holders) this.take(holder);
  }

  /** Which key that the user wants somebody else has. */
  takenOf({ _id, status, emailKey, employeeIdKey }: Holder): 'email' | 'employeeId' | null {
    if (status !== 'active') return null;
    if (emailKey !== null && (this.emails.get(emailKey) ?? _id) !== _id) return 'email';
    if (employeeIdKey !== null && (this.employeeIds.get(employeeIdKey) ?? _id) !== _id) return 'employeeId';
    return null;
  }

  take({ _id, status, emailKey, employeeIdKey }: Holder): void {
    if (status !== 'active') return;
    if (emailKey !== null) this.emails.set(emailKey, _id);
    if (employeeIdKey !== null) this.employeeIds.set(employeeIdKey, _id);
  }

  release({ status, emailKey, employeeIdKey }: Holder): void {
    if (status !== 'active') return;
    if (emailKey !== null) this.emails.delete(emailKey);
    if (employeeIdKey !== null) this.employeeIds.delete(employeeIdKey);
  }
}
