import type { HttpResponse, JsonValue, RawRecord } from '#connector-sdk';
import { BadResponseError, JsonSplitError, splitJsonArray } from '#connector-sdk';

/** One answer of `GET /api/v2/workers`. */
export interface WorkerPage {
  readonly records: readonly RawRecord[];
  /** The cursor of the page that follows; `null` on the last. */
  readonly next: string | null;
  readonly total?: number;
}

/**
 * Reads `{"workers": […], "paging": {"next": string | null, "total": number}}`, the workers byte for byte.
 *
 * @throws BadResponseError for an empty body, a body cut off behind a correct length, or one without workers or paging
 */
export function readWorkerPage({ body }: HttpResponse): WorkerPage {
  if (body.length === 0) {
    throw new BadResponseError('emptyBody', 'The HR system answered 200 with an empty body.');
  }
  const { records, envelope } = split(body);
  const paging = envelope['paging'];
  const next = isObject(paging) ? paging['next'] : undefined;
  if (!isObject(paging) || !(next === null || (typeof next === 'string' && next !== ''))) {
    throw new BadResponseError(
      'pagingMissing',
      'The HR system sent a page that does not say whether another one follows.',
    );
  }
  const total = paging['total'];
  return { records, next, ...(typeof total === 'number' && Number.isInteger(total) && total >= 0 ? { total } : {}) };
}

function split(body: Uint8Array): ReturnType<typeof splitJsonArray> {
  try {
    return splitJsonArray(body, { arrayKey: 'workers', idKey: 'workerId' });
  } catch (error) {
    if (!(error instanceof JsonSplitError)) {
      throw error;
    }
    if (error.code === 'arrayMissing') {
      throw new BadResponseError('workersMissing', 'The HR system sent a page without its list of workers.', {
        offset: error.offset,
      });
    }
    throw new BadResponseError(
      'malformedPage',
      `The HR system sent a page that is not whole, valid JSON: ${error.message}.`,
      { offset: error.offset },
    );
  }
}

function isObject(value: JsonValue | undefined): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
