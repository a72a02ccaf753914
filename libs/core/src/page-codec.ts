import { zstdDecompressSync } from 'node:zlib';
import { packBytes } from './pack-bytes.js';

/** A page holds at most this many records … */
export const maxPageRecords = 500;
/** … or this many bytes of them, whichever comes first; one larger record is a page of its own. */
export const maxPageBytes = 512 * 1024;
/** A record is stored whole up to this size; of a larger one its hash and head are kept. */
export const maxRecordBytes = 8 * 1024 * 1024;
/** How much is kept of a record that is too large. */
export const keptHeadBytes = 64 * 1024;
/** A page whose records are larger than this travels by reference: the reader takes it from the snapshot store. */
export const maxInlineBytes = 1024 * 1024;

/** One raw record within a page. */
export interface PageRecord {
  /** As the source sent it; its first {@link keptHeadBytes} when `tooLarge`. */
  bytes: Uint8Array;
  /** The connector's own id of the person, when it could be told without reading the record. */
  sourceId?: string;
  /** Set when the record was over {@link maxRecordBytes}: its true length and SHA-256. */
  tooLarge?: { length: number; sha256: string };
  /** The source says that this person is there no more. */
  gone?: true;
}

const version = 1;
const tooLargeFlag = 0x8000_0000;

/** What a page holds beside the bytes. */
interface PageTrailer {
  /** Empty when the connector told none. */
  sourceIds: (string | null)[];
  tooLarge: { index: number; length: number; sha256: string }[];
  /** Indexes; absent when nobody is. */
  gone?: number[];
}

/**
 * Packs records into a page's body: version, count, lengths, bytes, trailer; then {@link packBytes}.
 */
export async function encodePage(records: readonly PageRecord[]): Promise<Uint8Array> {
  const tooLarge = records.flatMap((record, index) =>
    record.tooLarge === undefined ? [] : [{ index, ...record.tooLarge }],
  );
  const sourceIds = records.some(({ sourceId }) => sourceId !== undefined)
    ? records.map(({ sourceId }) => sourceId ?? null)
    : [];
  const gone = records.flatMap((record, index) => (record.gone === true ? [index] : []));
  const parts: PageTrailer = { sourceIds, tooLarge, ...(gone.length === 0 ? {} : { gone }) };
  const trailer = Buffer.from(JSON.stringify(parts));
  let size = 12 + records.length * 4 + trailer.length;
  for (const record of records) size += record.bytes.length;
  const body = Buffer.allocUnsafe(size);
  body.writeUInt32LE(version, 0);
  body.writeUInt32LE(records.length, 4);
  body.writeUInt32LE(trailer.length, 8);
  let lengthAt = 12;
  let at = 12 + records.length * 4;
  for (const record of records) {
    const flag = record.tooLarge === undefined ? 0 : tooLargeFlag;
    body.writeUInt32LE((record.bytes.length | flag) >>> 0, lengthAt);
    lengthAt += 4;
    body.set(record.bytes, at);
    at += record.bytes.length;
  }
  body.set(trailer, at);
  return packBytes(body);
}

/** Unpacks what {@link encodePage} made; the records are views into one buffer. Throws on anything else. */
export function decodePage(encoded: Uint8Array): PageRecord[] {
  const body = zstdDecompressSync(encoded);
  if (body.length < 12 || body.readUInt32LE(0) !== version) {
    throw new RangeError('not a page of records');
  }
  const count = body.readUInt32LE(4);
  const trailerLength = body.readUInt32LE(8);
  const records: PageRecord[] = [];
  let at = 12 + count * 4;
  if (at + trailerLength > body.length) throw new RangeError('page of records is cut short');
  for (let index = 0; index < count; index += 1) {
    const length = body.readUInt32LE(12 + index * 4) & ~tooLargeFlag;
    records.push({ bytes: body.subarray(at, at + length) });
    at += length;
  }
  if (at + trailerLength !== body.length) throw new RangeError('page of records is cut short');
  const trailer = JSON.parse(body.toString('utf8', at)) as PageTrailer;
  for (const [index, sourceId] of trailer.sourceIds.entries()) {
    const record = records[index];
    if (record !== undefined && sourceId !== null) record.sourceId = sourceId;
  }
  for (const { index, length, sha256 } of trailer.tooLarge) {
    const record = records[index];
    if (record !== undefined) record.tooLarge = { length, sha256 };
  }
  for (const index of trailer.gone ?? []) {
    const record = records[index];
    if (record !== undefined) record.gone = true;
  }
  return records;
}
