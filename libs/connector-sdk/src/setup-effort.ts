/** `low`: minutes, by whoever has the credentials; `medium`: something is to be done at the source; `high`: agreed on between people first. */
export const SETUP_EFFORTS = ['low', 'medium', 'high'] as const;

/** What it takes until a connector reads its first person. */
export interface SetupEffort {
  readonly level: (typeof SETUP_EFFORTS)[number];
  /** One sentence that an admin understands before having seen any of the settings. */
  readonly text: string;
}

/** As declared; otherwise as far as the declaration shows. */
export function setupEffort(connector: { readonly setupEffort?: SetupEffort; readonly setup?: unknown }): SetupEffort {
  if (connector.setupEffort !== undefined) return connector.setupEffort;
  return connector.setup === undefined
    ? { level: 'low', text: 'Fill in the settings; nothing is known that is to be done at the source.' }
    : { level: 'medium', text: 'Fill in the settings, and have the set-up steps done at the source.' };
}
