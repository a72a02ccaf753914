import { isDeepStrictEqual } from 'node:util';
import { standardAttributes } from '#core';
import type { Attribute, Tenant } from '#api-client';
import { isCalled } from '../find-integration.js';
import { toAttribute, toMapping } from './export-settings.js';
import { changedFields, fieldChanges } from './field-changes.js';
import { type GivenIntegration, type PlanContext, planIntegration, planSchedule } from './plan-integration.js';
import { planPruning } from './plan-pruning.js';
import type { PresentIntegration, PresentSettings } from './present-settings.js';
import type { SettingsChange } from './settings-change.js';
import type { Mistake } from './settings-file.js';
import type { AttributeSettings, MappingSettings, TenantSettings } from './settings-schema.js';

/** What a file makes of a tenant, in the order in which it is done, and why it can't be. */
export interface SettingsPlan {
  changes: SettingsChange[];
  mistakes: Mistake[];
}

/** Compares a tenant with what a file says of it. Null: the tenant is not there yet. */
export function planSettings(
  settings: TenantSettings,
  present: PresentSettings | null,
  context: PlanContext,
): SettingsPlan {
  const mistakes: Mistake[] = [];
  const { attributes = {}, integrations = {} } = settings;
  const there: readonly Attribute[] = present?.attributes ?? standardAttributes;
  const known = new Set([...there.map(({ name }) => name), ...Object.keys(attributes)]);
  const changes: SettingsChange[] = [...planTenant(settings.tenant ?? {}, present?.tenant ?? null)];
  for (const [name, attribute] of Object.entries(attributes)) {
    const old = there.find((one) => one.name === name) ?? null;
    changes.push(...planAttribute(name, attribute, old, mistakes));
  }
  const names = new Set<string>();
  for (const [name, integration] of Object.entries(integrations)) {
    const path = ['integrations', name];
    if (names.has(name.toLowerCase())) mistakes.push({ path, message: 'Another one has this name already.' });
    names.add(name.toLowerCase());
    const old = presentOf(name, present, mistakes);
    const given = { name, path, settings: integration };
    changes.push(...planIntegration(given, old?.integration ?? null, context, mistakes));
    changes.push(...planMapping(given, old, known, mistakes));
    changes.push(...planSchedule(given, old?.integration ?? null));
  }
  if (context.prune && present !== null) changes.push(...planPruning(settings, present));
  return { changes, mistakes };
}

function planTenant(given: NonNullable<TenantSettings['tenant']>, present: Tenant | null): SettingsChange[] {
  const { name = '', ...rest } = given;
  const common = { kind: 'tenant' as const, path: ['tenant'], isNew: present === null, present };
  if (present === null) return [{ ...common, name, fields: fieldChanges(undefined, given), body: given }];
  const body = changedFields(present, rest);
  if (Object.keys(body).length === 0) return [];
  return [{ ...common, name: present.name, fields: fieldChanges(present, { ...present, ...body }), body }];
}

function planAttribute(
  name: string,
  given: AttributeSettings,
  present: Attribute | null,
  mistakes: Mistake[],
): SettingsChange[] {
  const path = ['attributes', name];
  const common = { kind: 'attribute' as const, name, path, isNew: present === null, present };
  if (present === null) {
    if (given.type === undefined) mistakes.push({ path, message: 'A new attribute needs a type.' });
    return [{ ...common, fields: fieldChanges(undefined, given), body: given }];
  }
  const old = toAttribute(present);
  const body = { ...old, ...changedFields(old, given) };
  const fields = fieldChanges(old, body);
  return fields.length === 0 ? [] : [{ ...common, fields, body }];
}

function planMapping(
  { name, path: at, settings: { mapping } }: GivenIntegration,
  present: PresentIntegration | null,
  known: ReadonlySet<string>,
  mistakes: Mistake[],
): SettingsChange[] {
  if (mapping === undefined) return [];
  const path = [...at, 'mapping'];
  for (const attribute of Object.keys(mapping.attributes).filter((each) => !known.has(each))) {
    mistakes.push({
      path: [...path, 'attributes', attribute],
      message: 'There is no such attribute: define it under attributes, or take the expression out.',
    });
  }
  const active = present?.active ?? null;
  if (active !== null && isSame(mapping, active)) return [];
  const newest = present?.newest ?? null;
  return [
    {
      kind: 'mapping',
      name,
      path,
      isNew: active === null,
      present: active,
      integrationId: present?.integration.id ?? null,
      fields: fieldChanges(active === null ? undefined : toMapping(active), mapping),
      body: mapping,
      saved: newest !== null && isSame(mapping, newest) ? newest.version : null,
    },
  ];
}

function isSame(mapping: MappingSettings, saved: NonNullable<PresentIntegration['active']>): boolean {
  return isDeepStrictEqual(mapping, toMapping(saved));
}

function presentOf(name: string, present: PresentSettings | null, mistakes: Mistake[]): PresentIntegration | null {
  const found = (present?.integrations ?? []).filter(({ integration }) => isCalled(integration, name));
  if (found.length > 1) {
    const ids = found.map(({ integration }) => integration.id).join(', ');
    const message = `Several integrations of the server are called so (${ids}): rename one with muster integration update <id> --name <name>.`;
    mistakes.push({ path: ['integrations', name], message });
  }
  return found[0] ?? null;
}
