import { z } from 'zod';
import type { MappingDefinition } from '#core';

export const expressionChange = z
  .object({
    field: z
      .string()
      .describe('An attribute’s name, or `identity`, `scope`, `restricted.expression`, `restricted.onMissing`.'),
    change: z.enum(['added', 'removed', 'changed']),
    before: z.string().nullable().describe('What `version` says; null: nothing.'),
    after: z.string().nullable().describe('What `other` says; null: nothing.'),
  })
  .meta({ id: 'ExpressionChange' });

/** What the second mapping says otherwise than the first, by field: rules first, then attributes by name. */
export function diffMappings(before: MappingDefinition, after: MappingDefinition): z.input<typeof expressionChange>[] {
  return [
    ...diff(rulesOf(before), rulesOf(after)),
    ...diff(before.attributes, after.attributes).toSorted((a, b) => (a.field < b.field ? -1 : 1)),
  ];
}

function diff(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): z.input<typeof expressionChange>[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field) => {
    const old = before[field] ?? null;
    const now = after[field] ?? null;
    if (old === now) return [];
    const change = old === null ? 'added' : now === null ? 'removed' : 'changed';
    return [{ field, change, before: old, after: now } as const];
  });
}

function rulesOf({ identity, scope, restricted }: MappingDefinition): Record<string, string> {
  return {
    identity,
    ...(scope === null ? {} : { scope }),
    ...(restricted === null
      ? {}
      : { 'restricted.expression': restricted.expression, 'restricted.onMissing': restricted.onMissing }),
  };
}
