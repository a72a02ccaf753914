/** One person as the source sent them. */
export interface RawRecord {
  /** The connector's own immutable id of the person, where it can be told without decoding the record; else `null`. */
  readonly sourceId: string | null;
  /** Exactly the source's bytes. May be a view into a larger buffer: copy what outlives the batch. */
  readonly bytes: Uint8Array;
}
