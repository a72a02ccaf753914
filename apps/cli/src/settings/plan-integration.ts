import type { Connector, Integration } from '#api-client';
import type { JsonSchema } from '../json-schema.js';
import { toSchedule } from './export-settings.js';
import { changedFields, fieldChanges, merged } from './field-changes.js';
import type { SecretVariables, SettingsChange } from './settings-change.js';
import type { Mistake, SettingsPath } from './settings-file.js';
import type { IntegrationSettings } from './settings-schema.js';

/** What there is on the server beside the tenant. */
export interface PlanContext {
  /** Of every connector that the file names and the server has. */
  connectors: ReadonlyMap<string, Connector>;
  /** Sends secrets that are set already once more. */
  replaceSecrets: boolean;
  /** Takes away what the file names no more. */
  prune: boolean;
}

/** An integration as a file has it. */
export interface GivenIntegration {
  name: string;
  path: SettingsPath;
  settings: IntegrationSettings;
}

/** What a file makes of an integration, its mapping and its schedule left out. */
export function planIntegration(
  given: GivenIntegration,
  present: Integration | null,
  context: PlanContext,
  mistakes: Mistake[],
): SettingsChange[] {
  const { name, path, settings } = given;
  const connector = connectorOf(given, present, context, mistakes);
  const secrets = secretsToSend(given, present, connector, context, mistakes);
  const {
    connectorId,
    config,
    mapping: _mapping,
    schedule: _schedule,
    safeguards,
    secrets: _secrets,
    ...rest
  } = settings;
  const common = { kind: 'integration' as const, name, path, isNew: present === null, present, secrets };
  if (present === null) {
    const body = {
      name,
      connectorId,
      config: config ?? {},
      ...rest,
      ...(safeguards === undefined ? {} : { safeguards }),
    };
    return [{ ...common, fields: [...fieldChanges(undefined, body), ...secretChanges(secrets, present)], body }];
  }
  const body = changedFields(present, {
    name,
    ...rest,
    config: config === undefined ? undefined : merged(present.config, config),
    safeguards: safeguards === undefined ? undefined : merged(present.safeguards, safeguards),
  });
  const fields = [...fieldChanges(present, { ...present, ...body }), ...secretChanges(secrets, present)];
  return fields.length === 0 ? [] : [{ ...common, fields, body }];
}

/** What a file makes of its schedule: last, when all else that a run needs is there. */
export function planSchedule(
  { name, path, settings }: GivenIntegration,
  present: Integration | null,
): SettingsChange[] {
  if (settings.schedule === undefined) return [];
  const old = present?.schedule ?? null;
  const { timeZone } = old ?? {};
  // A time zone that is left out stays what it was made to be.
  const isKept = settings.schedule?.cron !== undefined && timeZone !== undefined;
  const schedule = isKept ? { timeZone, ...settings.schedule } : settings.schedule;
  const fields = fieldChanges({ schedule: old === null ? null : toSchedule(old) }, { schedule });
  if (fields.length === 0) return [];
  return [{ kind: 'schedule', name, path, isNew: old === null, present, fields, body: { schedule } }];
}

function connectorOf(
  { path, settings: { connectorId } }: GivenIntegration,
  present: Integration | null,
  { connectors }: PlanContext,
  mistakes: Mistake[],
): Connector | null {
  const at = [...path, 'connectorId'];
  if (present !== null && connectorId !== undefined && connectorId !== present.connectorId) {
    const message = `An integration keeps its connector, here ${present.connectorId}. For another one give another name.`;
    mistakes.push({ path: at, message });
    return null;
  }
  const id = present?.connectorId ?? connectorId;
  if (id === undefined) {
    mistakes.push({ path, message: 'A new integration needs a connectorId (see: muster connector list).' });
    return null;
  }
  const found = connectors.get(id) ?? null;
  if (found === null && present === null) {
    mistakes.push({ path: at, message: 'This Muster has no such connector (see: muster connector list).' });
  }
  return found;
}

/** Those that are not set, or all that are named when they are to be replaced. */
function secretsToSend(
  { path, settings: { secrets = {} } }: GivenIntegration,
  present: Integration | null,
  connector: Connector | null,
  { replaceSecrets }: PlanContext,
  mistakes: Mistake[],
): SecretVariables {
  const at = [...path, 'secrets'];
  const set = present?.secretsSet ?? [];
  const named = Object.keys(secrets);
  if (connector !== null) {
    const { properties = {}, required = [] }: JsonSchema = connector.secrets;
    for (const name of named.filter((each) => !Object.hasOwn(properties, each))) {
      const known = Object.keys(properties).join(', ');
      const message = `${connector.id} has no such secret; it has ${known === '' ? 'none' : known}.`;
      mistakes.push({ path: [...at, name], message });
    }
    if (present === null) {
      for (const name of required.filter((each) => !named.includes(each))) {
        mistakes.push({ path: [...at, name], message: `A new integration needs it: add ${name}: {fromEnv: NAME}.` });
      }
    }
  }
  const sent = Object.entries(secrets).filter(([name]) => replaceSecrets || !set.includes(name));
  return Object.fromEntries(sent.map(([name, { fromEnv }]) => [name, fromEnv]));
}

function secretChanges(secrets: SecretVariables, present: Integration | null) {
  const set = present?.secretsSet ?? [];
  return Object.entries(secrets).map(([name, variable]) => ({
    field: `secrets.${name}`,
    before: set.includes(name) ? 'set' : undefined,
    after: `from ${variable}`,
  }));
}
