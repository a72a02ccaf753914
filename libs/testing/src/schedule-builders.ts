import { defaultSafeguardLimits, newId, type Integration } from '#core';

/** A live integration without a schedule; whatever matters to a test is given. */
export function buildIntegration(parts: Partial<Integration> = {}): Integration {
  return {
    id: newId('integration'),
    tenantId: newId('tenant'),
    name: 'HR',
    connectorId: 'acme-hr',
    config: {},
    enabled: true,
    precedence: 'primary',
    standing: 'live',
    onLeavingScope: 'deprovision',
    contacts: [],
    safeguards: { ...defaultSafeguardLimits },
    rateBudget: null,
    schedule: null,
    paused: null,
    activeMappingVersion: null,
    revision: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...parts,
  };
}
