import { type CsvError as CsvParseError, type InfoRecord, parse, type Parser } from 'csv-parse';
import { CSV_SEPARATORS, type CsvFormat, type CsvSeparator } from './csv-format.js';
import { CsvError } from './csv.errors.js';

export interface CsvRow {
  readonly cells: readonly string[];
  /** Where it begins. */
  readonly line: number;
}

/** The file ended inside a quoted cell. */
export class OpenQuoteError extends Error {
  constructor(
    /** Where the row begins that was not closed. */
    readonly line: number,
  ) {
    super('A quoted cell is not closed.');
    this.name = 'OpenQuoteError';
  }
}

/** Text in, rows out, whatever pieces it comes in. Blank lines are no rows. */
export class CsvRowParser {
  private readonly parser: Parser;
  private rows: CsvRow[] = [];
  private isEnded = false;
  private lastLine = 0;
  /** Lines that the parser counts too many: it takes the CRLF inside a quoted cell for two line breaks. */
  private overcounted = 0;

  constructor(separator: CsvSeparator, { quoting, maxRowKilobytes }: Pick<CsvFormat, 'quoting' | 'maxRowKilobytes'>) {
    this.parser = parse({
      delimiter: CSV_SEPARATORS[separator],
      escape: quoting === 'backslash' ? '\\' : '"',
      record_delimiter: ['\r\n', '\n', '\r'],
      max_record_size: maxRowKilobytes * 1024,
      skip_empty_lines: true,
      // Widths are compared by the reader, which knows the trailer.
      relax_column_count: true,
      on_record: (cells: string[], { lines }: InfoRecord) => this.take(cells, lines),
    });
    // An error is given to whoever writes; without a listener it would end the process as well.
    this.parser.on('error', () => undefined);
    this.parser.resume();
  }

  /**
   * The rows that end in this piece of text.
   *
   * @throws CsvError `strayQuote`, `rowTooLarge`, `unreadable`
   */
  async write(text: string): Promise<CsvRow[]> {
    return this.rowsAfter((done) => this.parser.write(Buffer.from(text, 'utf8'), done));
  }

  /**
   * The rows that nothing more follows; none when it is called again.
   *
   * @throws OpenQuoteError, and as {@link write}
   */
  async end(): Promise<CsvRow[]> {
    if (this.isEnded) return [];
    this.isEnded = true;
    return this.rowsAfter((done) => this.parser.end(done));
  }

  private async rowsAfter(work: (done: (error?: Error | null) => void) => void): Promise<CsvRow[]> {
    await new Promise<void>((resolve, reject) => {
      work((error) => (error ? reject(this.translated(error as CsvParseError)) : resolve()));
    });
    const { rows } = this;
    this.rows = [];
    return rows;
  }

  /** @returns null: the parser keeps no row of its own */
  private take(cells: string[], countedLines: number): null {
    const isOneLine = countedLines - this.overcounted === this.lastLine + 1;
    const breaks = isOneLine ? 0 : cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\n|\r/g)?.length ?? 0), 0);
    if (breaks > 0) this.overcounted += cells.reduce((sum, cell) => sum + (cell.match(/\r\n/g)?.length ?? 0), 0);
    this.lastLine = countedLines - this.overcounted;
    this.rows.push({ cells, line: this.lastLine - breaks });
    return null;
  }

  private translated({ code }: CsvParseError): Error {
    const line = this.lastLine + 1;
    switch (code) {
      case 'CSV_QUOTE_NOT_CLOSED':
        return new OpenQuoteError(line);
      case 'INVALID_OPENING_QUOTE':
      case 'CSV_INVALID_CLOSING_QUOTE':
        return new CsvError(
          'strayQuote',
          `Line ${line} or the row that begins there has a quote in the middle of a cell. Cells that hold quotes are quoted, and the quotes inside escaped as the settings say.`,
          line,
        );
      case 'CSV_MAX_RECORD_SIZE':
        return new CsvError(
          'rowTooLarge',
          `The row that begins on line ${line} is larger than the settings allow. Most often a quote before it is never closed.`,
          line,
        );
      default:
        return new CsvError('unreadable', `Line ${line} cannot be read as CSV (${code}).`, line);
    }
  }
}
