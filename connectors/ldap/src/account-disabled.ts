/** What {@link accountDisabled} looks at; always asked for. */
export const ACCOUNT_ATTRIBUTES = ['userAccountControl', 'nsAccountLock', 'pwdAccountLockedTime'] as const;

/** ADS_UF_ACCOUNTDISABLE (MS-ADTS §2.2.16). */
const disabledBit = 2;
/** Locked until an administrator unlocks it, not just for some time (draft-behera-ldap-password-policy §5.3.3). */
const lockedForGood = '000001010000Z';

/**
 * Whether the account is disabled, as Active Directory (a bit of `userAccountControl`, which JMESPath cannot test), 389 Directory
 * Server (`nsAccountLock`) or OpenLDAP (`pwdAccountLockedTime`) says it; null when there is nothing to tell it by.
 */
export function accountDisabled(attributes: ReadonlyMap<string, readonly string[]>): boolean | null {
  const control = attributes.get('useraccountcontrol')?.[0];
  if (control !== undefined && /^-?\d+$/.test(control)) return (Number(control) & disabledBit) !== 0;
  const lock = attributes.get('nsaccountlock')?.[0];
  if (lock !== undefined) return lock.toLowerCase() === 'true';
  const locked = attributes.get('pwdaccountlockedtime')?.[0];
  return locked === undefined ? null : locked === lockedForGood;
}
