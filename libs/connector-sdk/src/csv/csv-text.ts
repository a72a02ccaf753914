import type { CsvEncoding } from './csv-format.js';
import { CsvError } from './csv.errors.js';

const byteOrderMarks: readonly (readonly [CsvEncoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];
const longestMark = 3;

/** The five bytes that Windows-1252 leaves undefined come out of a decoder as these control characters. */
const undefinedInWindows1252 = /[\u0081\u008d\u008f\u0090\u009d]/;

/** A file's text, decoded as it comes in. Nothing is replaced: a byte that the encoding does not have is an error. */
export class CsvText {
  private lines = 1;
  private isCut = false;
  private last = '';

  private constructor(
    readonly encoding: CsvEncoding,
    private readonly head: Uint8Array,
    private readonly rest: AsyncIterator<Uint8Array>,
  ) {}

  /**
   * Looks for a byte order mark. The source is closed by the end of {@link chunks}, or here where this throws.
   *
   * @throws CsvError `encodingContradicted` when the mark says otherwise than the settings
   */
  static async open(source: AsyncIterable<Uint8Array>, declared: CsvEncoding | 'detect'): Promise<CsvText> {
    const rest = source[Symbol.asyncIterator]();
    let head: Uint8Array = new Uint8Array();
    while (head.length < longestMark) {
      const step = await rest.next();
      if (step.done === true) break;
      head = Buffer.concat([head, step.value]);
    }
    const marked = byteOrderMarks.find(([, mark]) => mark.every((byte, index) => head[index] === byte))?.[0];
    if (marked !== undefined && declared !== 'detect' && declared !== marked) {
      await rest.return?.();
      throw new CsvError(
        'encodingContradicted',
        `The file begins with the byte order mark of ${marked}, but the settings say ${declared}. Set the encoding to detect.`,
      );
    }
    return new CsvText(declared === 'detect' ? (marked ?? 'utf-8') : declared, head, rest);
  }

  /** True when the file ended in the middle of a character. Known after the last of {@link chunks}. */
  get endsInHalfCharacter(): boolean {
    return this.isCut;
  }

  /** Whether the text so far ends with a line break. */
  get endsWithLineBreak(): boolean {
    return this.last === '\n' || this.last === '\r';
  }

  /**
   * The text without its byte order mark, in pieces.
   *
   * @throws CsvError `notInEncoding`
   */
  async *chunks(): AsyncGenerator<string, void, void> {
    const decoder = new TextDecoder(this.encoding, { fatal: true });
    try {
      for (let bytes = this.head; ;) {
        const text = this.decode(decoder, bytes);
        if (text !== '') yield text;
        const step = await this.rest.next();
        if (step.done === true) break;
        bytes = step.value;
      }
    } finally {
      await this.rest.return?.();
    }
    try {
      decoder.decode();
    } catch {
      this.isCut = true;
    }
  }

  private decode(decoder: TextDecoder, bytes: Uint8Array): string {
    let text: string;
    try {
      text = decoder.decode(bytes, { stream: true });
    } catch {
      const lenient = new TextDecoder(this.encoding).decode(bytes);
      throw this.wrong(lenient.slice(0, Math.max(0, lenient.indexOf('\ufffd'))));
    }
    const nul = text.indexOf('\0');
    if (nul >= 0) throw this.wrong(text.slice(0, nul));
    if (this.encoding === 'windows-1252') {
      const undefinedAt = text.search(undefinedInWindows1252);
      if (undefinedAt >= 0) throw this.wrong(text.slice(0, undefinedAt));
    }
    this.lines += lineFeeds(text);
    this.last = text.at(-1) ?? this.last;
    return text;
  }

  private wrong(before: string): CsvError {
    const line = this.lines + lineFeeds(before);
    const hint = this.encoding === 'utf-8' ? ' (files of older Windows programs are windows-1252)' : '';
    return new CsvError(
      'notInEncoding',
      `Line ${line} holds what is no text in ${this.encoding}. Set the encoding that the file is written in${hint}.`,
      line,
    );
  }
}

function lineFeeds(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
