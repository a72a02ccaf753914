import type { IntegrationId, SyncId, TenantId } from './ids.js';
import type { JsonObject } from './json.js';
import type { MappingDefinition } from './mapping.js';
import type { RateBudget } from './rate-budget.js';
import type { SafeguardLimits } from './safeguards.js';
import type { Schedule } from './schedule.js';

export const precedences = ['primary', 'secondary'] as const;
export type Precedence = (typeof precedences)[number];

/** `observe`: schedules and pushes run dry and nothing may be live before a dry sync has completed. */
export const standings = ['observe', 'live'] as const;
export type Standing = (typeof standings)[number];

/** Why an integration does not run by itself until a person resumes it. */
export interface IntegrationPause {
  /** The undo: what it took back would come again with the next run. */
  syncId: SyncId;
  at: string;
}

/** One tenant's use of one connector. */
export interface Integration {
  id: IntegrationId;
  tenantId: TenantId;
  name: string;
  connectorId: string;
  /** Connector settings without secrets. */
  config: JsonObject;
  enabled: boolean;
  precedence: Precedence;
  standing: Standing;
  onLeavingScope: 'deprovision' | 'keep';
  safeguards: SafeguardLimits;
  /** E-mail addresses of those who look after it. */
  contacts: string[];
  /** How often its source may be asked over HTTP; null: as its connector says. */
  rateBudget: RateBudget | null;
  /** Null: it runs only when somebody asks. */
  schedule: Schedule | null;
  /** Set: schedule and pushes rest; what a person asks for goes on. */
  paused: IntegrationPause | null;
  activeMappingVersion: number | null;
  /** Rises with each change of these settings; also the entity tag. */
  revision: number;
  createdAt: string;
}

/** A numbered, immutable set of expressions. */
export interface MappingVersion {
  tenantId: TenantId;
  integrationId: IntegrationId;
  version: number;
  definition: MappingDefinition;
  createdAt: string;
  createdBy: string;
}
