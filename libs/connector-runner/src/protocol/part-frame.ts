import { z } from 'zod';
import type { FetchedPart, FetchedRecord } from '../connector-runner.port.js';
import { newFrame, payloadOf } from './frames.js';

/** So many records are one part at most. */
export const maxPartRecords = 65_536;

const noId = 0xffff_ffff;
const entryBytes = 8;

const tooLarge = z.strictObject({ length: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const metaSchema = z.strictObject({
  count: z.int().min(0).max(maxPartRecords),
  isFirst: z.boolean(),
  isLast: z.boolean(),
  next: z.json(),
  declaredTotal: z.number().optional(),
  /** By place in the part. */
  tooLarge: z.record(z.string().regex(/^\d+$/), tooLarge).optional(),
});

/**
 * A part as a frame: length of the meta data as 32 bits, the meta data as JSON, then for each record the lengths of id and bytes, then all ids,
 * then all bytes. The bytes are the source's own: they are copied once, and read in place.
 */
export function encodePart({ records, isFirstOfBatch, next, declaredTotal }: FetchedPart): Buffer {
  const large = records.flatMap((record, at) =>
    record.tooLarge === undefined ? [] : [[at, record.tooLarge] as const],
  );
  const meta = Buffer.from(
    JSON.stringify({
      count: records.length,
      isFirst: isFirstOfBatch,
      isLast: next !== undefined,
      next: next ?? null,
      declaredTotal,
      ...(large.length === 0 ? {} : { tooLarge: Object.fromEntries(large) }),
    } satisfies z.input<typeof metaSchema>),
  );
  let idBytes = 0;
  let recordBytes = 0;
  for (const { sourceId, bytes } of records) {
    if (sourceId !== null) idBytes += Buffer.byteLength(sourceId);
    recordBytes += bytes.length;
  }
  const tableAt = 4 + meta.length;
  const idsAt = tableAt + records.length * entryBytes;
  const frame = newFrame('part', idsAt + idBytes + recordBytes);
  const payload = payloadOf(frame);
  payload.writeUInt32LE(meta.length, 0);
  meta.copy(payload, 4);
  let entryAt = tableAt;
  let idAt = idsAt;
  let at = idsAt + idBytes;
  for (const { sourceId, bytes } of records) {
    const length = sourceId === null ? 0 : payload.write(sourceId, idAt);
    payload.writeUInt32LE(sourceId === null ? noId : length, entryAt);
    payload.writeUInt32LE(bytes.length, entryAt + 4);
    payload.set(bytes, at);
    entryAt += entryBytes;
    idAt += length;
    at += bytes.length;
  }
  return frame;
}

/** @throws Error for what is no part; its records are views into the payload */
export function decodePart(payload: Buffer): FetchedPart {
  const metaLength = payload.readUInt32LE(0);
  const meta = metaSchema.parse(JSON.parse(payload.toString('utf8', 4, 4 + metaLength)));
  const tableAt = 4 + metaLength;
  const idsAt = tableAt + meta.count * entryBytes;
  let at = idsAt;
  for (let n = 0; n < meta.count; n += 1) {
    const length = payload.readUInt32LE(tableAt + n * entryBytes);
    if (length !== noId) at += length;
  }
  const records: FetchedRecord[] = [];
  let idAt = idsAt;
  for (let n = 0; n < meta.count; n += 1) {
    const idLength = payload.readUInt32LE(tableAt + n * entryBytes);
    const end = at + payload.readUInt32LE(tableAt + n * entryBytes + 4);
    if (end > payload.length) throw new RangeError('A part is shorter than it says.');
    const sourceId = idLength === noId ? null : payload.toString('utf8', idAt, idAt + idLength);
    const large = meta.tooLarge?.[n];
    const bytes = payload.subarray(at, end);
    records.push(large === undefined ? { sourceId, bytes } : { sourceId, bytes, tooLarge: large });
    if (idLength !== noId) idAt += idLength;
    at = end;
  }
  if (at !== payload.length) throw new RangeError('A part is longer than it says.');
  return {
    records,
    isFirstOfBatch: meta.isFirst,
    next: meta.isLast ? meta.next : undefined,
    ...(meta.declaredTotal === undefined ? {} : { declaredTotal: meta.declaredTotal }),
  };
}
