import type { MusterApi } from '../muster-api.js';

/** A company in one kind of system, as an integration needs it. */
export interface CompanySource {
  readonly connectorId: string;
  readonly config: Record<string, unknown>;
  readonly secrets: Record<string, unknown>;
  /** Expressions beside, or in the place of, those of the connector's own mapping. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether somebody has the restricted role. */
  readonly restricted: string;
  /** Sends everybody to an integration; of a system that Muster reads there is none. */
  push?(api: MusterApi, tenant: string, integration: string): Promise<void>;
  /** Takes somebody out of the system. */
  leave(number: number): Promise<void>;
  stop(): Promise<void>;
}
