import { type FetchBatch, type FetchContext, type FetchEnd, type JsonValue, SourceFatalError } from '#connector-sdk';
import { GroupMembers } from './group-members.js';
import { KeycloakApi, pageLoop } from './keycloak-api.js';
import type { KeycloakConfig, KeycloakSecrets } from './keycloak.settings.js';
import { userRecord } from './user-record.js';

type Context = FetchContext<KeycloakConfig, KeycloakSecrets>;

/** Everybody page by page, or one user. */
export async function* fetchUsers(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const api = new KeycloakApi(context);
  if (context.person !== null) {
    const user = await api.user(context.person);
    if (user === null) {
      yield { records: [], next: null };
      return { extent: 'person', lastPageSeen: true, note: 'The realm does not know this person.' };
    }
    const groups = context.config.withGroups ? await pathsOf(api, context.person) : null;
    yield { records: [userRecord(user, groups)], next: null };
    return { extent: 'person', lastPageSeen: true };
  }
  return yield* fetchPages(context, api);
}

/**
 * A page says nothing of the whole, so the realm is asked how many users it has before the first page and behind the last:
 * where both are the same and as many came, nobody slipped from one page to another in between.
 */
async function* fetchPages(context: Context, api: KeycloakApi): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { pageSize, withGroups } = context.config;
  const start = placeOf(context.cursor);
  const declared = await api.count();
  const members = withGroups ? await GroupMembers.read(api) : null;
  let previous: JsonValue | undefined;
  for (let first = start; ; first += pageSize) {
    const users = await api.users(first, pageSize);
    if (users.length > 0 && users[0]?.['id'] === previous) throw pageLoop(first);
    previous = users[0]?.['id'];
    const records = users.map((user) => {
      const { id } = user;
      return userRecord(user, members === null ? null : members.of(typeof id === 'string' ? id : ''));
    });
    context.progress({ records: first + records.length, total: declared });
    if (users.length >= pageSize) {
      yield { records, next: first + pageSize, ...(first === 0 ? { declaredTotal: declared } : {}) };
      continue;
    }
    const total = await api.count();
    const isAlone = first === 0 && users.length > 0;
    // Two batches, so that both totals are told; between them a fetch goes on behind the users.
    if (isAlone) yield { records, next: users.length, declaredTotal: declared };
    yield { records: isAlone ? [] : records, next: null, declaredTotal: total };
    return first + users.length > 0 ? { extent: 'full', lastPageSeen: true } : nobody;
  }
}

const nobody: FetchEnd = {
  extent: 'full',
  lastPageSeen: false,
  note: 'The realm shows nobody. That is what it answers when the service account may view nobody, so it does not mean that everyone left: nobody is removed. Check its role view-users.',
};

async function pathsOf(api: KeycloakApi, id: string): Promise<string[]> {
  const paths = new Set<string>();
  for await (const page of api.groupsOf(id)) {
    for (const { path } of page) if (typeof path === 'string') paths.add(path);
  }
  return [...paths].sort();
}

function placeOf(cursor: JsonValue | null): number {
  if (cursor === null) return 0;
  if (typeof cursor === 'number' && Number.isSafeInteger(cursor) && cursor > 0) return cursor;
  throw new SourceFatalError({
    code: 'unknownCursor',
    message: 'The stored cursor is not one of this connector. Start a new sync.',
  });
}
