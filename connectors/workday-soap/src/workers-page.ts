import {
  BadResponseError,
  type HttpResponse,
  type RawRecord,
  SourceFatalError,
  xmlChildren,
  type XmlElement,
  XmlError,
  XmlSplitter,
  xmlText,
  type XmlValue,
} from '#connector-sdk';
import { type SoapFault, soapFaultOf } from './soap-fault.js';

const RESPONSE = 'Envelope/Body/Get_Workers_Response';
const WORKER = `${RESPONSE}/Response_Data/Worker`;
const RESULTS = `${RESPONSE}/Response_Results`;
const FAULT = 'Envelope/Body/Fault';

/** One answer to Get_Workers. */
export interface WorkersPage {
  readonly records: readonly RawRecord[];
  /** From 1. */
  readonly page: number;
  readonly totalPages: number;
  readonly totalResults: number;
  /** How many workers Workday says are on this page. */
  readonly pageResults: number;
}

/**
 * Reads an answer: a page of workers, or the fault in its place.
 *
 * @throws BadResponseError for what another try may mend: an answer cut short, malformed, or without its results
 * @throws SourceFatalError `webPage`, `answerTooLarge`
 */
export function readWorkersPage({ status, body }: HttpResponse, idType: string): WorkersPage | { fault: SoapFault } {
  const records: RawRecord[] = [];
  let results: XmlValue | undefined;
  let fault: XmlValue | undefined;
  const take = ({ path, value }: XmlElement): void => {
    if (path === WORKER) records.push(recordOf(value, idType));
    else if (path === RESULTS) results ??= value;
    else fault ??= value;
  };
  try {
    const splitter = new XmlSplitter({ take: [WORKER, RESULTS, FAULT] });
    // In parts, so that no text of the whole body is made.
    for (let at = 0; at < body.length; at += PART)
      for (const one of splitter.push(body.subarray(at, at + PART))) take(one);
    splitter.end();
  } catch (error) {
    if (error instanceof XmlError) throw status >= 500 ? outOfOrder(status) : unreadable(error, body.length);
    throw error;
  }
  if (fault !== undefined) return { fault: soapFaultOf(fault) };
  if (status >= 500) throw outOfOrder(status);
  const numbers = {
    page: numberOf(results, 'Page'),
    totalPages: numberOf(results, 'Total_Pages'),
    totalResults: numberOf(results, 'Total_Results'),
    pageResults: numberOf(results, 'Page_Results'),
  };
  return { records, ...numbers };
}

const PART = 64 * 1024;

function recordOf(value: XmlValue, idType: string): RawRecord {
  const [reference] = xmlChildren(value, 'Worker_Reference');
  const id = xmlChildren(reference, 'ID').find((one) => xmlText(one, '@type') === idType);
  return { sourceId: xmlText(id, '#text'), bytes: Buffer.from(JSON.stringify(value), 'utf8') };
}

function numberOf(results: XmlValue | undefined, name: string): number {
  const text = xmlText(xmlChildren(results, name)[0], '#text')?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new BadResponseError(
    'resultsMissing',
    `Workday sent a page that does not say its ${name} in Response_Results.`,
    {
      name,
    },
  );
}

function outOfOrder(status: number): BadResponseError {
  return new BadResponseError('sourceUnavailable', `Workday answered ${status} without a SOAP fault.`, {}, 'retriable');
}

function unreadable({ code, message, line, column }: XmlError, length: number): Error {
  const fields = { line, column };
  const where = `${message}, at line ${line}, column ${column}`;
  switch (code) {
    case 'cutOff':
      return new BadResponseError(
        'answerCutShort',
        length === 0 ? 'Workday answered 200 with an empty body.' : `Workday’s answer was cut short: ${where}.`,
        fields,
        'retriable',
      );
    case 'doctype':
      return new SourceFatalError({
        code: 'webPage',
        message:
          'Workday answered with a web page, or with XML that declares a document type, instead of workers: its login page, or a notice of maintenance. Check that serviceUrl is that of the web service.',
        fields,
      });
    case 'tooLarge':
      return new SourceFatalError({
        code: 'answerTooLarge',
        message: `Workday’s answer has a worker that nobody’s can be: ${where}.`,
        fields,
      });
    case 'malformed':
    case 'encoding':
      return new BadResponseError('malformedAnswer', `Workday’s answer cannot be read: ${where}.`, fields);
  }
}
