import { Injectable } from '@nestjs/common';
import { errorFields, Logger } from '#telemetry';
import { Answer } from './answer.js';
import { type CsvCell, csvRow } from './csv.js';

/** Rows read in one go: fewer when they are large, so that memory stays flat whatever people's values are. */
const leastRows = 50;
const mostRows = 2_000;
/** Characters of a piece below which the next is tried with twice the rows, and above which with half. */
const smallPiece = 128 * 1024;
const largePiece = 1024 * 1024;

/** What a CSV is made of, read piece by piece in a stable order. The first cell of each row is its key. */
export interface CsvSource<Row, Key> {
  /** What to call it in a message and as a file. */
  name: string;
  header: readonly CsvCell[];
  /** `next` is null when there is no more; a piece may be empty and have more after it. */
  read(after: Key | null, limit: number): Promise<{ rows: readonly Row[]; next: Key | null }>;
  cells(row: Row): CsvCell[];
}

/**
 * Answers with CSV of any length. The reader's pace is the pace: nothing is read ahead of a slow client by more than two
 * pieces, and nothing more once it has gone. From after a key on there is no header, so that the pieces can be joined.
 */
@Injectable()
export class CsvStreams {
  constructor(private readonly logger: Logger) {}

  /** What fails before the first piece is a problem document still; what fails later breaks the connection off. */
  async answer<Row, Key>(source: CsvSource<Row, Key>, after: Key | null): Promise<Answer<AsyncIterable<string>>> {
    const pieces = this.pieces(source, after);
    const first = await pieces.next();
    return new Answer(joined(first, pieces), {
      headers: { 'content-disposition': `attachment; filename="${source.name}.csv"` },
    });
  }

  private async *pieces<Row, Key>(source: CsvSource<Row, Key>, after: Key | null): AsyncGenerator<string, undefined> {
    let text = after === null ? csvRow(source.header) : '';
    let limit = leastRows;
    let from = after;
    try {
      for (;;) {
        const { rows, next } = await source.read(from, limit);
        for (const row of rows) text += csvRow(source.cells(row));
        if (text.length < smallPiece) limit = Math.min(mostRows, limit * 2);
        if (text.length > largePiece) limit = Math.max(1, Math.floor(limit / 2));
        if (text !== '') yield text;
        if (next === null) return undefined;
        text = '';
        from = next;
      }
    } catch (error) {
      this.logger.warn('A CSV broke off; its reader can go on from the last row that came.', {
        csv: source.name,
        ...errorFields(error),
      });
      throw error;
    }
  }
}

async function* joined(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield first.value;
  yield* rest;
}
