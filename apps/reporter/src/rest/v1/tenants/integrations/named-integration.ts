import type { IntegrationId, SettingsStore, TenantId } from '#core';
import { ProblemError } from '../../../http/problem.errors.js';

/** The integration that a body names by `integrationId`. @throws ProblemError `unprocessable` when it is none of the tenant's */
export async function namedIntegration(
  settings: SettingsStore,
  tenantId: TenantId,
  id: string | undefined,
): Promise<IntegrationId> {
  const found = id === undefined ? null : await settings.integration(tenantId, id as IntegrationId);
  if (found === null) throw wrongIntegration('Name an integration of this tenant: GET …/integrations lists them.');
  return found.id;
}

/** A refusal of a body's `integrationId`. */
export function wrongIntegration(message: string): ProblemError {
  return new ProblemError('unprocessable', message, [{ pointer: '/integrationId', code: 'notAllowed', message }]);
}
