import type { Attribute, Integration, Mapping, Tenant } from '#api-client';
import type { FieldChange } from './field-changes.js';
import type { MappingSettings } from './settings-schema.js';
import type { SettingsPath } from './settings-file.js';

interface Named {
  name: string;
  /** Where in the file what is sent begins. */
  path: SettingsPath;
  /** It is added, not changed. */
  isNew: boolean;
  fields: FieldChange[];
}

/** Variables of the environment that hold secrets, by the secrets' names. */
export type SecretVariables = Readonly<Record<string, string>>;

/** One thing that applying a file adds or changes: one command to the server, two for a mapping. */
export type SettingsChange = Named &
  (
    | { kind: 'tenant'; present: Tenant | null; body: object }
    | { kind: 'attribute'; present: Attribute | null; body: object }
    | { kind: 'attributeGone'; present: Attribute; body: null }
    | { kind: 'integration'; present: Integration | null; body: object; secrets: SecretVariables }
    /** Null: the integration is made by a change before. */
    | { kind: 'schedule'; present: Integration | null; body: object }
    | {
        kind: 'mapping';
        /** The active one. */
        present: Mapping | null;
        /** Null: the integration is made by a change before. */
        integrationId: string | null;
        body: MappingSettings;
        /** A version that says the same and only has to be made the active one. */
        saved: number | null;
      }
  );

const kinds: Record<SettingsChange['kind'], string> = {
  tenant: 'tenant',
  attribute: 'attribute',
  attributeGone: 'attribute',
  integration: 'integration',
  schedule: 'schedule of',
  mapping: 'mapping of',
};

/** What a change is about, in words. */
export function subject({ kind, name }: SettingsChange): string {
  return `${kinds[kind]} ${name}`;
}
