import {
  type FetchBatch,
  type FetchContext,
  type FetchEnd,
  type JsonValue,
  ListCircle,
  SourceFatalError,
  SourceRetriableError,
  unknownCursor,
} from '#connector-sdk';
import type { WorkdaySoapConfig, WorkdaySoapSecrets } from './workday-soap.settings.js';
import type { WorkersPage } from './workers-page.js';
import { WorkersService } from './workers-service.js';

type Context = FetchContext<WorkdaySoapConfig, WorkdaySoapSecrets>;

/** Where a fetch is: all its pages are read as of one instant, so that nobody moves between them. */
interface Place {
  readonly page: number;
  readonly asOf: string;
}

/** Of an answer that has no end: in its XML, or in what HTTP says of its length. */
const CUT_SHORT: ReadonlySet<string> = new Set(['answerCutShort', 'truncatedBody']);

/** Everybody page by page, or one worker by reference. */
export async function* fetchWorkers(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const service = new WorkersService(context);
  if (context.person !== null) {
    const record = await service.worker(context.person);
    yield { records: record === null ? [] : [record], next: null };
    const note = record === null ? { note: 'Workday does not know this person.' } : {};
    return { extent: 'person', lastPageSeen: true, ...note };
  }
  return yield* fetchPages(context, service);
}

async function* fetchPages(context: Context, service: WorkersService): AsyncGenerator<FetchBatch, FetchEnd, void> {
  let place: Place | null = placeOf(context.cursor);
  const circle = new ListCircle();
  let before: readonly (string | null)[] = [];
  let total = 0;
  let records = 0;
  let missing = 0;
  while (place !== null) {
    const { page, asOf }: Place = place;
    let answer: WorkersPage;
    try {
      answer = await service.page(page, asOf);
    } catch (error) {
      if (page > 1 && error instanceof SourceRetriableError && CUT_SHORT.has(error.code)) {
        return truncated(`${error.message} It was page ${page}; those before it are used.`);
      }
      throw error;
    }
    const ids = answer.records.map(({ sourceId }) => sourceId);
    refuseCircle(answer, ids, before);
    if (circle.closes(ids)) throw roundAgain(page);
    before = ids;
    total = answer.totalResults;
    records += answer.records.length;
    missing += Math.max(0, answer.pageResults - answer.records.length);
    place = page < answer.totalPages ? { page: page + 1, asOf } : null;
    context.progress({ records, total });
    yield { records: answer.records, next: place === null ? null : { ...place }, declaredTotal: total };
  }
  if (missing > 0) {
    const missed = missing === 1 ? 'one worker' : `${missing} workers`;
    return truncated(`Workday left out ${missed} whom its pages declare.`);
  }
  // As a user without rights is answered, too.
  if (total === 0) {
    return truncated(
      'Workday shows nobody. That is what it answers when its user may see nobody, so it does not mean that everyone left. Check the security group of the user.',
    );
  }
  return { extent: 'full', lastPageSeen: true };
}

function truncated(what: string): FetchEnd {
  return { extent: 'full', lastPageSeen: false, note: `${what} Nobody is removed for not being among them.` };
}

/** A page that is empty with more to follow, or the same as the one before, would go on for ever. */
function refuseCircle(
  { page, totalPages }: WorkersPage,
  ids: readonly (string | null)[],
  before: readonly (string | null)[],
): void {
  if (ids.length === 0 && page < totalPages) {
    throw new SourceFatalError({
      code: 'emptyPage',
      message: `Page ${page} of ${totalPages} has no workers. Nothing of it is applied; the next sync starts anew.`,
      fields: { page, totalPages },
    });
  }
  const isSame =
    ids.length > 0 && ids.length === before.length && ids.every((id, at) => id !== null && id === before[at]);
  if (!isSame) return;
  throw new SourceFatalError({
    code: 'pageLoop',
    message: `Workday sent the workers of page ${page - 1} again as page ${page}: its list leads in a circle. Report it to Workday.`,
    fields: { page },
  });
}

/** Its pages would have no end as long as each declares that there are more. */
function roundAgain(page: number): SourceFatalError {
  return new SourceFatalError({
    code: 'pageLoop',
    message: `Workday sent somebody of page ${page} for the third time: its list leads in a circle. Report it to Workday.`,
    fields: { page },
  });
}

function placeOf(cursor: JsonValue | null): Place {
  if (cursor === null) return { page: 1, asOf: new Date().toISOString() };
  if (typeof cursor === 'object' && !Array.isArray(cursor)) {
    const { page, asOf } = cursor;
    if (typeof page === 'number' && Number.isInteger(page) && page > 0 && typeof asOf === 'string')
      return { page, asOf };
  }
  throw unknownCursor();
}
