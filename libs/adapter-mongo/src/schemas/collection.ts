import { Schema, type IndexDefinition, type IndexOptions, type SchemaDefinition } from 'mongoose';

/** An index by name, as MongoDB's `createIndexes` takes it. */
export interface IndexDeclaration extends Omit<IndexOptions, 'name'> {
  name: string;
  keys: IndexDefinition;
}

/** A collection as the migrations create it; `Document` is what the driver's collection reads and writes. */
export interface CollectionDeclaration<Document extends object> {
  readonly name: string;
  readonly schema: Schema;
  /** Never there: carries the type. */
  readonly document?: Document;
}

/**
 * Declares a collection. Keys (`_id`) are texts made of ids joined by colons, so that one index answers for identity,
 * order and ranges; MongoDB's simple collation compares them by UTF-8 bytes. What is only carried, never searched, is
 * JSON in a `body`: a payload is no BSON tree.
 */
export function declareCollection<Document extends object>(
  name: string,
  fields: SchemaDefinition,
  indexes: readonly IndexDeclaration[] = [],
): CollectionDeclaration<Document> {
  const schema = new Schema(fields, { collection: name, autoCreate: false, autoIndex: false, versionKey: false });
  for (const { keys, ...options } of indexes) schema.index(keys, options);
  return { name, schema };
}
