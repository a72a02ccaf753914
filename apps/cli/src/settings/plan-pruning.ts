import type { Attribute } from '#api-client';
import { isCalled } from '../find-integration.js';
import { toAttribute } from './export-settings.js';
import { fieldChanges } from './field-changes.js';
import type { PresentSettings } from './present-settings.js';
import type { SettingsChange } from './settings-change.js';
import type { TenantSettings } from './settings-schema.js';

/**
 * What a file names no more: integrations are disabled, since their people and history stay; own attributes are removed.
 * A file without the section says nothing of it.
 */
export function planPruning({ attributes, integrations }: TenantSettings, present: PresentSettings): SettingsChange[] {
  const disabled = present.integrations.flatMap(({ integration }): SettingsChange[] => {
    const isNamed = Object.keys(integrations ?? {}).some((name) => isCalled(integration, name));
    if (integrations === undefined || isNamed || !integration.enabled) return [];
    const { name } = integration;
    const fields = [{ field: 'enabled', before: true, after: false }];
    const body = { enabled: false };
    return [
      {
        kind: 'integration',
        name,
        path: ['integrations'],
        isNew: false,
        present: integration,
        fields,
        body,
        secrets: {},
      },
    ];
  });
  const removed = present.attributes
    .filter(({ name, standard }) => attributes !== undefined && !standard && !Object.hasOwn(attributes, name))
    .map((attribute): SettingsChange => {
      const { name } = attribute;
      const fields = goneFields(attribute);
      return {
        kind: 'attributeGone',
        name,
        path: ['attributes'],
        isNew: false,
        present: attribute,
        fields,
        body: null,
      };
    });
  return [...disabled, ...removed];
}

function goneFields(attribute: Attribute) {
  return fieldChanges(undefined, toAttribute(attribute)).map(({ field, after }) => ({
    field,
    before: after,
    after: undefined,
  }));
}
