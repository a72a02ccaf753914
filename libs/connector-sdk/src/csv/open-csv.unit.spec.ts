import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CSV_ENCODINGS, CSV_SEPARATORS, type CsvEncoding, type CsvFormat, csvFormatSettings } from './csv-format.js';
import { CsvError } from './csv.errors.js';
import { openCsv } from './open-csv.js';

const formats = z.strictObject(csvFormatSettings);
type FormatInput = z.input<typeof formats>;

/** Windows-1252 as Unicode's own table has it: what 0x80 to 0x9F stand for. */
const windows1252High = '€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ';

function encoded(text: string, encoding: CsvEncoding): Buffer {
  if (encoding === 'utf-16be') return Buffer.from(text, 'utf16le').swap16();
  if (encoding !== 'windows-1252') return Buffer.from(text, encoding);
  return Buffer.from(
    [...text].map((char) => {
      const high = windows1252High.indexOf(char);
      return high >= 0 && char !== '\0' ? 0x80 + high : char.charCodeAt(0);
    }),
  );
}

async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(content: string | Uint8Array, format: FormatInput = {}, pieceSize = 7) {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  const parsed: CsvFormat = formats.parse({ idColumn: 'ID', ...format });
  const csv = await openCsv(pieces(bytes, pieceSize), parsed, []);
  const documents: unknown[] = [];
  const texts: string[] = [];
  const ids: (string | null)[] = [];
  const records = csv.records();
  for (;;) {
    const step = await records.next();
    if (step.done === true) return { ...csv, documents, texts, ids, end: step.value };
    for (const { bytes: json, sourceId } of step.value) {
      const text = Buffer.from(json).toString('utf8');
      texts.push(text);
      documents.push(JSON.parse(text));
      ids.push(sourceId);
    }
  }
}

async function errorOf(content: string | Uint8Array, format: FormatInput = {}): Promise<CsvError> {
  const error = await read(content, format).catch((thrown: unknown) => thrown);
  if (!(error instanceof CsvError)) throw new Error('no CsvError was thrown', { cause: error });
  return error;
}

