import { CSV_SEPARATORS, type CsvSeparator } from './csv-format.js';

const placeholder = '{rows}';

/**
 * Recognises the line that ends a file by a pattern such as `TRAILER;{rows}`: its cells, between the file's own separators,
 * must be those of the pattern; further ones must be blank.
 */
export class CsvTrailer {
  private readonly cells: readonly string[];

  constructor(pattern: string, separator: CsvSeparator) {
    this.cells = pattern.split(CSV_SEPARATORS[separator]).map((cell) => cell.trim());
  }

  /** How many rows the line says there are; null when it is not the trailer. */
  declaredRows(cells: readonly string[]): number | null {
    if (cells.length < this.cells.length) return null;
    let declared: number | null = null;
    for (const [index, cell] of cells.entries()) {
      const wanted = this.cells[index] ?? '';
      const given = cell.trim();
      if (!wanted.includes(placeholder)) {
        if (given !== wanted) return null;
        continue;
      }
      const [before = '', after = ''] = wanted.split(placeholder);
      const digits = given.slice(before.length, given.length - after.length);
      if (!given.startsWith(before) || !given.endsWith(after) || !/^\d{1,12}$/.test(digits)) return null;
      declared = Number(digits);
    }
    return declared;
  }
}
