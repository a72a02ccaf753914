import type { IntegrationId, IntegrationRequestId, TenantId } from './ids.js';

/**
 * `requested → scoped → deployed → live`, or an end without an integration: `declined` by an operator, `withdrawn` by the
 * tenant. `live` follows by itself when the integration that was deployed for it is live.
 */
export const integrationRequestStates = ['requested', 'scoped', 'deployed', 'live', 'declined', 'withdrawn'] as const;
export type IntegrationRequestState = (typeof integrationRequestStates)[number];

const nextStates: Record<IntegrationRequestState, readonly IntegrationRequestState[]> = {
  requested: ['scoped', 'declined', 'withdrawn'],
  scoped: ['deployed', 'declined', 'withdrawn'],
  deployed: ['live'],
  live: [],
  declined: [],
  withdrawn: [],
};

/** Whether a request in one state may come to another. */
export function mayMove(from: IntegrationRequestState, to: IntegrationRequestState): boolean {
  return nextStates[from].includes(to);
}

/** What a company says of a source that no connector reads yet. Texts are one line each, but the note. */
export interface WantedIntegration {
  sourceSystem: string;
  /** http(s); null: there is none, or not yet. */
  documentationUrl: string | null;
  authentication: string;
  payloadShape: string;
  wantedFields: string[];
  volume: string;
  frequency: string;
  connectivity: string;
  note: string;
}

/** Who brought a request to a state, when, and what they said. */
export interface IntegrationRequestStep {
  state: IntegrationRequestState;
  at: string;
  by: string;
  comment: string;
}

/** A tenant's wish for an integration that somebody has to build first. */
export interface IntegrationRequest {
  id: IntegrationRequestId;
  tenantId: TenantId;
  wanted: WantedIntegration;
  state: IntegrationRequestState;
  /** The integration that was deployed for it. */
  integrationId: IntegrationId | null;
  /** Oldest first; the last one’s state is the request’s. */
  steps: IntegrationRequestStep[];
  /** Rises with each change; also the entity tag. */
  revision: number;
  createdAt: string;
}

/** The request after a step that {@link mayMove} allows; its revision is that of the request it was made from. */
export function withStep(request: IntegrationRequest, step: IntegrationRequestStep): IntegrationRequest {
  return { ...request, state: step.state, steps: [...request.steps, step] };
}
