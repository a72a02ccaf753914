import type { RawRecord } from '../raw-record.js';
import { type CsvHeader, readHeader, type WantedColumns } from './csv-header.js';
import type { CsvEncoding, CsvFormat, CsvSeparator } from './csv-format.js';
import { csvRecordMaker } from './csv-record.js';
import { type CsvRow, CsvRowParser, OpenQuoteError } from './csv-row-parser.js';
import { CsvText } from './csv-text.js';
import { CsvTrailer } from './csv-trailer.js';
import { type CsvCutOff, CsvError } from './csv.errors.js';
import { detectSeparator, endOfHeaderLine } from './detect-separator.js';

/** What a file's own end says of it. */
export interface CsvEnd {
  /** Records that were yielded. */
  readonly rows: number;
  /** Rows without anything in any cell, which are nobody. */
  readonly blankRows: number;
  /** Null: the file is whole as far as itself can tell. */
  readonly cutOff: CsvCutOff | null;
}

/** A file whose header has been read. */
export interface OpenCsv {
  readonly header: readonly string[];
  /** The header of the id's column. */
  readonly idColumn: string;
  /** As set, or as found where the settings leave it open. */
  readonly separator: CsvSeparator;
  readonly encoding: CsvEncoding;
  /**
   * The rows as records, a run of them for each piece of the file; at most one such run is held. May be called once.
   * The source is closed when they end or are left.
   *
   * @throws CsvError for what no whole file has: a row of another width, a stray quote, text in another encoding. What a
   *   file that was cut off has shows in the end instead.
   */
  records(): AsyncGenerator<readonly RawRecord[], CsvEnd, void>;
}

/**
 * Reads CSV as a stream up to and including its header. What throws has closed the source.
 *
 * @param idNames what the id's column may be called, unless the format says
 */
export async function openCsv(
  source: AsyncIterable<Uint8Array>,
  format: CsvFormat,
  idNames: readonly string[],
): Promise<OpenCsv> {
  const text = await CsvText.open(source, format.encoding);
  const chunks = text.chunks();
  try {
    const { start, separator } = await readStart(chunks, format);
    const parser = new CsvRowParser(separator, format);
    let first = await parser.write(start);
    for (let step = await nextUnless(first, chunks); step !== null; step = await nextUnless(first, chunks)) {
      first = await parser.write(step);
    }
    if (first.length === 0) first = await headerAtEnd(parser);
    const [head, ...rows] = first;
    if (head === undefined) throw new CsvError('emptyFile', 'The file is empty: it has not even a line of headers.');
    const wanted: WantedColumns = {
      id: format.idColumn === undefined ? idNames : [format.idColumn],
      required: format.requiredColumns,
    };
    const header = readHeader(head.cells, wanted);
    const { encoding } = text;
    return {
      header: header.names,
      idColumn: header.names[header.idIndex] ?? '',
      separator,
      encoding,
      records: () => new CsvFile(header, separator, format, text, chunks, parser).records(rows),
    };
  } catch (error) {
    await chunks.return();
    throw error;
  }
}

/** The text up to where the separator is known. */
async function readStart(
  chunks: AsyncGenerator<string, void, void>,
  { separator, maxRowKilobytes }: CsvFormat,
): Promise<{ start: string; separator: CsvSeparator }> {
  if (separator !== 'detect') return { start: '', separator };
  let start = '';
  let end = -1;
  while (end < 0 && start.length <= maxRowKilobytes * 1024) {
    const step = await chunks.next();
    if (step.done === true) break;
    start += step.value;
    end = endOfHeaderLine(start);
  }
  if (start.trim() === '') throw new CsvError('emptyFile', 'The file is empty: it has not even a line of headers.');
  return { start, separator: detectSeparator(end < 0 ? start : start.slice(0, end)) };
}

async function nextUnless(rows: readonly CsvRow[], chunks: AsyncGenerator<string, void, void>): Promise<string | null> {
  if (rows.length > 0) return null;
  const step = await chunks.next();
  return step.done === true ? null : step.value;
}