describe('openCsv reads', () => {
  it('rows as objects by header, all cells as text, blank ones empty, in the order of the columns', async () => {
    const { texts, ids, header, end } = await read('ID,2024,Name\n007,1e3,\n008, x ,"a ""b"", c"\n');
    expect(texts).toEqual([
      '{"@id":"007","ID":"007","2024":"1e3","Name":""}',
      String.raw`{"@id":"008","ID":"008","2024":" x ","Name":"a \"b\", c"}`,
    ]);
    expect(header).toEqual(['ID', '2024', 'Name']);
    expect(ids).toEqual(['007', '008']);
    expect(end).toEqual({ rows: 2, blankRows: 0, cutOff: null });
  });

  it('every dialect back as it was written, whatever the pieces in which it comes', async () => {
    const cell = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));
    const nasty = fc.constantFrom('"', '""', ',', ';', '\t', '|', '\r\n', '\n', '\r', '\\', '\\"', '’', '€', 'ß', ' ');
    const text = fc.array(fc.oneof(cell, nasty), { maxLength: 4 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(text, text, text), { maxLength: 8 }),
        fc.constantFrom('comma', 'semicolon', 'tab', 'pipe'),
        fc.constantFrom('doubled', 'backslash'),
        fc.constantFrom(...CSV_ENCODINGS),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (rows, separator, quoting, encoding, lineBreak, hasMark, hasLastBreak, pieceSize) => {
          const people = rows.map((cells, index) => [
            `P${index}`,
            ...cells.map((value) => (encoding === 'windows-1252' ? inWindows1252(value) : value)),
          ]);
          const quoted = (value: string): string =>
            `"${quoting === 'doubled' ? value.replaceAll('"', '""') : value.replaceAll(/["\\]/g, String.raw`\$&`)}"`;
          const lines = [['ID', 'a', 'b', 'c'], ...people].map((cells) =>
            cells.map(quoted).join(CSV_SEPARATORS[separator]),
          );
          const content = lines.join(lineBreak) + (hasLastBreak ? lineBreak : '');
          const isMarked = hasMark && encoding !== 'windows-1252';
          const bytes = encoded(isMarked ? `\ufeff${content}` : content, encoding);
          const format: FormatInput = {
            quoting,
            encoding: isMarked && people.length % 2 === 0 ? 'detect' : encoding,
            separator: people.length % 3 === 0 ? 'detect' : separator,
          };
          const { documents, end, ...found } = await read(bytes, format, pieceSize);
          expect(documents).toEqual(people.map(([ID, a, b, c]) => ({ '@id': ID, ID, a, b, c })));
          expect(end).toEqual({ rows: people.length, blankRows: 0, cutOff: null });
          expect(found).toMatchObject({ separator, encoding, idColumn: 'ID' });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('the curly apostrophe and the other characters that only Windows-1252 has', async () => {
    const chars = windows1252High.replaceAll('\0', '');
    const { documents } = await read(encoded(`ID,Name\n1,${chars}\n`, 'windows-1252'), { encoding: 'windows-1252' });
    expect(documents).toEqual([{ '@id': '1', ID: '1', Name: chars }]);
  });

  it('headers trimmed, with one kind of apostrophe and of space', async () => {
    const { header } = await read("ID , Manager’s\u00a0 Email,Director's Name\n1,a,b\n");
    expect(header).toEqual(['ID', "Manager's Email", "Director's Name"]);
  });

  it('blank lines and rows without anything as nobody, and says how many rows there were', async () => {
    const { documents, end } = await read('\n\nID,Name\n\n1,a\n,\n" ", \n   \n2,b\n\n\n');
    expect(documents).toHaveLength(2);
    expect(end).toEqual({ rows: 2, blankRows: 3, cutOff: null });
  });

  it('a header without rows as nobody', async () => {
    for (const content of ['ID,Name', 'ID,Name\r\n']) {
      expect((await read(content)).end).toEqual({ rows: 0, blankRows: 0, cutOff: null });
    }
  });

  it('a row without id as a record without one', async () => {
    expect((await read('ID,Name\n ,a\n')).ids).toEqual([null]);
  });

  it('a header called __proto__ as any other', async () => {
    const { documents } = await read('ID,__proto__\n1,x\n');
    expect(Object.entries(documents[0] as object)).toContainEqual(['__proto__', 'x']);
  });

  it.each([
    ['id', 'Employee_ID'],
    ['employee id', 'employee_id'],
    ['Employee ID', 'EMPLOYEE-ID'],
  ])('the id from the column that settings call %s in a file that calls it %s', async (idColumn, inFile) => {
    const { idColumn: found, ids } = await read(`Name,${inFile}\na,7\n`, {
      idColumn: idColumn === 'id' ? inFile : idColumn,
    });
    expect(found).toBe(inFile);
    expect(ids).toEqual(['7']);
  });
});

describe('openCsv takes a file for cut off that', () => {
  it.each([
    ['ends inside quotes', 'ID,Name\n1,a\n2,"b\n3,c\n', 'openQuote', 1],
    ['ends inside quotes after a backslash', 'ID,Name\n1,a\n2,"b\\', 'openQuote', 1],
    ['ends before the last column', 'ID,Name,City\n1,a,x\n2,b', 'shortLastRow', 1],
    ['ends inside a character', Buffer.from('ID,Name\n1,a\n2,é', 'utf8').subarray(0, -1), 'halfCharacter', 2],
  ])('%s', async (_, content, code, rows) => {
    const quoting = code === 'openQuote' && String(content).endsWith('\\') ? 'backslash' : 'doubled';
    const { end } = await read(content, { quoting });
    expect(end).toMatchObject({ rows, cutOff: { code } });
  });

  it('says where the row began that was not closed, line breaks in cells before it counted once', async () => {
    const { end } = await read('ID,Name\r\n1,"a\r\nb\r\n"\r\n\r\n2,b\r\n3,"c\r\nd\r\n');
    expect(end.cutOff?.message).toContain('line 7');
  });

  it.each([
    ['ID;N\n1;a\n2;b\nEND;2\n', null],
    ['ID;N\n1;a\n2;b\nEND;2', null],
    ['ID;N;C\n1;a;\n2;b;\nEND;2;\n', null],
    ['ID;N;C\n1;a;\n2;b;\n"END";"2"\n', null],
    ['ID;N\n1;a\n2;b\n', 'trailerMissing'],
    ['ID;N\n1;a\n2;b\nEND;', 'trailerMissing'],
    ['ID;N\n1;a\nEND;2\n', 'rowsDiffer'],
    ['ID;N\n1;a\n2;b\n3;c\nEND;2\n', 'rowsDiffer'],
    ['ID;N\nEND;0\n', null],
  ])('has another trailer than declared: %j', async (content, code) => {
    const { end } = await read(content, { trailer: 'END;{rows}' });
    expect(end.cutOff?.code ?? null).toBe(code);
  });

  it('knows a trailer whose count stands inside its cell', async () => {
    const { end } = await read('ID|N\n1|a\nRows: 1.\n', { trailer: 'Rows: {rows}.' });
    expect(end).toEqual({ rows: 1, blankRows: 0, cutOff: null });
  });
});

describe('openCsv refuses', () => {
  const secret = 'Wilhelmina';
  it.each<[string, string | Uint8Array, FormatInput, string, number | null]>([
    ['nothing', '', {}, 'emptyFile', null],
    ['nothing but blank lines', '\n\r\n', {}, 'emptyFile', null],
    ['nothing but blank lines, the separator set', '\n\r\n', { separator: 'comma' }, 'emptyFile', null],
    ['no separator', `${secret}\n1\n`, {}, 'separatorUnclear', 1],
    ['two separators', `ID,${secret};B\n`, {}, 'separatorUnclear', 1],
    ['a blank header', `ID,,${secret}\n1,2,3\n`, {}, 'headerBlank', 1],
    ['a header twice', `ID,${secret},x,${secret} \n`, {}, 'headerTwice', 1],
    ['no column for the id', `${secret},b\n1,2\n`, {}, 'columnMissing', 1],
    ['two columns for the id', `ID,id,${secret}\n1,2,3\n`, {}, 'idColumnUnclear', 1],
    ['a missing required column', `ID,${secret}\n`, { requiredColumns: ['ID', 'Status'] }, 'columnMissing', 1],
    ['a row too short', `ID,N,C\n1,a,b\n2,${secret}\n3,a,b\n`, {}, 'rowWidth', 3],
    ['a last row too short, its line ended', `ID,N,C\n1,a,b\n2,${secret}\n`, {}, 'rowWidth', 3],
    ['a row too long', `ID,N\n1,"a\r\nb"\n2,${secret},x\n`, {}, 'rowWidth', 4],
    ['a quote inside a cell', `ID,N\n1,a\n2,${secret}"x"\n`, {}, 'strayQuote', 3],
    ['text behind a closing quote', `ID,N\n1,"${secret}"x\n`, {}, 'strayQuote', 2],
    ['doubled quotes where backslashes are set', `ID,N\n1,"a""${secret}"\n`, { quoting: 'backslash' }, 'strayQuote', 2],
    ['a quote open in the header', `ID,"${secret}\n`, { separator: 'comma' }, 'strayQuote', 1],
    ['a quote that is never closed', `ID,N\n1,"${secret.repeat(200)}\n`, { maxRowKilobytes: 1 }, 'rowTooLarge', 2],
    ['rows behind the trailer', `ID,N\n1,a\nEND,1\n2,${secret}\n`, { trailer: 'END,{rows}' }, 'rowsAfterTrailer', 4],
    ['bytes that are no UTF-8', encoded(`ID,N\n1,a\n2,${secret}’\n3,c\n`, 'windows-1252'), {}, 'notInEncoding', 3],
    ['UTF-16 without a mark', encoded('ID,N\n1,a\n', 'utf-16le'), {}, 'notInEncoding', 1],
    [
      'bytes that Windows-1252 has not',
      Buffer.from([...Buffer.from('ID,N\n1,'), 0x81, 0x0a]),
      { encoding: 'windows-1252' },
      'notInEncoding',
      2,
    ],
    [
      'a mark of another encoding',
      encoded('\ufeffID,N\n', 'utf-16le'),
      { encoding: 'utf-8' },
      'encodingContradicted',
      null,
    ],
  ])('%s, without showing a value', async (_, content, format, code, line) => {
    const error = await errorOf(content, format);
    expect(error).toMatchObject({ code, line });
    expect(error.message).not.toContain(secret);
    if (line !== null && code !== 'columnMissing') expect(error.message).toMatch(/\d|header/);
  });

  it('a trailer without its count, as a setting', () => {
    expect(formats.safeParse({ trailer: 'END' }).success).toBe(false);
    expect(formats.safeParse({ trailer: '{rows};{rows}' }).success).toBe(false);
  });
});

describe('openCsv closes its source', () => {
  const bytes = Buffer.from('ID,N\n1,a\n2,b\n3,c\n');

  /** How often a source of such pieces was closed before its end. */
  async function closings(
    content: Uint8Array,
    size: number,
    use: (source: AsyncIterable<Uint8Array>) => Promise<void>,
  ) {
    let closed = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      let isWhole = false;
      try {
        yield* pieces(content, size);
        isWhole = true;
      } finally {
        if (!isWhole) closed += 1;
      }
    }
    await use(source());
    return closed;
  }

  it.each([
    ['the first piece', bytes.length - 1],
    ['the second', 9],
    ['many', 1],
  ])('when its reader leaves after the first row, which came with %s', async (_, size) => {
    const leave = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
      const csv = await openCsv(source, formats.parse({ idColumn: 'ID' }), []);
      for await (const rows of csv.records()) {
        expect(rows.length).toBeGreaterThan(0);
        break;
      }
    };
    expect(await closings(bytes, size, leave)).toBe(1);
  });

  it.each<[string, Uint8Array, FormatInput]>([
    ['mark of another encoding', encoded('\ufeffID,N\n1,a\n', 'utf-16le'), { encoding: 'utf-8' }],
    ['header that will not do', Buffer.from('N,M\n1,a\n'), {}],
    ['header that will not do, the separator set', Buffer.from('N,M\n1,a\n'), { separator: 'comma' }],
  ])('at a %s', async (_, content, format) => {
    const open = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
      await expect(openCsv(source, formats.parse({ idColumn: 'ID', ...format }), [])).rejects.toThrow(CsvError);
    };
    expect(await closings(content, 5, open)).toBe(1);
  });
});

function inWindows1252(text: string): string {
  return [...text].filter((char) => char.charCodeAt(0) < 0x80 || windows1252High.includes(char)).join('');
}
