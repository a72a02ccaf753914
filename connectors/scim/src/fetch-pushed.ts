import {
  type FetchBatch,
  type FetchContext,
  type FetchEnd,
  type PushedPeople,
  SourceFatalError,
  unknownCursor,
} from '#connector-sdk';
import type { ScimConfig, ScimSecrets } from './scim.settings.js';

type Context = FetchContext<ScimConfig, ScimSecrets>;

const batchSize = 250;

/** Everyone who is there, or one person. */
export async function* fetchPushed(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const pushed = pushedTo(context);
  if (context.person !== null) {
    const record = await pushed.find(context.person);
    yield { records: record === null ? [] : [record], next: null };
    return {
      extent: 'person',
      lastPageSeen: true,
      ...(record === null ? { note: 'The identity provider has not pushed this person.' } : {}),
    };
  }
  let count = 0;
  for (let from = resumeAt(context); ;) {
    context.signal.throwIfAborted();
    const { records, next } = await pushed.list(from, batchSize);
    count += records.length;
    context.progress({ records: count });
    yield { records, next };
    if (next === null) return { extent: 'full', lastPageSeen: true };
    from = next;
  }
}

/** @throws SourceFatalError where nobody can push: this connector was opened by something that has no SCIM */
export function pushedTo({ pushed }: Pick<Context, 'pushed'>): PushedPeople {
  if (pushed !== undefined) return pushed;
  throw new SourceFatalError({
    code: 'nothingPushed',
    message: 'There is no SCIM service here that could be pushed to.',
  });
}

function resumeAt({ cursor }: Context): string | null {
  if (cursor === null || typeof cursor === 'string') return cursor;
  throw unknownCursor();
}
