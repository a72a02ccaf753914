import { hash } from 'node:crypto';
import type { FetchBatch, JsonValue } from '#connector-sdk';
import { keptHeadBytes, maxRecordBytes } from '#core';
import type { FetchedPart, FetchedRecord } from '../connector-runner.port.js';
import { maxCursorLength } from '../protocol/messages.js';
import { maxPartRecords } from '../protocol/part-frame.js';
import { jsonText } from './json-text.js';
import { misbehaved } from './misbehaved.js';

/** From here on a part is full: what one page holds. */
const fullPartBytes = 512 * 1024;
const maxBatchRecords = 100_000;
const maxIdLength = 4_000;

/**
 * A batch as the parts in which it travels, checked: a connector's types are a promise that JavaScript does not keep.
 *
 * @throws SourceFatalError `connectorMisbehaved`
 */
export function* batchParts(batch: unknown): Generator<FetchedPart, void, void> {
  if (typeof batch !== 'object' || batch === null) throw misbehaved('yielded something that is no batch');
  const { records, next, declaredTotal } = batch as Partial<FetchBatch>;
  if (!Array.isArray(records)) throw misbehaved('yielded a batch without a list of records');
  if (records.length > maxBatchRecords) {
    throw misbehaved(`yielded a batch of ${records.length} records; ${maxBatchRecords} are allowed`);
  }
  if (declaredTotal !== undefined && typeof declaredTotal !== 'number') {
    throw misbehaved('yielded a batch whose declaredTotal is no number');
  }
  const cursor = JSON.parse(jsonText(next, 'a cursor', maxCursorLength)) as JsonValue;
  const total = declaredTotal === undefined ? {} : { declaredTotal };
  let part: FetchedRecord[] = [];
  let bytes = 0;
  let isFirstOfBatch = true;
  for (const raw of records as readonly unknown[]) {
    if (bytes >= fullPartBytes || part.length === maxPartRecords) {
      yield { records: part, isFirstOfBatch, next: undefined, ...total };
      part = [];
      bytes = 0;
      isFirstOfBatch = false;
    }
    const record = checkedRecord(raw);
    part.push(record);
    bytes += record.bytes.length;
  }
  yield { records: part, isFirstOfBatch, next: cursor, ...total };
}

function checkedRecord(raw: unknown): FetchedRecord {
  if (typeof raw !== 'object' || raw === null) throw misbehaved('yielded a record that is no object');
  const { sourceId, bytes } = raw as Partial<FetchedRecord>;
  if (sourceId !== null && typeof sourceId !== 'string') {
    throw misbehaved('yielded a record whose sourceId is neither text nor null');
  }
  if (sourceId !== null && sourceId.length > maxIdLength) throw misbehaved('yielded a record with an endless sourceId');
  if (!(bytes instanceof Uint8Array)) throw misbehaved('yielded a record whose bytes are no Uint8Array');
  if (bytes.length <= maxRecordBytes) return { sourceId, bytes };
  const tooLarge = { length: bytes.length, sha256: hash('sha256', bytes, 'hex') };
  return { sourceId, bytes: bytes.subarray(0, keptHeadBytes), tooLarge };
}
