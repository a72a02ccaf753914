import type { IntegrationId, TenantId } from '../ids.js';

export const checkSteps = ['configuration', 'dns', 'connect', 'hostKey', 'credentials', 'firstPage', 'sample'] as const;

/** One step of trying an integration's source, in plain words and without a person's values. */
export interface CheckStep {
  step: (typeof checkSteps)[number];
  ok: boolean;
  message: string;
  /** Names of the fields that a person has at the source, where the step has looked; never a value. */
  fields?: string[];
  /** How many more there are than `fields` names. */
  moreFields?: number;
}

/** A request to try a source. The API asks, the fetcher answers. */
export interface ConnectionCheck {
  id: string;
  tenantId: TenantId;
  integrationId: IntegrationId;
  requestedAt: string;
  /** Null until the fetcher has answered. */
  finishedAt: string | null;
  steps: CheckStep[];
}

export abstract class CheckStore {
  abstract request(check: ConnectionCheck): Promise<void>;
  /** Unanswered checks of all tenants, oldest first. */
  abstract pending(limit: number): Promise<ConnectionCheck[]>;
  abstract answer(check: ConnectionCheck): Promise<void>;
  abstract check(tenantId: TenantId, id: string): Promise<ConnectionCheck | null>;
  /** Answered checks requested before the instant go. */
  abstract deleteBefore(instant: string): Promise<void>;
}
