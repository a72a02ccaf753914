export const JSON_SPLIT_ERROR_CODES = ['cutOff', 'malformed', 'arrayMissing', 'tooLarge'] as const;
export type JsonSplitErrorCode = (typeof JSON_SPLIT_ERROR_CODES)[number];

/**
 * A response body could not be split into its records.
 *
 * `cutOff`: the body ends in the middle. `malformed`: a byte that JSON does not allow there.
 * `arrayMissing`: well-formed, but the named array is absent or something else. `tooLarge`: one value is larger than allowed.
 * `offset` counts bytes from the start of the body.
 */
export class JsonSplitError extends Error {
  constructor(
    readonly code: JsonSplitErrorCode,
    readonly offset: number,
    detail: string,
    /** From 1, of a body that is read by lines. */
    readonly line?: number,
  ) {
    super(`${detail} at byte ${offset}`);
    this.name = 'JsonSplitError';
  }
}
