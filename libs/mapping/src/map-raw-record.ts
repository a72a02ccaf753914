import { type JsonValue, type MappedRecord, type PageRecord, recordHash } from '#core';
import type { CompiledMapping } from './compile-mapping.js';
import { decodeJsonRecord } from './decode-json-record.js';
import { extractSourceId, type MappedValues, mapRecord } from './map-record.js';
import { nextDueDate } from './next-due-date.js';

/** A raw record of which only the identity is known yet. */
export interface IdentifiedRecord {
  recordHash: string;
  /** Null when the record has no identity, or cannot be read and the connector did not tell it. */
  sourceId: string | null;
  /** Undefined when the record is too large or no JSON. */
  document: JsonValue | undefined;
}

/** The hash of a record's bytes as received, also of one that is kept only in part. */
export function rawRecordHash({ bytes, tooLarge }: PageRecord): string {
  if (tooLarge === undefined) return recordHash(bytes);
  return Buffer.from(tooLarge.sha256, 'hex').toString('base64url').slice(0, 22);
}

/** Decodes a raw record and finds out who it is: apart from mapping, so that one that fails there is still known. */
export function identifyRawRecord(mapping: CompiledMapping, record: PageRecord): IdentifiedRecord {
  const hash = rawRecordHash(record);
  if (record.tooLarge !== undefined) return unreadable(mapping, record, hash);
  const decoded = decodeJsonRecord(record.bytes);
  if (!decoded.ok) return unreadable(mapping, record, hash);
  return { recordHash: hash, sourceId: extractSourceId(mapping, decoded.document), document: decoded.document };
}

/** A record that cannot be read is still known where the connector could tell whose it is: nobody is missing for it. */
function unreadable({ definition }: CompiledMapping, { sourceId }: PageRecord, hash: string): IdentifiedRecord {
  const isTold = definition.identity === 'connector' && sourceId !== undefined && sourceId.trim() !== '';
  return { recordHash: hash, sourceId: isTold ? sourceId.trim() : null, document: undefined };
}

/**
 * Maps one raw record: the one way from bytes to values, for the mapper and for whoever maps a single record again.
 * Never throws; what is wrong with the record is among its problems. `today` is the sync's local date.
 */
export function mapRawRecord(mapping: CompiledMapping, record: PageRecord, seq: number, today: string): MappedRecord {
  return mapIdentifiedRecord(mapping, record, identifyRawRecord(mapping, record), seq, today);
}

/** As {@link mapRawRecord}, for a record that {@link identifyRawRecord} has decoded already. */
export function mapIdentifiedRecord(
  mapping: CompiledMapping,
  record: PageRecord,
  { recordHash: hash, sourceId, document }: IdentifiedRecord,
  seq: number,
  today: string,
): MappedRecord {
  const unmapped: MappedRecord = {
    seq,
    recordHash: hash,
    sourceId,
    inScope: true,
    restricted: null,
    values: {},
    problems: [],
    dueDate: null,
  };
  if (record.tooLarge !== undefined) {
    const message = `The record has ${record.tooLarge.length} bytes; up to 8 MiB are read.`;
    return { ...unmapped, problems: [{ attribute: 'record', code: 'recordTooLarge', expression: '', message }] };
  }
  if (document === undefined) {
    const decoded = decodeJsonRecord(record.bytes);
    return { ...unmapped, problems: decoded.ok ? [] : [decoded.problem] };
  }
  try {
    const mapped = record.gone === true ? withoutAccess(mapRecord(mapping, document)) : mapRecord(mapping, document);
    return { seq, recordHash: hash, ...mapped, dueDate: nextDueDate(mapped.values, today) };
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    const message = `Mapping this record failed in a way that Muster does not know (${name}). Report it with the mapping.`;
    return { ...unmapped, problems: [{ attribute: 'record', code: 'unclassified', expression: '', message }] };
  }
}

/** Somebody who is gone from the source is inactive whatever else the mapping says, and wherever it fails. */
function withoutAccess({ sourceId, restricted, values, problems }: MappedValues): MappedValues {
  const identityProblems = problems.filter(({ attribute }) => attribute === 'identity');
  return { sourceId, inScope: true, restricted, values: { ...values, active: false }, problems: identityProblems };
}
