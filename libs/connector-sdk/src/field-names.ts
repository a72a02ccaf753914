import type { JsonValue } from './json-value.js';
import type { RawRecord } from './raw-record.js';

/** The keys of a record at its top level, never what is in them; null when it is no JSON object. */
export function fieldNames({ bytes }: Pick<RawRecord, 'bytes'>): string[] | null {
  try {
    const document = JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonValue;
    return typeof document === 'object' && document !== null && !Array.isArray(document) ? Object.keys(document) : null;
  } catch {
    return null;
  }
}
