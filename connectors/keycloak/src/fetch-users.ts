import {
  type FetchBatch,
  type FetchContext,
  type FetchEnd,
  type JsonValue,
  ListCircle,
  unknownCursor,
} from '#connector-sdk';
import { GroupMembers } from './group-members.js';
import { idOf, KeycloakApi, pageLoop } from './keycloak-api.js';
import type { KeycloakConfig, KeycloakSecrets } from './keycloak.settings.js';
import { userRecord } from './user-record.js';

type Context = FetchContext<KeycloakConfig, KeycloakSecrets>;

/** Everybody page by page, or one user. */
export async function* fetchUsers(context: Context): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const api = new KeycloakApi(context);
  if (context.person !== null) {
    const user = await api.user(context.person);
    if (user === null) {
      // An unknown realm knows nobody, either: then this fails.
      await api.count();
      yield { records: [], next: null };
      return { extent: 'person', lastPageSeen: true, note: 'The realm does not know this person.' };
    }
    const groups = context.config.withGroups ? await pathsOf(api, context.person) : null;
    yield { records: [userRecord(user, groups)], next: null };
    return { extent: 'person', lastPageSeen: true };
  }
  return yield* fetchPages(context, api);
}

/** How far a fetch has come. */
interface Place {
  readonly first: number;
  /** The id of the user before, with whom the page is to begin. */
  readonly behind: string | null;
  /** Whether the list has been seen to move. */
  readonly hasMoved: boolean;
}

/**
 * A page says nothing of the whole, so the realm is asked how many users it has before the first page and behind the last.
 * That alone would not show that one user left and another joined: then everybody behind moves up a place, somebody slips
 * from a page into one that was read, and the numbers are right. So each page begins with the last user of the one before.
 */
async function* fetchPages(context: Context, api: KeycloakApi): AsyncGenerator<FetchBatch, FetchEnd, void> {
  const { pageSize, withGroups } = context.config;
  let { first, behind, hasMoved } = placeOf(context.cursor);
  const declared = await api.count();
  const members = withGroups ? await GroupMembers.read(api) : null;
  const circle = new ListCircle();
  for (;;) {
    const overlap = first === 0 ? 0 : 1;
    const page = await api.users(first - overlap, pageSize + overlap);
    const isJoined = overlap === 0 || page[0]?.['id'] === behind;
    hasMoved ||= !isJoined;
    const users = overlap === 1 && isJoined ? page.slice(1) : page;
    if (circle.closes(users.map(idOf))) throw pageLoop(first);
    const records = users.map((user) => userRecord(user, members?.of(idOf(user) ?? '') ?? null));
    const start = first;
    first += page.length - overlap;
    behind = idOf(page.at(-1)) ?? behind;
    context.progress({ records: first, total: declared });
    const next = { first, behind, hasMoved };
    const atStart = start === 0 ? { declaredTotal: declared } : {};
    if (page.length >= pageSize + overlap) {
      yield { records, next, ...atStart };
      continue;
    }
    const total = await api.count();
    const isAlone = start === 0 && users.length > 0;
    // Two batches, so that both totals are told; between them a fetch goes on behind the users.
    if (isAlone) yield { records, next, ...atStart };
    yield { records: isAlone ? [] : records, next: null, declaredTotal: total };
    if (first <= 0) return nobody;
    return hasMoved ? moved : { extent: 'full', lastPageSeen: true };
  }
}

const moved: FetchEnd = {
  extent: 'full',
  lastPageSeen: false,
  note: 'Somebody joined or left while the users were read, so somebody may have slipped from one page into another. Those who came are used, and nobody is removed for not being among them.',
};

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

function placeOf(cursor: JsonValue | null): Place {
  if (cursor === null) return { first: 0, behind: null, hasMoved: false };
  if (typeof cursor === 'object' && !Array.isArray(cursor)) {
    const { first, behind = null, hasMoved } = cursor;
    const isPlace = typeof first === 'number' && Number.isSafeInteger(first) && first > 0;
    if (isPlace && (behind === null || typeof behind === 'string'))
      return { first, behind, hasMoved: hasMoved === true };
  }
  throw unknownCursor();
}
