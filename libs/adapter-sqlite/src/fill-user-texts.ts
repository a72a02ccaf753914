import type { DatabaseSync } from 'node:sqlite';
import { UserTexts } from './user-texts.js';

const usersPerRead = 5_000;

/** Makes the texts of users who were stored before there were any. */
export function fillUserTexts(database: DatabaseSync): void {
  const tenants = database.prepare('SELECT DISTINCT tenant_no AS tenantNo FROM users').all() as { tenantNo: number }[];
  const select = database.prepare(
    `SELECT u.no, b.search FROM users AS u JOIN user_bodies AS b ON b.no = u.no
     WHERE u.tenant_no = ? AND u.no > ? ORDER BY u.no LIMIT ${String(usersPerRead)}`,
  );
  for (const { tenantNo } of tenants) {
    const texts = new UserTexts(database, tenantNo);
    let after = -1;
    for (;;) {
      const users = select.all(tenantNo, after) as { no: number; search: string }[];
      const last = users.at(-1);
      if (last === undefined) break;
      texts.put(new Map(users.map(({ no, search }) => [no, search])));
      after = last.no;
    }
  }
}
