import type { RawRecord } from './raw-record.js';

/** Somebody who was pushed. `gone`: the provider has deleted them; they lose access, whatever a mapping makes of the record. */
export type PushedRecord = RawRecord & { readonly gone?: true };

/** Some of the people that a provider has pushed, and where to go on: null at the end. */
export interface PushedPage {
  readonly records: readonly PushedRecord[];
  readonly next: string | null;
}

/** The people that a provider has pushed to an integration, whole: with their groups, and those whom it deleted as inactive. */
export interface PushedPeople {
  /** In an order that stays, from where an earlier page said to go on (null: from the first); at most so many. */
  list(from: string | null, limit: number): Promise<PushedPage>;
  /** Null for somebody who was never pushed. */
  find(id: string): Promise<PushedRecord | null>;
}
