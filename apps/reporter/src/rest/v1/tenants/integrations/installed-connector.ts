import type { ConnectorDefinition, ConnectorRegistry } from '#connector-sdk';
import type { Integration } from '#core';
import { ProblemError } from '../../../http/problem.errors.js';

/** The connector of an integration. @throws ProblemError `connectorMissing` when this Muster has it no more */
export function installedConnector(
  connectors: ConnectorRegistry,
  { connectorId }: Pick<Integration, 'connectorId'>,
): ConnectorDefinition {
  const connector = connectors.get(connectorId);
  if (connector !== undefined) return connector;
  throw new ProblemError('connectorMissing', `This Muster has no connector ${connectorId}. Install it.`);
}
