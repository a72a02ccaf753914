import { UserSearch } from '../user-search.js';
import type { Migration } from './migration.js';

const usersPerRead = 5_000;

/**
 * An index of every three letters that follow one another in what users are found by (FTS5, trigrams), under the users'
 * numbers. Numbers only grow, so that a first sync appends to both indexes.
 */
export const userSearch: Migration = {
  id: 24,
  name: 'user-search',
  sql: `
    CREATE VIRTUAL TABLE user_search
      USING fts5 (text, content = '', contentless_delete = 1, detail = none, tokenize = 'trigram case_sensitive 1');
    CREATE INDEX users_by_no ON users (no);
  `,
  fill(database) {
    const select = database.prepare(
      `SELECT u.tenant_no AS tenantNo, u.no, b.search FROM users AS u JOIN user_bodies AS b ON b.no = u.no
       WHERE u.no > ? ORDER BY u.no LIMIT ${String(usersPerRead)}`,
    );
    for (let after = -1; ;) {
      const users = select.all(after) as { tenantNo: number; no: number; search: string }[];
      for (const { tenantNo, no, search } of users) new UserSearch(database, tenantNo).add(no, search);
      const last = users.at(-1);
      if (last === undefined) return;
      after = last.no;
    }
  },
};
