import type { IntegrationId, TenantId } from '../ids.js';
import type { RateMeter, RateTaken } from '../rate-meter.js';
import type { RatePace } from '../rate-pace.js';

/** Whose source is asked. */
export interface RatedSource {
  tenantId: TenantId;
  integrationId: IntegrationId;
}

/**
 * How far sources' rate budgets are spent, by the store's clock. Each operation is one step, however many processes ask at once;
 * what it writes may be lost in a power cut. A source that nobody has asked is there with its whole budget.
 */
export abstract class RateBudgetStore {
  /** Takes up to `wanted` requests (0: none), after `unused` ones of earlier have gone back. As `takeFromMeter`. */
  abstract take(source: RatedSource, pace: RatePace, requests: { wanted: number; unused: number }): Promise<RateTaken>;
  /** Nobody is granted anything for so long; a rest that lasts longer stays. As `restMeter`. */
  abstract rest(source: RatedSource, pace: RatePace, rest: { ms: number; status: number }): Promise<void>;
  /** As it stands, and the time on the store's clock; null when nothing was ever taken. */
  abstract read(source: RatedSource): Promise<{ meter: RateMeter; nowMs: number } | null>;
}
