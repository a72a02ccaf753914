import type { SchemaAttribute } from './schema-attribute.js';

/** A set of attributes with a URN for a name (RFC 7643 §7). */
export interface ResourceSchema {
  id: string;
  name: string;
  description: string;
  attributes: readonly SchemaAttribute[];
}