async function headerAtEnd(parser: CsvRowParser): Promise<CsvRow[]> {
  try {
    return await parser.end();
  } catch (error) {
    if (!(error instanceof OpenQuoteError)) throw error;
    throw new CsvError('strayQuote', 'The line of headers has a quote that is never closed.', error.line);
  }
}

/** The rows that follow a header. */
class CsvFile {
  private readonly trailer: CsvTrailer | null;
  private readonly toRecord: (cells: readonly string[]) => RawRecord;
  private rows = 0;
  private blankRows = 0;
  private declaredRows: number | null = null;
  /** A row that is too short: only the last may be, where the file was cut off. */
  private short: CsvRow | null = null;

  constructor(
    private readonly header: CsvHeader,
    separator: CsvSeparator,
    format: CsvFormat,
    private readonly text: CsvText,
    private readonly chunks: AsyncGenerator<string, void, void>,
    private readonly parser: CsvRowParser,
  ) {
    this.trailer = format.trailer === undefined ? null : new CsvTrailer(format.trailer, separator);
    this.toRecord = csvRecordMaker(header);
  }

  async *records(first: readonly CsvRow[]): AsyncGenerator<readonly RawRecord[], CsvEnd, void> {
    try {
      yield* this.taken(first);
      for await (const chunk of this.chunks) {
        yield* this.taken(await this.parser.write(chunk));
      }
    } finally {
      await this.chunks.return();
    }
    let cutOff: CsvCutOff | null = null;
    try {
      yield* this.taken(await this.parser.end());
    } catch (error) {
      if (!(error instanceof OpenQuoteError)) throw error;
      const message = `The file ends inside the quoted cell of a row that begins on line ${error.line}: it was cut off.`;
      cutOff = { code: 'openQuote', message };
    }
    return { rows: this.rows, blankRows: this.blankRows, cutOff: cutOff ?? this.cutOffAtEnd() };
  }

  private *taken(rows: readonly CsvRow[]): Generator<readonly RawRecord[], void, void> {
    const records: RawRecord[] = [];
    for (const row of rows) {
      if (this.isPerson(row)) records.push(this.toRecord(row.cells));
    }
    this.rows += records.length;
    if (records.length > 0) yield records;
  }

  private isPerson(row: CsvRow): boolean {
    const { cells, line } = row;
    if (this.short !== null) throw this.wrongWidth(this.short);
    if (cells.every((cell) => cell.trim() === '')) {
      this.blankRows += 1;
      return false;
    }
    if (this.declaredRows !== null) {
      throw new CsvError('rowsAfterTrailer', `Line ${line} follows the line that should be the last.`, line);
    }
    this.declaredRows = this.trailer?.declaredRows(cells) ?? null;
    if (this.declaredRows !== null) return false;
    const { length } = this.header.names;
    if (cells.length === length) return true;
    if (cells.length > length) throw this.wrongWidth(row);
    this.short = row;
    return false;
  }

  private cutOffAtEnd(): CsvCutOff | null {
    if (this.text.endsInHalfCharacter) {
      return { code: 'halfCharacter', message: 'The file ends in the middle of a character: it was cut off.' };
    }
    if (this.short !== null) {
      if (this.text.endsWithLineBreak) throw this.wrongWidth(this.short);
      const { line } = this.short;
      return {
        code: 'shortLastRow',
        message: `The file ends in the middle of the row on line ${line}: it was cut off.`,
      };
    }
    if (this.trailer === null) return null;
    if (this.declaredRows === null) {
      return { code: 'trailerMissing', message: 'The file does not end with the trailer that the settings describe.' };
    }
    if (this.declaredRows === this.rows) return null;
    const message = `The trailer declares ${this.declaredRows} rows; the file has ${this.rows}.`;
    return { code: 'rowsDiffer', message };
  }

  private wrongWidth({ cells, line }: CsvRow): CsvError {
    const { length } = this.header.names;
    return new CsvError(
      'rowWidth',
      `The row on line ${line} has ${cells.length} cells; the header has ${length} columns.`,
      line,
    );
  }
}
