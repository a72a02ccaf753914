export const CSV_ERROR_CODES = [
  'emptyFile',
  'encodingContradicted',
  'notInEncoding',
  'separatorUnclear',
  'headerBlank',
  'headerTwice',
  'columnMissing',
  'idColumnUnclear',
  'rowWidth',
  'rowTooLarge',
  'strayQuote',
  'rowsAfterTrailer',
  'unreadable',
] as const;
export type CsvErrorCode = (typeof CSV_ERROR_CODES)[number];

/** A file that cannot be read as what it is declared to be. `message` is whole sentences and quotes nothing of the file. */
export class CsvError extends Error {
  constructor(
    readonly code: CsvErrorCode,
    message: string,
    /** Counted from 1, header and line breaks inside cells included; null where it concerns the file. */
    readonly line: number | null = null,
  ) {
    super(message);
    this.name = 'CsvError';
  }
}

export const CSV_CUT_OFF_CODES = [
  'openQuote',
  'shortLastRow',
  'halfCharacter',
  'trailerMissing',
  'rowsDiffer',
] as const;

/** Why what was read is not the whole file, though all rows before are sound. */
export interface CsvCutOff {
  readonly code: (typeof CSV_CUT_OFF_CODES)[number];
  readonly message: string;
}
