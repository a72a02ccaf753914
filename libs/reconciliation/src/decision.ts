import type {
  Changes,
  FrozenSettings,
  IntegrationId,
  Link,
  ManagerAttribute,
  OutcomeRow,
  SeenRefresh,
  User,
  UserId,
} from '#core';

/** What is fixed for all decisions of one sync. */
export interface DecisionContext {
  integrationId: IntegrationId;
  frozen: FrozenSettings;
  /** RFC 3339 UTC. */
  now: string;
  /** The tenant's date, `YYYY-MM-DD`. */
  today: string;
}

/** Whom a record is about, as far as the directory knows. */
export interface Subject {
  user: User | null;
  /** The link (integration, source id), whoever it points to. */
  link: Link | null;
  matchedBy: 'link' | 'employeeId' | 'email' | null;
  /** The source has shown the user, under the ids it knew them by, as inactive or not at all. Left out: it has not. */
  wasAbsent?: boolean;
}

export const nobody: Subject = { user: null, link: null, matchedBy: null };

/** Kinds of a planned record that settling tells apart. The numbers are the wire form of a page's facts. */
export const factKind = {
  unchanged: 0,
  created: 1,
  updated: 2,
  deprovisioned: 3,
  reactivated: 4,
  failed: 5,
  skipped: 6,
  /** Skipped as out of scope, but a removal once the whole is known to be complete. */
  leavingScope: 7,
} as const;
export type FactKind = (typeof factKind)[keyof typeof factKind];

/** Keys that an outcome takes which its user does not have now. */
export interface KeyClaims {
  email: string | null;
  employeeId: string | null;
}

export const noClaims: KeyClaims = { email: null, employeeId: null };

/** What becomes of one record, seen alone. */
export interface Decision {
  kind: FactKind;
  /** Null: unchanged, kept packed. */
  row: OutcomeRow | null;
  userId: UserId | null;
  /** Set when the link's seen part must be written although nothing else is. */
  refresh: SeenRefresh | null;
  claims: KeyClaims;
}

/** The attributes of a change that a mass-change safeguard counts. */
export function isManagerChange(changes: Changes): boolean {
  return 'managerSourceId' in changes || 'managerEmployeeId' in changes || 'managerEmail' in changes;
}

/** The manager pointer that a user's attributes give: the first one that is not blank. */
export function managerPointer(
  attributes: User['attributes'],
  order: readonly ManagerAttribute[],
): { by: ManagerAttribute; key: string } | null {
  for (const by of order) {
    const value = attributes[by];
    if (typeof value === 'string' && value !== '') return { by, key: value };
    if (typeof value === 'number') return { by, key: String(value) };
  }
  return null;
}
