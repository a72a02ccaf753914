import type { ApiClient } from './api/api-client.js';
import type { Integration } from '#api-client';
import { CliError } from './cli.errors.js';
import { exitCodes } from './exit-codes.js';

/** Finds an integration by id or name; without either, the only one there is. */
export async function findIntegration(api: ApiClient, wanted: string | undefined): Promise<Integration> {
  if (wanted?.startsWith('int_') === true) {
    return api.inTenant('GET', '/integrations/{integration}', { path: { integration: wanted } });
  }
  const { items } = await api.list('/integrations', {}, 1000);
  const matching = wanted === undefined ? items : items.filter((integration) => isCalled(integration, wanted));
  const [integration, ...others] = matching;
  if (integration !== undefined && others.length === 0) return integration;
  if (items.length === 0) {
    throw new CliError('This tenant has no integration yet.', exitCodes.conflict, [
      'muster connector list',
      'muster integration create --connector <id> --name <name> --config key=value --secret key=value',
    ]);
  }
  const code = wanted === undefined ? exitCodes.usage : exitCodes.notFound;
  throw new CliError(whyNone(wanted, matching.length), code, ['muster integration list']);
}

function whyNone(wanted: string | undefined, found: number): string {
  if (wanted === undefined) return 'There are several integrations: name one.';
  return found === 0
    ? `No integration of this tenant is called ${wanted}.`
    : `${String(found)} integrations are called ${wanted}: say which by its id.`;
}

/** Whether an integration has a name, whatever its case. */
export function isCalled(integration: Integration, name: string): boolean {
  return integration.name.toLowerCase() === name.toLowerCase();
}

/** The id of an integration that need not be named; undefined when none was. */
export async function integrationId(api: ApiClient, wanted: string | undefined): Promise<string | undefined> {
  return wanted === undefined ? undefined : (await findIntegration(api, wanted)).id;
}
