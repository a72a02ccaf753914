import type { CollectionDeclaration } from '../schemas/collection.js';

/** A numbered step, made once in order of `id`; `creates` names collections with the indexes that their schemas declare. */
export interface Migration {
  id: number;
  name: string;
  creates: readonly CollectionDeclaration<object>[];
}
