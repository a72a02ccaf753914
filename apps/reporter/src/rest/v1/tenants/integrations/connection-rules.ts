import { isDeepStrictEqual } from 'node:util';
import { type ConnectorDefinition, connectorKind } from '#connector-sdk';
import type { Integration } from '#core';
import { type Caller, hasRole } from '../../../http/caller.js';
import { ProblemError } from '../../../http/problem.errors.js';

/**
 * The connection of a custom integration (that it exists, `config`, `secrets`) is the operator's who had it built; what it
 * reads is mapped, scheduled, safeguarded by the tenant's admin as anywhere.
 *
 * @param present null for a new one
 * @throws ProblemError `forbidden`
 */
export function requireConnectionRights(
  caller: Caller,
  connector: ConnectorDefinition,
  { present, body }: { present: Integration | null; body: { config?: unknown; secrets?: unknown } },
): void {
  if (connectorKind(connector) !== 'custom' || hasRole(caller, 'operator')) return;
  if (present === null) {
    throw refusal(
      `${connector.title} is a custom integration: only an operator’s key connects it. Ask for it by an integration request (POST …/integration-requests).`,
      ['/connectorId'],
    );
  }
  const isSameConfig = body.config === undefined || isDeepStrictEqual(body.config, present.config);
  const touched = [...(isSameConfig ? [] : ['/config']), ...(body.secrets === undefined ? [] : ['/secrets'])];
  if (touched.length === 0) return;
  throw refusal(
    `${connector.title} is a custom integration: only an operator’s key changes its connection. Its mapping, schedule, safeguards and contacts are yours to change.`,
    touched,
  );
}

function refusal(message: string, pointers: readonly string[]): ProblemError {
  const errors = pointers.map((pointer) => ({ pointer, code: 'notAllowed', message }));
  return new ProblemError('forbidden', message, errors);
}
