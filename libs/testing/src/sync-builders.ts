import {
  defaultSafeguardLimits,
  newId,
  standardAttributes,
  type IntegrationId,
  type Manifest,
  type Sync,
  type TenantId,
} from '#core';

/** A queued live sync of an integration; whatever matters to a test is given. */
export function buildSync(
  tenantId: TenantId,
  integrationId: IntegrationId,
  parts: Partial<Sync> = {},
): Omit<Sync, 'generation'> {
  const id = parts.id ?? newId('sync');
  return {
    id,
    tenantId,
    integrationId,
    mode: 'live',
    trigger: 'manual',
    state: 'queued',
    lane: 'bulk',
    frozen: {
      mapping: null,
      attributes: [...standardAttributes],
      attributesRevision: 1,
      settingsRevision: 1,
      connectorId: 'acme-hr',
      sourceIdExpression: 'id',
      precedence: 'primary',
      onLeavingScope: 'deprovision',
      safeguards: { ...defaultSafeguardLimits },
      timeZone: 'Europe/Amsterdam',
      deprovisioningDelayDays: 7,
    },
    now: '2026-01-01T00:00:00.000Z',
    today: '2026-01-01',
    person: null,
    failedOf: null,
    reread: false,
    session: null,
    snapshotOf: id,
    edit: null,
    undo: null,
    requestedBy: 'key_test',
    inPipeline: false,
    turn: 0,
    round: -1,
    cancelRequested: false,
    supersededBy: null,
    republished: false,
    failure: null,
    createdAt: '2026-01-01T00:00:00.000Z',
    startedAt: null,
    plannedAt: null,
    settledAt: null,
    endedAt: null,
    progressedAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}

/** The manifest of a full, complete, empty snapshot; whatever matters to a test is given. */
export function buildManifest(parts: Partial<Manifest> = {}): Manifest {
  return {
    pages: 0,
    records: 0,
    bytes: 0,
    extent: 'full',
    wholeness: 'complete',
    evidence: { declaredFirst: 0, declaredLast: 0, distinctSourceIds: 0, endSeen: true, reason: 'all were read' },
    fetch: { requests: 1, retries: 0, byStatus: { '200': 1 }, startedAt: '2026-01-01T00:00:00.000Z' },
    failure: null,
    finishedAt: '2026-01-01T00:00:01.000Z',
    ...parts,
  };
}
