import { CsvError } from './csv.errors.js';

/** The columns of a file, and which of them holds the id. */
export interface CsvHeader {
  readonly names: readonly string[];
  readonly idIndex: number;
}

export interface WantedColumns {
  /** Possible names of the id's column, in any letter case. Exactly one of the columns must have one of them. */
  readonly id: readonly string[];
  readonly required: readonly string[];
}

/** A header as the record document has it: trimmed, single spaces, NFC, and every kind of apostrophe as `'`. */
export function headerName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replaceAll(/[\s\u200b\ufeff]+/g, ' ')
    .trim();
}

/** As which headers are the same column: letter case, spaces, hyphens and underscores make no difference. */
function folded(name: string): string {
  return headerName(name)
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
}

/**
 * Reads a header line. Messages count columns from 1 and never quote one: in a file without headers that is somebody's name.
 *
 * @throws CsvError `headerBlank`, `headerTwice`, `columnMissing`, `idColumnUnclear`
 */
export function readHeader(cells: readonly string[], wanted: WantedColumns): CsvHeader {
  const names = cells.map(headerName);
  const blank = names.indexOf('');
  if (blank >= 0) {
    throw new CsvError('headerBlank', `Column ${blank + 1} has no header. Every column needs one.`, 1);
  }
  for (const [index, name] of names.entries()) {
    const first = names.indexOf(name);
    if (first === index) continue;
    throw new CsvError('headerTwice', `Columns ${first + 1} and ${index + 1} have the same header. Rename one.`, 1);
  }
  const has = new Set(names.map(folded));
  const missing = wanted.required.filter((name) => !has.has(folded(name)));
  if (missing.length > 0) {
    throw new CsvError(
      'columnMissing',
      `The file has no column ${missing.join(', ')}. The settings require it: nothing of the file is read.`,
      1,
    );
  }
  return { names, idIndex: findId(names, wanted.id) };
}

function findId(names: readonly string[], wanted: readonly string[]): number {
  const accepted = new Set(wanted.map(folded));
  const found = names.flatMap((name, index) => (accepted.has(folded(name)) ? [index] : []));
  const [only] = found;
  if (only !== undefined && found.length === 1) return only;
  if (only === undefined) {
    throw new CsvError(
      'columnMissing',
      `None of the ${names.length} columns is called ${wanted.join(' or ')}. Check the separator, or set idColumn to the header of the id.`,
      1,
    );
  }
  throw new CsvError(
    'idColumnUnclear',
    `Columns ${found.map((index) => index + 1).join(' and ')} may both hold the id. Set idColumn to the header of the right one.`,
    1,
  );
}
