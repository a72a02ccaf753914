import type { mongo } from 'mongoose';
import type { CollectionDeclaration } from '../schemas/collection.js';

/** A numbered step, made once in order of `id`; `creates` names collections with the indexes that their schemas declare. */
export interface Migration {
  id: number;
  name: string;
  creates: readonly CollectionDeclaration<object>[];
  /** Makes what is new of the documents that are there. May be done twice, and beside an older version at work. */
  fill?(db: mongo.Db): Promise<void>;
}
