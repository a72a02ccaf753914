import { type IntegrationRequest, type IntegrationRequestId, newId } from '#core';

/** A request that was just made; whatever matters to a test is given. */
export function buildIntegrationRequest(id: string, parts: Partial<IntegrationRequest> = {}): IntegrationRequest {
  const createdAt = '2026-01-01T12:00:00.000Z';
  return {
    id: id as IntegrationRequestId,
    tenantId: newId('tenant'),
    wanted: {
      sourceSystem: 'PeopleBox',
      documentationUrl: 'https://docs.peoplebox.example/api',
      authentication: 'OAuth 2 client credentials',
      payloadShape: 'JSON, 100 people a page',
      wantedFields: ['name', 'mail'],
      volume: '4,000 people',
      frequency: 'every 6 hours',
      connectivity: 'public Internet',
      note: 'two\nlines',
    },
    state: 'requested',
    integrationId: null,
    steps: [{ state: 'requested', at: createdAt, by: 'key:key_1', comment: '' }],
    revision: 1,
    createdAt,
    ...parts,
  };
}
