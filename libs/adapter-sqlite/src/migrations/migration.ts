import type { StatementCache } from '../statement-cache.js';

/** One numbered, immutable step of the schema. Steps are applied in order of id, each in one transaction. */
export interface Migration {
  /** The number at the start of the file's name; never reused. */
  id: number;
  name: string;
  /** One or more SQL statements. */
  sql: string;
  /** What SQL alone can't make of the rows that are there; after `sql`, in the same transaction. */
  fill?(database: StatementCache): void;
}
