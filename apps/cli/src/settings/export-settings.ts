import { Document } from 'yaml';
import type { Attribute, Mapping, Schedule } from '#api-client';
import { CliError } from '../cli.errors.js';
import { exitCodes } from '../exit-codes.js';
import type { PresentIntegration, PresentSettings } from './present-settings.js';

/**
 * A tenant's settings as a file has them; applied to the server that they come from, they change nothing. Secrets are
 * named, each with a variable of the environment. Where an integration stands is left out: what is made from the file
 * begins in observe.
 *
 * @throws CliError when two integrations have one name
 */
export function toSettings({ tenant, attributes, integrations }: PresentSettings, variables: Set<string>): object {
  requireDistinctNames(integrations);
  const { name, timeZone, deprovisioningDelayDays, contacts } = tenant;
  return {
    tenant: { name, timeZone, deprovisioningDelayDays, contacts },
    attributes: Object.fromEntries(attributes.map((attribute) => [attribute.name, toAttribute(attribute)])),
    integrations: Object.fromEntries(
      integrations
        .toSorted((a, b) => (a.integration.name < b.integration.name ? -1 : 1))
        .map((present) => [present.integration.name, toIntegration(present, variables)]),
    ),
  };
}

/** The settings of tenants as a file: one document each. */
export function toYaml(tenants: readonly object[]): string {
  return tenants
    .map((settings) => {
      const document = new Document(settings, { aliasDuplicateObjects: false });
      document.commentBefore = ' To apply this to a server: muster apply -f <file>';
      return document.toString({ lineWidth: 0 });
    })
    .join('---\n');
}

export function toAttribute({ label, type, required, whenBlank, excludeFromCsvExport }: Attribute) {
  return { label, type, required, whenBlank, excludeFromCsvExport };
}

export function toMapping({ identity, attributes, scope, restricted }: Mapping) {
  return { identity, attributes, scope, restricted };
}

export function toSchedule({ mode, every, cron, timeZone }: Schedule) {
  return every === undefined ? { mode, cron, timeZone } : { mode, every };
}

function toIntegration({ integration, active }: PresentIntegration, variables: Set<string>): object {
  const {
    name,
    connectorId,
    enabled,
    precedence,
    onLeavingScope,
    config,
    secretsSet,
    safeguards,
    contacts,
    rateBudget,
    schedule,
  } = integration;
  const secrets = secretsSet.map((secret) => [secret, { fromEnv: variableFor(name, secret, variables) }]);
  return {
    connectorId,
    enabled,
    precedence,
    onLeavingScope,
    config,
    ...(secrets.length === 0 ? {} : { secrets: Object.fromEntries(secrets) as object }),
    safeguards,
    contacts,
    rateBudget,
    schedule: schedule === null ? null : toSchedule(schedule),
    ...(active === null ? {} : { mapping: toMapping(active) }),
  };
}

/** `Acme HR`, `clientSecret` → `ACME_HR_CLIENT_SECRET`; no two secrets of an export share one. */
function variableFor(integration: string, secret: string, taken: Set<string>): string {
  const words = `${integration} ${secret}`.normalize('NFKD').replaceAll(/([a-z])([A-Z])/g, '$1_$2');
  const plain = words
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .toUpperCase();
  const start = /^[0-9]/.test(plain) || plain === '' ? `SECRET_${plain}` : plain;
  let name = start;
  for (let number = 2; taken.has(name); number += 1) name = `${start}_${String(number)}`;
  taken.add(name);
  return name;
}

function requireDistinctNames(integrations: readonly PresentIntegration[]): void {
  const seen = new Set<string>();
  for (const { integration } of integrations) {
    const name = integration.name.toLowerCase();
    if (seen.has(name)) {
      const message = `Two integrations are called ${integration.name}; in a file each has a name of its own.`;
      throw new CliError(message, exitCodes.conflict, [
        `muster integration update ${integration.id} --name <another name>`,
      ]);
    }
    seen.add(name);
  }
}
