export const safeguardRules = [
  'inferredRemovals',
  'inferredRemovals7Days',
  'whole',
  'explicitLeavers',
  'emailChanges',
  'blankedValues',
  'restrictedChanges',
  'managerChanges',
  'failures',
] as const;
export type SafeguardRule = (typeof safeguardRules)[number];

/** The limits of an integration, as shares between 0 and 1 of its active owned users. */
export interface SafeguardLimits {
  inferredRemovals: number;
  inferredRemovals7Days: number;
  explicitLeavers: number;
  emailChanges: number;
  blankedValues: number;
  restrictedChanges: number;
  managerChanges: number;
  failures: number;
  /** By how much a declared total may fall below the last accepted one. */
  declaredTotalDrop: number;
}

export const defaultSafeguardLimits: Readonly<SafeguardLimits> = {
  inferredRemovals: 0.1,
  inferredRemovals7Days: 0.2,
  explicitLeavers: 0.2,
  emailChanges: 0.2,
  blankedValues: 0.2,
  restrictedChanges: 0.2,
  managerChanges: 0.3,
  failures: 0.2,
  declaredTotalDrop: 0.1,
};

/** What one rule measured in one sync, and what it decided. */
export interface SafeguardVerdict {
  rule: SafeguardRule;
  /** The attribute, for a rule that is judged attribute by attribute. */
  attribute?: string;
  measured: number;
  limit: number;
  /** How many people the limit is a share of. */
  population: number;
  tripped: boolean;
  /** One sentence in plain words. */
  message: string;
}
