import { z } from 'zod';

/** A part of the document. */
export type Json = Record<string, unknown>;

/** JSON Schema 2020-12 of a zod schema; named ones go to the document's components. */
export function toSchema(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema: _dialect,
    $defs: definitions,
    ...root
  } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const shown = z.globalRegistry.get(zodSchema)?.['openapi'] as Json | undefined;
      delete jsonSchema['openapi'];
      if (shown === undefined) return;
      delete jsonSchema.pattern;
      Object.assign(jsonSchema, shown);
    },
  }) as Json;
  for (const [name, definition] of Object.entries((definitions ?? {}) as Record<string, Json>)) {
    const { id: _id, ...rest } = definition;
    components[name] ??= pointAtComponents(rest);
  }
  return pointAtComponents(root) as Json;
}

function pointAtComponents(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointAtComponents);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) =>
      key === '$ref' && typeof child === 'string'
        ? [key, child.replace('#/$defs/', '#/components/schemas/')]
        : [key, pointAtComponents(child)],
    ),
  );
}
