import type { CheckStep as ConnectorStep } from '#connector-sdk';
import type { CheckStep, JsonValue } from '#core';

/** Of one check, however many fields the source has and whatever it calls them. */
export const mostFields = 200;
export const longestField = 200;

/**
 * What a check keeps of the details of a connector's step: the names of the fields that a person has at the source, to
 * write expressions for. Names alone, of the step that looks at a person; values and all else stay with the connector.
 */
export function sampledFields({ step, details }: ConnectorStep): Pick<CheckStep, 'fields' | 'moreFields'> {
  if (step !== 'sample' || details === undefined) return {};
  const fields = names(details['fields']);
  const prefix = fields.includes('attributes') ? 'attributes.' : '';
  const all = [...new Set([...fields, ...names(details['attributes']).map((name) => `${prefix}${name}`)])];
  if (all.length === 0) return {};
  return {
    fields: all.slice(0, mostFields).map((name) => name.slice(0, longestField)),
    moreFields: Math.max(0, all.length - mostFields),
  };
}

function names(value: JsonValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}
