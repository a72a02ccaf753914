import { setImmediate } from 'node:timers/promises';
import { foldText, type TenantId, type User, type UserId, type UserListFilter } from '#core';
import type { SqliteDatabase } from './sqlite-database.js';
import { UserSearch } from './user-search.js';
import { toUser, userColumns, type UserRow } from './user-row.js';

/** Users looked through in one step before others get the event loop. */
const usersPerStep = 5_000;

/** Users found by text who are looked up in one step, at least. */
const foundPerStep = 100;

/** A tenant and an owner as numbers; null for the owner when any will do. */
export interface ListScope {
  tenantId: TenantId;
  tenantNo: number;
  ownerNo: number | null;
}

const fits = `(?4 IS NULL OR u.status = ?4) AND (?5 IS NULL OR u.owner_no = ?5) AND (?6 = '' OR instr(b.search, ?6) > 0)`;

/**
 * Users that fit a filter, after one: in order of id, or of the numbers that they were given as they came, where a text of
 * three letters or more is looked up.
 */
export async function listUsers(
  database: SqliteDatabase,
  scope: ListScope,
  filter: UserListFilter,
  after: UserId | null,
  limit: number,
): Promise<User[]> {
  const keyed = keyedBy(filter);
  if (keyed !== null) return lookUp(database, scope, filter, keyed, after, limit);
  const needle = foldText(filter.q ?? '');
  const search = new UserSearch(database, scope.tenantNo);
  const query = search.query(needle);
  return query === null
    ? walk(database, scope, filter, after, limit)
    : lookThrough(database, scope, filter, (from, step) => search.find(query, from, step), after, limit);
}

/** Those found by text who fit, looked up in order of their numbers until there are enough. */
async function lookThrough(
  database: SqliteDatabase,
  { tenantId, tenantNo, ownerNo }: ListScope,
  { status, q }: UserListFilter,
  next: (after: number, limit: number) => number[],
  after: UserId | null,
  limit: number,
): Promise<User[]> {
  const needle = foldText(q ?? '');
  const select = database.prepare(
    `SELECT ${userColumns} FROM json_each(?3) AS n CROSS JOIN users AS u INDEXED BY users_by_no ON u.no = n.value
     CROSS JOIN user_bodies AS b ON b.no = u.no WHERE u.tenant_no = ?1 AND ${fits} ORDER BY u.no LIMIT ?7`,
  );
  const found: User[] = [];
  let from = after === null ? 0 : numberOf(database, tenantNo, after);
  while (from !== null && found.length < limit) {
    const wanted = limit - found.length;
    const step = Math.max(wanted, foundPerStep);
    const numbers = next(from, step);
    const rows = select.all(tenantNo, null, JSON.stringify(numbers), status ?? null, ownerNo, needle, wanted);
    for (const row of rows as unknown as UserRow[]) found.push(toUser(tenantId, row));
    from = numbers.length < step ? null : (numbers.at(-1) ?? null);
    if (from !== null && found.length < limit) await setImmediate();
  }
  return found;
}

/** Null for a user whom nobody has: nobody comes after them. */
function numberOf(database: SqliteDatabase, tenantNo: number, id: UserId): number | null {
  const row = database.prepare('SELECT no FROM users WHERE tenant_no = ? AND id = ?').get(tenantNo, id);
  return (row as { no: number } | undefined)?.no ?? null;
}

/** Those who are not active lie in an index of their own: few among many, most of the time. */
async function walk(
  database: SqliteDatabase,
  { tenantId, tenantNo, ownerNo }: ListScope,
  filter: UserListFilter,
  after: UserId | null,
  limit: number,
): Promise<User[]> {
  const { status = null, q = '' } = filter;
  const gone = status !== null && status !== 'active';
  const source = gone ? 'users AS u INDEXED BY users_not_active' : 'users AS u';
  const within = gone ? "u.tenant_no = ?1 AND u.status = ?4 AND u.status <> 'active'" : 'u.tenant_no = ?1';
  const step = database.prepare(
    `SELECT u.id FROM ${source} WHERE ${within.replace('?4', '?3')} AND u.id > ?2 ORDER BY u.id LIMIT 1 OFFSET ${String(usersPerStep - 1)}`,
  );
  const select = database.prepare(
    `SELECT ${userColumns} FROM ${source} CROSS JOIN user_bodies AS b ON b.no = u.no
     WHERE ${within} AND u.id > ?2 AND u.id <= ?3 AND ${fits} ORDER BY u.id LIMIT ?7`,
  );
  // Where every user read is one that fits, the limit is step enough.
  const allFit = ownerNo === null && q === '' && (status === null || gone) && limit <= usersPerStep;
  const found: User[] = [];
  let from: string | null = after ?? '';
  while (from !== null && found.length < limit) {
    const bounds: [number, string] = [tenantNo, from];
    const last = allFit
      ? undefined
      : ((gone ? step.get(...bounds, status) : step.get(...bounds)) as { id: string } | undefined);
    // Ids are ASCII: nothing lies behind this when the rest fits into one step.
    const to = last?.id ?? '\u{10ffff}';
    const rows = select.all(...bounds, to, status, ownerNo, foldText(q), limit - found.length) as unknown as UserRow[];
    for (const row of rows) found.push(toUser(tenantId, row));
    from = last?.id ?? null;
    if (from !== null && found.length < limit) await setImmediate();
  }
  return found;
}

/** The users of one key, whatever their status: who is anonymised has none. */
function keyedBy({ id, emailKey, employeeIdKey }: UserListFilter): { ids: string; key: string } | null {
  if (id !== undefined) return { ids: 'SELECT ?3 AS id', key: id };
  if (emailKey !== undefined) return { ids: byKey('email_key', 'email'), key: emailKey };
  if (employeeIdKey !== undefined) return { ids: byKey('employee_id_key', 'employee_id'), key: employeeIdKey };
  return null;
}

function byKey(column: string, index: string): string {
  const from = (name: string, status: string) =>
    `SELECT id FROM users INDEXED BY ${name}
     WHERE tenant_no = ?1 AND status = '${status}' AND ${column} = ?3 AND ${column} IS NOT NULL`;
  return `${from(`users_by_${index}`, 'active')} UNION ALL ${from(`users_gone_by_${index}`, 'deactivated')}`;
}

function lookUp(
  database: SqliteDatabase,
  { tenantId, tenantNo, ownerNo }: ListScope,
  { status, q, emailKey, employeeIdKey }: UserListFilter,
  { ids, key }: { ids: string; key: string },
  after: UserId | null,
  limit: number,
): User[] {
  const rows = database
    .prepare(
      `SELECT ${userColumns} FROM (${ids}) AS k CROSS JOIN users AS u ON u.tenant_no = ?1 AND u.id = k.id
       JOIN user_bodies AS b ON b.no = u.no
       WHERE u.id > ?2 AND ${fits} AND (?8 IS NULL OR u.email_key = ?8) AND (?9 IS NULL OR u.employee_id_key = ?9)
       ORDER BY u.id LIMIT ?7`,
    )
    .all(
      tenantNo,
      after ?? '',
      key.toWellFormed(),
      status ?? null,
      ownerNo,
      foldText(q ?? ''),
      limit,
      emailKey?.toWellFormed() ?? null,
      employeeIdKey?.toWellFormed() ?? null,
    );
  return (rows as unknown as UserRow[]).map((row) => toUser(tenantId, row));
}
