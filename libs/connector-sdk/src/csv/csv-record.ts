import type { RawRecord } from '../raw-record.js';
import type { CsvHeader } from './csv-header.js';

/** Where the record document of a row has the person's id, whatever the column is called. */
export const CSV_ID_KEY = '@id';

/**
 * Makes raw records of rows: `{"@id": …, "<header>": "<cell>", …}` as JSON, the columns in the file's order. Every cell is
 * text, as it stands in the file, blank ones empty: numbers keep their zeros, and what blank means is for the attributes
 * of the mapping to say.
 *
 * A row alone cannot be decoded: its line means nothing without header, separator, quoting and encoding. So the reader of
 * the file, which knows them, writes the object by header, and the record is decoded as JSON like any other.
 */
export function csvRecordMaker({ names, idIndex }: CsvHeader): (cells: readonly string[]) => RawRecord {
  // Text instead of an object: an object would move headers such as "2024" to the front.
  const prefixes = names.map((name) => `,${JSON.stringify(name)}:`);
  return (cells) => {
    const id = (cells[idIndex] ?? '').trim();
    let json = `{"${CSV_ID_KEY}":${JSON.stringify(id)}`;
    for (const [index, prefix] of prefixes.entries()) json += prefix + JSON.stringify(cells[index] ?? '');
    return { sourceId: id === '' ? null : id, bytes: Buffer.from(`${json}}`, 'utf8') };
  };
}
