import type { RawRecord } from '#connector-sdk';
import { JsonArraySplitter, JsonSplitError, SourceRetriableError } from '#connector-sdk';
import { reportError } from './report-error.js';

/** How a report ended: at its own end with or without entries, or in the middle, where `message` says why. */
export type ReportEnd = { kind: 'whole' } | { kind: 'empty' } | { kind: 'cutShort'; message: string };

/**
 * The entries of a report `{"Report_Entry": [{…}, …]}` as they arrive, byte for byte. A report without entries is `{}`, or
 * has an empty list.
 *
 * @throws SourceError for a body that is no such report, and for one that breaks off before the first entry
 */
export async function* readReport(
  body: AsyncIterable<Uint8Array>,
  { idKey }: { idKey: string },
): AsyncGenerator<RawRecord[], ReportEnd, void> {
  const splitter = new JsonArraySplitter({ arrayKey: 'Report_Entry', idKey });
  let entries = 0;
  let head = '';
  try {
    for await (const part of body) {
      if (head === '') head = Buffer.from(part.subarray(0, 64)).toString('utf8').trimStart();
      const records = splitter.push(part);
      entries += records.length;
      if (records.length > 0) yield records;
    }
    splitter.end();
  } catch (error) {
    const broken = brokenOff(error);
    if (broken !== null && entries > 0) return { kind: 'cutShort', message: broken };
    throw reportError(error, head);
  }
  if (!splitter.arraySeen && splitter.keysSeen > 0) {
    throw reportError(new JsonSplitError('arrayMissing', 0, 'The body has no array "Report_Entry"'), head);
  }
  return { kind: entries === 0 ? 'empty' : 'whole' };
}

/** In which words the body broke off; null when it did not. */
function brokenOff(error: unknown): string | null {
  if (error instanceof SourceRetriableError) return error.message;
  if (error instanceof JsonSplitError && error.code === 'cutOff') {
    return `The report ends in the middle, at byte ${error.offset}, before its closing bracket and brace.`;
  }
  return null;
}
